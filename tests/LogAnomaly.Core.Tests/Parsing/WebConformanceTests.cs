using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>The web formats against what other parsers found in the same lines.</summary>
public sealed partial class WebConformanceTests
{
    private const string IsoMilliseconds = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // ECS fields that our events carry, with our value.
    private static readonly (string Theirs, Func<LogEvent, object?> Ours)[] s_fields =
    [
        ("@timestamp", made => made.Timestamp?.UtcDateTime.ToString(IsoMilliseconds, CultureInfo.InvariantCulture)),
        ("source.ip", made => made["source.ip"]),
        ("source.port", made => made["source.port"]),
        ("destination.ip", made => made["destination.ip"]),
        ("destination.port", made => made["destination.port"]),
        ("destination.domain", made => made["VirtualHost"]),
        ("http.request.method", made => made["http.request.method"]),
        ("http.version", made => made["http.version"]),
        ("http.response.status_code", made => made["http.response.status_code"]),
        ("http.response.body.bytes", made => made["http.response.body.bytes"]),
        ("http.request.body.bytes", made => made["http.request.bytes"]),
        ("http.request.referrer", made => made["http.request.referrer"]),
        ("user_agent.original", made => made["user_agent.original"]),
        ("user.name", made => made["user.name"]),
        ("url.path", made => made["url.path"]),
        ("url.query", made => made["url.query"]),
        ("url.original", made => made["url.original"]),
        ("event.duration", made => made["DurationMs"] is double milliseconds ? (long)(milliseconds * 1_000_000) : null),
        ("iis.access.sub_status", made => made["sc-substatus"]),
        ("iis.access.win32_status", made => made["sc-win32-status"]),
        ("iis.access.site_name", made => made["s-sitename"]),
        ("iis.access.server_name", made => made.HostName),
        ("iis.error.reason_phrase", made => made["s-reason"]),
        ("process.pid", made => made["process.pid"]),
        ("process.thread.id", made => made["process.thread.id"]),
        ("nginx.error.connection_id", made => made["RequestId"]),
        ("message", made => made.Kind == LogKind.NginxError ? made.Message : null),
        ("log.level", made => made.Kind == LogKind.NginxError ? made.Level : null),
    ];

    // What another parser leaves out though the line has it, or writes in another way.
    private static readonly HashSet<(string File, string Field)> s_more =
    [
        // The path and query of a target are parts of it; they split IIS's two columns only.
        ("iis/access", "url.original"), ("iis/error", "url.path"), ("iis/error", "url.query"),
        // The fields behind the message are fields of ours.
        ("nginx/error", "source.ip"), ("nginx/error", "destination.domain"), ("nginx/error", "http.request.method"),
        ("nginx/error", "http.version"), ("nginx/error", "url.original"), ("nginx/error", "url.path"),
        ("nginx/error", "http.request.referrer"),
    ];

