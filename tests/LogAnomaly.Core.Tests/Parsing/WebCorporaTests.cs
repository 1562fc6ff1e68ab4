using System.Globalization;
using System.Text.Json;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>The web formats against real logs.</summary>
public sealed class WebCorporaTests
{
    private const string IsoMilliseconds = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly string[] s_weekdays = ["[Mon ", "[Tue ", "[Wed ", "[Thu ", "[Fri ", "[Sat ", "[Sun "];

    // Where another parser leaves a field out that the line has; the value is ours.
    private static readonly Dictionary<(string File, string Field, string Ours), string> s_differences = new()
    {
        [("nginx/access/test/test.log", "url.original", "hello")] = "A request that is no HTTP is kept as the target.",
        [("apache/error/test/ubuntu-2.2.22.log", "http.request.referrer", "http://192.168.33.72/")] =
            "The referrer at the end of a message is a field, too.",
    };

    [Fact]
    public void Every_line_of_a_combined_log_is_read()
    {
        List<LogLine> lines = Corpora.Lines("elastic-access/apache_logs");
        Assert.Equal(10_000, lines.Count);
        ParseContext context = Sample.NewContext();
        AccessFormat format = new();
        foreach (LogLine line in lines)
        {
            AccessEvent? made = format.Parse(line, context) as AccessEvent;
            Assert.True(
                made is { SourceIP: not null, StatusCode: not null, Method: not null, UrlPath: not null },
                Corpora.Text(line));
        }
    }

    [Fact]
    public void Every_line_of_an_error_log_with_a_header_is_read_and_no_other()
    {
        ParseContext context = Sample.NewContext();
        ApacheErrorFormat format = new();
        int others = 0;
        List<LogLine> lines = Corpora.Lines("loghub/Apache/Apache_full.log");
        foreach (LogLine line in lines)
        {
            string text = Corpora.Text(line);
            bool hasHeader = s_weekdays.Any(weekday => text.StartsWith(weekday, StringComparison.Ordinal));
            others += hasHeader ? 0 : 1;
            Assert.True(hasHeader == format.Parse(line, context) is not null, text);
        }

        Assert.InRange(others, 1, lines.Count / 5);
    }

    [Theory]
    [InlineData("elastic-access/apache_logs", "access")]
    [InlineData("loghub/Apache/Apache_full.log", "apache-error")]
    [InlineData("seed-toolkit/error.log", "apache-error")]
    [InlineData("fail2ban/apache-auth", "apache-error")]
    [InlineData("elastic-filebeat/nginx/access/test/test.log", "access")]
    [InlineData("elastic-filebeat/apache/access/test/ssl-request.log", "access")]
    [InlineData("elastic-filebeat/system/auth/test.log", null)]
    [InlineData("elastic-filebeat/nginx/error/test/error.log", null)]
    [InlineData("elastic-filebeat/iis/access/test/test.log", null)]
    public void A_real_file_is_recognised_among_the_web_formats(string path, string? expected)
    {
        DetectableFormat[] web =
            [.. LogFormats.Detectable.Where(entry => entry.Format is AccessFormat or ApacheErrorFormat)];
        Assert.Equal(expected, FormatDetector.Detect(Corpora.Lines(path), null, web)?.Name);
    }

    [Theory]
    [InlineData("apache/error/test/darwin-2.4.23.log", "apache-error")]
    [InlineData("apache/error/test/test.log", "apache-error")]
    [InlineData("apache/error/test/ubuntu-2.2.22.log", "apache-error")]
    [InlineData("apache/access/test/darwin-2.4.23.log", "access")]
    [InlineData("apache/access/test/ssl-request.log", "access")]
    [InlineData("apache/access/test/test.log", "access")]
    [InlineData("apache/access/test/ubuntu-2.2.22.log", "access")]
    [InlineData("nginx/access/test/access.log", "access")]
    [InlineData("nginx/access/test/test.log", "access")]
    public void Every_field_equals_the_one_that_another_parser_found(string file, string name)
    {
        List<LogLine> lines = Corpora.Lines("elastic-filebeat/" + file);
        Assert.True(LogFormats.TryGet(name, out LogFormat? format));
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllBytes(Corpora.Require($"elastic-filebeat/{file}-expected.json")));
        ParseContext context = Sample.NewContext();
        Assert.Equal(lines.Count, document.RootElement.GetArrayLength());
        for (int i = 0; i < lines.Count; i++)
        {
            LogEvent? made = format.Parse(lines[i], context);
            Assert.True(made is not null, Corpora.Text(lines[i]));
            Compare(file, document.RootElement[i], made);
        }
    }

    private static void Compare(string file, JsonElement expected, LogEvent made)
    {
        bool isError = made.Kind == LogKind.ApacheError;
        (string Field, object? Ours)[] fields =
        [
            ("@timestamp", made.Timestamp?.UtcDateTime.ToString(IsoMilliseconds, CultureInfo.InvariantCulture)),
            ("log.level", isError ? made.Level : null),
            ("apache.error.module", made["Module"]),
            ("process.pid", made["process.pid"]),
            ("process.thread.id", made["process.thread.id"]),
            ("message", isError ? made.Message : null),
            ("source.ip", made["source.ip"]),
            ("source.address", made["source.ip"] ?? made["SourceHost"]),
            ("http.request.method", made["Method"]),
            ("url.original", made["url.original"]),
            ("http.version", made["http.version"]),
            ("http.response.status_code", made["http.response.status_code"]),
            ("http.response.body.bytes", made["http.response.body.bytes"]),
            ("http.request.referrer", made["http.request.referrer"]),
            ("user_agent.original", made["user_agent.original"]),
            ("user.name", made["user.name"]),
        ];
        foreach ((string field, object? ours) in fields)
        {
            string shown = Convert.ToString(ours, CultureInfo.InvariantCulture) ?? "";
            string wanted = s_differences.ContainsKey((file, field, shown)) ? "" : shown;
            Assert.True(Theirs(expected, field) == wanted, $"{file}: {field} is '{shown}', not as in {expected}");
        }
    }

    // A lone hyphen is no value to us; a list of names counts as its first; levels have our names.
    private static string Theirs(JsonElement expected, string field)
    {
        if (!expected.TryGetProperty(field, out JsonElement value))
        {
            return "";
        }

        string text = value.ToString();
        return (field, text) switch
        {
            (_, "-") => "",
            ("source.address", _) => text.Split(", ")[0],
            ("log.level", _) => char.ToUpperInvariant(text[0]) + text[1..],
            _ => text,
        };
    }
}
