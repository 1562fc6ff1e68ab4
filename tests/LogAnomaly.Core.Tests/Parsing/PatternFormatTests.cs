using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class PatternFormatTests
{
    private const string Pattern =
        @"^(?<timestamp>\S+ \S+) \[(?<level>\w+)\] (?<client_ip>\S+) (?<user_name>\S+) (?<shop>\w+): (?<message>.*)$";
    private const string Line = "2026-01-02 03:04:05 [WARN] 192.0.2.7 ann s1: no stock";

    private const string Definition = """
        {
          "name": "shop",
          "description": "the shop's own log",
          "pattern": "^(?<when>[^|]+)\\|(?<lvl>[A-Z])\\|(?<peer>[^|]*)\\|(?<message>.*)$",
          "timeFormat": "dd.MM.yyyy HH:mm:ss",
          "levels": { "W": "Warning", "X": "Critical" },
          "fields": { "when": "Timestamp", "peer": "SourceIP" },
          "constants": { "Program": "shop" },
          "continuation": "indented",
          "samples": [
            { "line": "02.01.2026 03:04:05|W|192.0.2.7|no stock", "expect": { "Timestamp": "2026-01-02T03:04:05Z", "Level": "Warning", "SourceIP": "192.0.2.7", "Message": "no stock", "Program": "shop" } },
            "02.01.2026 03:04:05|X||down"
          ],
          "notSamples": ["something else"]
        }
        """;

    [Fact]
    public void Groups_fill_fields_and_properties_by_their_names()
    {
        LogEvent made = Assert.Single(Samples.Read(
            Line, out _, new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = new PatternFormat(Pattern) }));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), made.Timestamp);
        Assert.Equal(
            (LogLevel.Warning, "192.0.2.7", "ann", "no stock", "s1"),
            (made.Level, made["SourceIP"], made["UserName"], made.Message, made["shop"]));
        Assert.Equal(["shop"], made.GetProperties().Keys);
    }

    [Theory]
    [InlineData("(?<a>x)(?=y)", "look-ahead")]
    [InlineData("(?<a>x)\\1", "back-reference \\1")]
    [InlineData("(?<a>x)(?<!y)", "look-behind")]
    [InlineData("(?>(?<a>x))", "atomic")]
    [InlineData("(?<a>x", "fault at character")]
    [InlineData("(x) y", "names no group")]
    public void A_pattern_that_cannot_be_used_says_why(string pattern, string cause) =>
        Assert.Contains(
            cause,
            Assert.Throws<ArgumentException>(() => new PatternFormat(pattern)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_test_of_a_format_says_where_a_line_stops_to_match()
    {
        FormatTestResult result = FormatTest.Run(
            new PatternFormat(Pattern),
            [Line, "", "2026-01-02 03:04:05 [WARN] - here", "2026-01-02 03:04:05 <WARN>", "x"]);
        Assert.Equal((5L, 1L, 1L, 3L), (result.LinesRead, result.Matched, result.Skipped, result.Failed));
        Assert.Equal([true, false, false, false], result.Lines.Select(line => line.IsMatch));
        Assert.Contains("up to column 33", result.Lines[1].Reason, StringComparison.Ordinal);
        Assert.Contains("does not match '<WARN>'", result.Lines[2].Reason, StringComparison.Ordinal);
        Assert.Contains("the group 'timestamp'", result.Lines[3].Reason, StringComparison.Ordinal);
        Assert.Contains("'access'", FormatTest.Run(new JsonFormat(),
        [
            "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        ]).Lines[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_is_read_with_its_samples_tried()
    {
        LogFormat format = FormatDefinition.Parse(Definition, "shop.json");
        Assert.Equal("shop", format.Name);
        LogReaderOptions options = new() { TimeZone = TimeZoneInfo.Utc, Candidates = [format, .. LogFormats.All] };
        List<LogEvent> events = Samples.Read(
            "02.01.2026 03:04:05|X|192.0.2.7|down\n  at a\n02.01.2026 03:04:06|I||up\n",
            out ParseLedger ledger,
            options);
        Assert.Equal("shop", ledger.Entries[0].Format);
        Assert.Equal(["down\n  at a", "up"], events.Select(made => made.Raw[(made.Raw.LastIndexOf('|') + 1)..]));
        Assert.Equal([LogLevel.Critical, LogLevel.Informational], events.Select(made => made.Level!.Value));
    }

    [Theory]
    [InlineData("\"name\": \"shop\",", "", "'name' is missing")]
    [InlineData("\"shop\",", "\"syslog\",", "built-in")]
    [InlineData("\"Warning\"", "\"Loud\"", "$.levels.W: 'Loud' is no level")]
    [InlineData("\"SourceIP\" }", "\"Nobody\" }", "$.fields.peer: 'Nobody' is the name of no field")]
    [InlineData("\"no stock\",", "\"stock\",", "$.samples[0].expect.Message: expected is 'stock', read was 'no stock'")]
    [InlineData("|X||down", "|x||down", "$.samples[1]: the format does not read the line")]
    [InlineData("something else", "02.01.2026 03:04:05|X||down", "$.notSamples[0]: the format reads the line")]
    [InlineData("\"continuation\"", "\"continues\"", "'continues' is not known")]
    [InlineData("(?<lvl>", "(?=lvl>", "look-ahead")]
    [InlineData("\"levels\": {", "\"levels\": ", "'shop.json', line 6")]
    public void A_fault_in_a_definition_is_told_with_its_place(string before, string after, string cause)
    {
        string text = Definition.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(Definition, text);
        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => FormatDefinition.Parse(text, "shop.json"));
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("'shop.json'", error.Message, StringComparison.Ordinal);
    }
}