    [Theory]
    [InlineData("iis/access/test/test.log", "w3c")]
    [InlineData("iis/access/test/test-iis-7.5.log", "w3c")]
    [InlineData("iis/access/test/test-ipv6zone.log", "w3c")]
    [InlineData("iis/error/test/test.log", "w3c")]
    [InlineData("iis/error/test/ipv6_zone_id.log", "w3c")]
    [InlineData("nginx/error/test/error.log", "nginx-error")]
    public void Every_field_equals_the_one_that_another_parser_found(string file, string format)
    {
        List<LogEvent> events = Read("elastic-filebeat/" + file, format);
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllBytes(Corpora.Require($"elastic-filebeat/{file}-expected.json")));
        Assert.Equal(events.Count, document.RootElement.GetArrayLength());
        string kind = string.Join('/', file.Split('/')[..2]);
        for (int i = 0; i < events.Count; i++)
        {
            foreach ((string field, Func<LogEvent, object?> ours) in s_fields)
            {
                string value = Convert.ToString(ours(events[i]), CultureInfo.InvariantCulture) ?? "";
                string theirs = Theirs(document.RootElement[i], field);
                bool isMore = theirs.Length == 0 && s_more.Contains((kind, field));
                Assert.True(value == theirs || isMore, $"{events[i].Raw}: {field} is '{value}', theirs '{theirs}'");
            }
        }
    }

    [Theory]
    [InlineData("caddy-logs/caddy-logs")]
    [InlineData("haproxy-logs/haproxy-logs")]
    [InlineData("modsecurity-logs-nginx/modsecurity-logs-nginx")]
    [InlineData("nginx-proxy-manager-logs/nginx-proxy-manager-logs")]
    [InlineData("nginx_http-catch-npm/nginx_http-catch-npm")]
    [InlineData("apache2-malformed/apache2-logs")]
    [InlineData("pfsense-rfc5424-nginx/pfsense-rfc5424-nginx")]
    [InlineData("bunkerweb-http-malformed/bunkerweb-http-malformed")]
    public void Source_and_status_equal_those_that_another_parser_asserts(string name)
    {
        string folder = name.Split('/')[0];
        List<LogEvent> events = Read($"crowdsec/{name}.log", null);
        int right = 0;
        int all = 0;
        List<string> wrong = [];
        foreach (string line in File.ReadLines(Corpora.Require($"crowdsec/{folder}/parser.assert")))
        {
            Match match = Asserted().Match(line);
            if (!match.Success)
            {
                continue;
            }

            int index = int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture);
            string value = match.Groups["value"].Value;
            string field = match.Groups["field"].Value switch { "source_ip" =>
                "SourceIP", "http_status" => "StatusCode", _ => "Method" };
            string ours = index < events.Count
                ? Convert.ToString(events[index][field], CultureInfo.InvariantCulture) ?? ""
                : "no line";
            bool isRight = value == ours || (value == "0" && ours.Length == 0)
                || (value.Length == 0 && field == "Method");
            all++;
            right += isRight ? 1 : 0;
            if (!isRight)
            {
                wrong.Add($"{field} of line {index} is '{ours}', asserted '{value}'");
            }
        }

        Assert.NotEqual(0, all);
        Assert.True(right * 100 >= all * 98, $"{right} of {all}; {string.Join("; ", wrong)}");
    }

    [Theory]
    [InlineData("wazuh/web_appsec.ini", "access")]
    [InlineData("wazuh/squid_rules.ini", "squid")]
    [InlineData("wazuh/modsecurity.ini", "apache-error")]
    public void The_lines_of_a_set_of_rules_are_read(string file, string format)
    {
        Assert.True(LogFormats.TryGet(format, out LogFormat? found));
        int all = 0;
        int read = 0;
        foreach (string line in File.ReadLines(Corpora.Require(file)))
        {
            Match match = Logged().Match(line);
            if (match.Success)
            {
                all++;
                read += Sample.Parse(found, match.Groups[1].Value) is { } made && made["SourceIP"] is not null ? 1 : 0;
            }
        }

        Assert.NotEqual(0, all);
        Assert.True(read * 100 >= all * 98, $"{read} of {all} lines of {file}");
    }

    [Fact]
    public void Joining_the_lines_of_stack_traces_swallows_no_line_of_an_error_log()
    {
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        using FileStream stream = File.OpenRead(Corpora.Require("loghub/Apache/Apache_full.log"));
        foreach (LogEvent made in reader.ReadStream(stream, "error.log", TestContext.Current.CancellationToken))
        {
            Assert.True(made.Kind is LogKind.ApacheError or LogKind.Unparsed);
        }

        LedgerEntry entry = reader.Ledger.Entries[0];
        Assert.Equal(52_004, entry.Parsed);
        Assert.Equal(4_478, entry.Unparsed);
    }

    private static List<LogEvent> Read(string file, string? format)
    {
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        using FileStream stream = File.OpenRead(Corpora.Require(file));
        List<LogEvent> events = [.. reader.ReadStream(stream, "(sample)", TestContext.Current.CancellationToken)];
        Assert.True(format is null || reader.Ledger.Entries[0].Format == format, reader.Ledger.Entries[0].Format);
        return events;
    }

    // A lone hyphen is no value to us; levels have our names.
    private static string Theirs(JsonElement expected, string field)
    {
        string text = expected.TryGetProperty(field, out JsonElement value) ? value.ToString() : "";
        return (field, text) switch
        {
            (_, "-") => "",
            ("log.level", { Length: > 0 }) => char.ToUpperInvariant(text[0]) + text[1..],
            _ => text,
        };
    }

    [GeneratedRegex(
        """^results\["s01-parse"\]\["[^"]+"\]\[(?<index>\d+)\]\.Evt\.Meta\["(?<field>source_ip|http_status|http_verb)"\] == "(?<value>[^"\\]*)"$""")]
    private static partial Regex Asserted();

    [GeneratedRegex("^log \\d+ (?:pass|fail) ?= ?(.+)$")]
    private static partial Regex Logged();
}
