using System.Text;
using System.Text.Json;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class RecordFormatTests
{
    private static readonly (LogFormat Format, Sample[] Samples)[] s_all =
    [
        (new JsonFormat(), RecordSamples.Json),
        (new LogfmtFormat(), RecordSamples.Logfmt),
        (new LtsvFormat(), RecordSamples.Ltsv),
        (new CriFormat(), RecordSamples.Cri),
        (new CefFormat(), RecordSamples.Cef),
    ];

    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> cases = [];
        foreach ((LogFormat format, Sample[] samples) in s_all)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                cases.Add(format.Name, i);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_sample_gives_its_fields(string name, int index)
    {
        (LogFormat format, Sample[] samples) = s_all.Single(entry => entry.Format.Name == name);
        LogEvent? made = Sample.Parse(format, samples[index].Line);
        Assert.NotNull(made);
        Assert.Equal(LogKind.Record, made.Kind);
        Assert.Equal(samples[index].Expected.ReplaceLineEndings("\n"), Sample.Describe(made));
        Assert.Equal(samples[index].Line, made.Raw);
    }

    [Fact]
    public void What_is_no_field_is_a_property_in_the_order_of_the_line()
    {
        LogEvent made = Json(
            """{"z":1,"user":"ann","a":{"b":[1,"x",true,null],"c":{"d":2.5}},"o":[{"p":1}],"n":null,"status":"Pending","src":"eth0","big":123456789012345678901}""");
        IReadOnlyDictionary<string, object?> properties = made.GetProperties();
        Assert.Equal(["z", "a.b", "a.c.d", "o", "n", "status", "src", "big"], properties.Keys);
        Assert.Equal(1L, properties["z"]);
        Assert.Equal([1L, "x", true, null], Assert.IsType<object?[]>(properties["a.b"]));
        Assert.Equal(2.5, properties["a.c.d"]);
        Assert.Equal("""[{"p":1}]""", properties["o"]);
        Assert.Equal("123456789012345678901", properties["big"]);
        Assert.Equal("ann", made["user"]);
        Assert.Equal("ann", made["user.name"]);
        Assert.Equal(2.5, made["A.C.D"]);
        Assert.Null(made["nowhere"]);
        Assert.Null(made.GetValue(LogField.SourceIP));
    }

    [Fact]
    public void A_value_of_the_wrong_type_fills_no_field()
    {
        LogEvent made = Json(
            """{"client_ip":"not an address","status":"12","port":1,"pid":"abc","source_port":70000,"time":12,"level":"loud","duration":5}""");
        Assert.Null(made.Timestamp);
        Assert.Null(made.Level);
        Assert.Null(made.ProcessId);
        Assert.All(
            made.GetKindFields(),
            field => Assert.True(made.GetValue(field) is null or Outcome.Unknown, field.ToString()));
        Assert.Equal(8, made.GetProperties().Count);
    }

    [Fact]
    public void What_a_program_adds_cannot_replace_what_its_logger_wrote()
    {
        LogEvent made = Json(
            """{"level":"info","msg":"login","client_ip":"192.0.2.7","client_ip":"198.51.100.9","msg":"forged","level":"debug","user":"x\",\"source.ip\":\"203.0.113.1"}""");
        Assert.Equal("login", made.Message);
        Assert.Equal(LogLevel.Informational, made.Level);
        Assert.Equal("192.0.2.7", made.GetValue(LogField.SourceIP));
        Assert.Equal("x\",\"source.ip\":\"203.0.113.1", made.GetValue(LogField.UserName));
        Assert.Equal("192.0.2.7", made["client_ip"]);
    }

    [Fact]
    public void The_user_can_say_which_name_stands_for_a_field()
    {
        LogReaderOptions options = new()
        {
            TimeZone = TimeZoneInfo.Utc,
            PropertyNames =
                new Dictionary<LogField, string> { [LogField.SourceIP] = "peer.who", [LogField.UserName] = "subject" },
        };
        LogEvent made = Assert.Single(Samples.Read(
            """{"client_ip":"192.0.2.1","peer":{"who":"192.0.2.7"},"subject":"ann","user":"bob"}""", out _, options));
        Assert.Equal("192.0.2.7", made.GetValue(LogField.SourceIP));
        Assert.Equal("ann", made.GetValue(LogField.UserName));
        Assert.Equal(["client_ip", "user"], made.GetProperties().Keys);
        Assert.Equal("ann", Assert.Single(Samples.Read("level=info subject=ann user=bob", out _, options))["UserName"]);
    }

    [Fact]
    public void Objects_over_several_lines_and_arrays_are_read()
    {
        string pretty =
            "[\n  {\n    \"level\": \"info\",\n    \"msg\": \"a } \\\" {\"\n  },\n  {\n    \"msg\": \"b\",\n    \"x\": {\n      \"y\": 1\n    }\n  }\n]\n";
        List<LogEvent> events = Samples.Read(pretty, out ParseLedger ledger);
        Assert.Equal(["a } \" {", "b"], events.Select(made => made.Message));
        Assert.Equal([2L, 6L], events.Select(made => made.LineNumber));
        Assert.Equal((12L, 10L, 0L, 2L), (ledger.LinesRead, ledger.Parsed, ledger.Unparsed, ledger.Skipped));

        events = Samples.Read("""[{"msg":"a"},{"msg":"b"},{"msg":"c"}]""", out ledger);
        Assert.Equal(["a", "b", "c"], events.Select(made => made.Message));
        Assert.Equal((1L, 1L), (ledger.LinesRead, ledger.Parsed));

        events = Samples.Read("[{\"msg\":\"a\"},\n{\"msg\":\"b\"},\n{\"msg\":\"c\"}]\n", out ledger);
        Assert.Equal(["a", "b", "c"], events.Select(made => made.Message));
    }

    [Fact]
    public void A_line_that_is_cut_short_swallows_nothing_behind_it()
    {
        List<LogEvent> events = Samples.Read(
            "{\"msg\":\"a\"}\n{\"msg\":\n{\"msg\":\"b\"}\nplain\n{\"msg\":\"c\"}\n", out ParseLedger ledger);
        Assert.Equal(["a", "{\"msg\":", "b", "plain", "c"], events.Select(made => made.Message));
        Assert.Equal((5L, 3L, 2L), (ledger.LinesRead, ledger.Parsed, ledger.Unparsed));
    }

    [Fact]
    public void A_batch_of_OpenTelemetry_gives_an_event_a_record()
    {
        string batch =
            """{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}},{"key":"host.name","value":{"stringValue":"web1"}}]},"scopeLogs":[{"scope":{"name":"a.B"},"logRecords":[{"timeUnixNano":"1767323045678000000","severityNumber":9,"severityText":"INFO","body":{"stringValue":"one"},"attributes":[{"key":"user.name","value":{"stringValue":"ann"}},{"key":"n","value":{"intValue":"3"}}]},{"timeUnixNano":"1767323046000000000","severityNumber":17,"body":{"stringValue":"two"}}]}]}]}""";
        List<LogEvent> events = Samples.Read(batch, out ParseLedger ledger);
        Assert.Equal(["one", "two"], events.Select(made => made.Message));
        Assert.Equal([LogLevel.Informational, LogLevel.Error], events.Select(made => made.Level!.Value));
        Assert.All(
            events,
            made => Assert.Equal(("web1", "shop", "a.B"), (made.HostName, made["service.name"], made["Module"])));
        Assert.Equal("ann", events[0]["UserName"]);
        Assert.Equal(3L, events[0]["attributes.n"]);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), events[0].Timestamp);
        Assert.Equal((1L, 1L), (ledger.LinesRead, ledger.Parsed));
    }

    [Fact]
    public void Parts_of_a_long_line_of_a_container_are_joined()
    {
        string text =
            "2026-01-02T03:04:05.1Z stdout P one \n2026-01-02T03:04:05.1Z stdout P two \n2026-01-02T03:04:05.2Z stdout F three\n2026-01-02T03:04:06.1Z stdout F four\n";
        List<LogEvent> events = Samples.Read(text, out ParseLedger ledger);
        Assert.Equal(["one two three", "four"], events.Select(made => made.Message));
        Assert.Equal((4L, 4L), (ledger.LinesRead, ledger.Parsed));
    }

    [Fact]
    public void Rows_under_a_header_are_read_by_the_names_of_its_columns()
    {
        string text =
            "timestamp;level;client_ip;message;Odd name\r\n2026-01-02 03:04:05;warn;192.0.2.7;\"two\r\nlines; \"\"quoted\"\"\";x\r\n2026-01-02 03:04:06;info;192.0.2.8;plain;\r\nshort;row\r\n";
        List<LogEvent> events = Samples.Read(text, out ParseLedger ledger);
        Assert.Equal("csv", ledger.Entries[0].Format);
        Assert.Equal(["two\r\nlines; \"quoted\"", "plain", "short;row"], events.Select(made => made.Message));
        Assert.Equal([LogKind.Record, LogKind.Record, LogKind.Unparsed], events.Select(made => made.Kind));
        Assert.Equal("192.0.2.7", events[0]["SourceIP"]);
        Assert.Equal("x", events[0].GetProperties()["Odd name"]);
        Assert.Equal((5L, 3L, 1L, 1L), (ledger.LinesRead, ledger.Parsed, ledger.Unparsed, ledger.Skipped));
    }

    [Theory]
    [InlineData("Dear all, we meet today, as usual\nThen, as ever, we go\nAnd so on, and on, forth\n")]
    [InlineData("1,2,3\n4,5,6\n7,8,9\n")]
    [InlineData("host,level,message\n")]
    public void Text_with_commas_is_no_CSV(string text)
    {
        Assert.All(Samples.Read(text, out ParseLedger ledger), made => Assert.Equal(LogKind.Unparsed, made.Kind));
        Assert.Equal("unknown", ledger.Entries[0].Format);
    }

    [Theory]
    [InlineData("see a=b c=d")]
    [InlineData("a=b")]
    [InlineData("one two three four a=b c=d")]
    [InlineData("key=value then much text that is no pair at all follows")]
    public void Prose_with_equals_signs_is_no_logfmt(string line) =>
        Assert.Null(Sample.Parse(new LogfmtFormat(), line));

    [Theory]
    [InlineData("1767323045", "2026-01-02T03:04:05Z")]
    [InlineData("1767323045.5", "2026-01-02T03:04:05.5Z")]
    [InlineData("1767323045678", "2026-01-02T03:04:05.678Z")]
    [InlineData("1767323045678901", "2026-01-02T03:04:05.678901Z")]
    [InlineData("1767323045678901234", "2026-01-02T03:04:05.6789012Z")]
    [InlineData("1.767323045E9", "2026-01-02T03:04:05Z")]
    [InlineData("Fri, 02 Jan 2026 03:04:05 GMT", "2026-01-02T03:04:05Z")]
    [InlineData("Fri, 02 Jan 2026 03:04:05 +0100", "2026-01-02T02:04:05Z")]
    [InlineData("02/Jan/2026:03:04:05 +0000", "2026-01-02T03:04:05Z")]
    [InlineData("Fri Jan  2 03:04:05 2026", "2026-01-02T03:04:05Z")]
    [InlineData("2026/01/02 03:04:05", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02 03:04:05.5 +0100 CET", "2026-01-02T02:04:05.5Z")]
    [InlineData("2026-01-02 03:04:05 UTC", "2026-01-02T03:04:05Z")]
    [InlineData("20260102T030405Z", "2026-01-02T03:04:05Z")]
    [InlineData("/Date(1767323045678)/", "2026-01-02T03:04:05.678Z")]
    [InlineData("/Date(1767323045678+0100)/", "2026-01-02T03:04:05.678Z")]
    [InlineData("1/2/2026 3:04:05 AM", "2026-01-02T03:04:05Z")]
    [InlineData("Jan  2 03:04:05", "2026-01-02T03:04:05Z")]
    [InlineData("12345", null)]
    [InlineData("yesterday", null)]
    [InlineData("2026-13-02T03:04:05Z", null)]
    [InlineData("99999999999999999999999999", null)]
    public void Times_are_read_in_all_their_forms(string text, string? expected)
    {
        LogClock clock = new(TimeZoneInfo.Utc, new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        bool isTime = TimestampText.TryRead(Encoding.UTF8.GetBytes(text), clock, out DateTimeOffset time);
        Assert.Equal(expected is not null, isTime);
        if (expected is not null)
        {
            Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
        }
    }

    [Fact]
    public void Hostile_lines_do_no_harm()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        Assert.Null(Sample.Parse(new JsonFormat(), deep));
        string nested = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);
        Assert.Single(Json(nested).GetProperties());
        string wide = "{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":{i}")) + "}";
        Assert.Equal(RecordFields.MostFields, Json(wide).GetProperties().Count);
        string longName = "{\"" + new string('n', 1_000_000) + "\":{\"x\":1,\"y\":\"" + new string('v', 1_000_000)
            + "\"}}";
        Assert.Equal(RecordFields.LongestName, Assert.Single(Json(longName).GetProperties()).Key.Length);
        Assert.Equal("a\uFFFDb", Json("""{"msg":"a\ud800b"}""").Message);
        Assert.Equal("\0x", Json("""{"msg":"\u0000x"}""").Message);
        byte[] invalid = [.. "{\"msg\":\"a"u8, 0xFF, .. "b\",\"user\":\"c"u8, 0xC3, .. "\"}"u8];
        LogEvent? made = new JsonFormat().Parse(new LogLine(invalid, 0, invalid.Length, 1, 0), Sample.NewContext());
        Assert.Equal("a\uFFFDb", made!.Message);
        Assert.Null(Sample.Parse(new JsonFormat(), "{\"a\":\"b\0c\"}"));
    }

    [Fact]
    public void A_record_survives_ConvertTo_Json_like_serialisation()
    {
        using JsonDocument document = JsonDocument.Parse(
            JsonSerializer.Serialize((object)Json("""{"user":"ann","status":200,"client_ip":"192.0.2.7"}""")));
        Assert.Equal("ann", document.RootElement.GetProperty("UserName").GetString());
        Assert.Equal(200, document.RootElement.GetProperty("StatusCode").GetInt32());
    }

    private static LogEvent Json(string line)
    {
        LogEvent? made = Sample.Parse(new JsonFormat(), line);
        Assert.NotNull(made);
        return made;
    }
}
