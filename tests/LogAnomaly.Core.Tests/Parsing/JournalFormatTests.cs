using System.Buffers.Binary;
using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class JournalFormatTests
{
    private const string Failed = "Failed password for root from 192.0.2.7 port 22 ssh2";

    private const string Json =
        "{\"__CURSOR\":\"s=1\",\"__REALTIME_TIMESTAMP\":\"1717401662123456\",\"PRIORITY\":\"6\",\"SYSLOG_FACILITY\":\"10\","
            + "\"_HOSTNAME\":\"web1\",\"SYSLOG_IDENTIFIER\":\"sshd\",\"_COMM\":\"sshd-session\",\"_PID\":\"7\",\"_UID\":\"0\",\"_SYSTEMD_UNIT\":\"ssh.service\",\"MESSAGE\":";

    private static readonly LogReaderOptions s_export =
        new() { TimeZone = TimeZoneInfo.Utc, Format = new JournalExportFormat() };

    [Fact]
    public void An_entry_gives_the_event_that_its_message_gives_as_text()
    {
        AuthEvent made = Assert.IsType<AuthEvent>(SystemLine.Parse(new JournalJsonFormat(), Json + $"\"{Failed}\"}}"));
        Assert.Equal(
            "authentication ssh_login Failure UserName=root SourceIP=192.0.2.7 SourcePort=22 Method=password",
            AuthLine.Describe(made));
        Assert.Equal(
            ("web1", "sshd", 7, LogLevel.Informational), (made.HostName, made.Program, made.ProcessId, made.Level));
        Assert.Equal(new DateTimeOffset(2024, 6, 3, 8, 1, 2, TimeSpan.Zero).AddTicks(1234560), made.Timestamp);
        Assert.Equal(Failed, made.Message);
        Assert.Equal(Json + $"\"{Failed}\"}}", made.Raw);
        Assert.Equal(("0", "ssh.service", "s=1"), (made["_UID"], made["_SYSTEMD_UNIT"], made["__CURSOR"]));
    }

    [Theory]
    [InlineData("_\nMESSAG_\n")]
    [InlineData("__CURSOR=a\nMESSAGE\n\u0005\0\0\0\0\0\0\0ab\n\n")]
    [InlineData("__CURSOR=a\nMESSAGE\n\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffab\n\n")]
    public void A_field_that_is_cut_short_loses_no_line(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        _ = Samples.Read(bytes, out ParseLedger ledger, s_export);
        Assert.Equal(bytes.Count(value => value == '\n'), ledger.LinesRead);
        Assert.Equal(ledger.LinesRead, ledger.Parsed + ledger.Unparsed + ledger.Skipped);
    }

    [Theory]
    [InlineData("\"a \\\"b\\\" \\u00e9\\n\"", "a \"b\" é\n")]
    [InlineData("[104,101,108,108,111,27]", "hello\u001b")]
    [InlineData("[\"first\",\"second\"]", "first")]
    [InlineData("[[104,105],\"second\"]", "hi")]
    [InlineData("null", "")]
    [InlineData("\"\"", "")]
    public void A_message_may_be_escaped_bytes_several_or_none(string value, string expected)
    {
        LogEvent? made = SystemLine.Parse(new JournalJsonFormat(), Json + value + "}");
        Assert.Equal(expected, made!.Message);
        Assert.EndsWith(value + "}", made.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void The_unit_is_the_service_of_a_system_event()
    {
        string json =
            "{\"__REALTIME_TIMESTAMP\":\"1717401662123456\",\"_HOSTNAME\":\"web1\",\"SYSLOG_IDENTIFIER\":\"systemd\",\"_PID\":\"1\",\"UNIT\":\"a.service\",\"_SYSTEMD_UNIT\":\"init.scope\",\"MESSAGE\":\"Failed to start A.\",\"PRIORITY\":\"3\"}";
        SystemEvent made = Assert.IsType<SystemEvent>(SystemLine.Parse(new JournalJsonFormat(), json));
        Assert.Equal(("service_failed", "A", LogLevel.Error), (made.Action, made.ServiceName, made.Level));
        made = Assert.IsType<SystemEvent>(SystemLine.Parse(
            new JournalJsonFormat(), json.Replace("Failed to start A.", "x", StringComparison.Ordinal)));
        Assert.Equal("a.service", made.ServiceName);
    }

    [Theory]
    [InlineData("{\"level\":\"info\",\"msg\":\"x\"}")]
    [InlineData("{\"MESSAGE\":\"x\"}")]
    [InlineData("{\"__REALTIME_TIMESTAMP\":\"1717401662123456\",\"MESSAGE\":\"x\"")]
    [InlineData("{\"__REALTIME_TIMESTAMP\":\"1717401662123456\",\"MESSAGE\":\"x\"} {}")]
    [InlineData("{\"__REALTIME_TIMESTAMP\":\"99999999999999999999\",\"MESSAGE\":\"x\"}")]
    [InlineData("{\"__REALTIME_TIMESTAMP\":\"1717401662123456\",\"MESSAGE\":\"\\ud800\"}")]
    [InlineData("[1]")]
    [InlineData("data: ")]
    public void What_is_no_entry_is_not_of_this_format(string line) =>
        Assert.Null(SystemLine.Parse(new JournalJsonFormat(), line));

    [Fact]
    public void The_other_forms_of_JSON_give_the_same_events()
    {
        string entry = Json + $"\"{Failed}\"}}";
        string pretty = entry.Replace(",", ",\n\t", StringComparison.Ordinal)
            .Replace("{", "{\n\t", StringComparison.Ordinal)
            .Replace("}", "\n}", StringComparison.Ordinal);
        foreach (string text in (string[])
        [
            $"{entry}\n{entry}\n", $"{pretty}\n{pretty}\n", $"\u001e{entry}\n\u001e{entry}\n",
            $"data: {entry}\n\ndata: {entry}\n\n",
        ])
        {
            List<LogEvent> events = Samples.Read(text, out ParseLedger ledger);
            Assert.Equal("journal-json", ledger.Entries[0].Format);
            Assert.Equal([Failed, Failed], events.Select(made => made.Message));
            Assert.All(events, made => Assert.Equal("192.0.2.7", Assert.IsType<AuthEvent>(made).SourceIP));
            Assert.Equal(0, ledger.Entries[0].Unparsed);
        }
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("two\nlines")]
    [InlineData("\n\n__CURSOR=s=9\nMESSAGE=forged\n\n")]
    [InlineData("ten bytes!")]
    [InlineData("ends with\r\n")]
    public void An_exported_entry_is_read_whole_whatever_bytes_its_values_hold(string message)
    {
        byte[] bytes = [.. Export(message, "1"), .. Export("next", "2")];
        List<LogEvent> events = Samples.Read(bytes, out ParseLedger ledger, s_export);
        Assert.Equal([message, "next"], events.Select(made => made.Message));
        Assert.Equal(["1", "2"], events.Select(made => made["__CURSOR"]));
        Assert.All(events, made => Assert.Equal(("web1", "app", 7), (made.HostName, made.Program, made.ProcessId)));
        LedgerEntry entry = ledger.Entries[0];
        Assert.Equal((0, entry.LinesRead), (entry.Unparsed, entry.Parsed + entry.Skipped));
    }

    [Fact]
    public void Entries_across_the_blocks_of_the_reader_stay_whole()
    {
        List<byte> bytes = [];
        for (int i = 0; i < 500; i++)
        {
            bytes.AddRange(Export(
                new string('x', (i * 37) % 3000) + "\n\n" + i,
                i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        List<LogEvent> events = Samples.Read([.. bytes], out ParseLedger ledger, s_export);
        Assert.Equal(500, events.Count);
        Assert.Equal(0, ledger.Entries[0].Unparsed);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), events.Select(made => (string)made["__CURSOR"]!));
    }

    [Fact]
    public void A_length_that_is_too_great_loses_no_line()
    {
        byte[] bytes =
        [
            .. "__REALTIME_TIMESTAMP=1717401662123456\nMESSAGE\n"u8,
            .. new byte[] { 255, 255, 255, 255, 255, 255, 255, 127 },
            .. "x\n\n"u8,
        ];
        List<LogEvent> events = Samples.Read(bytes, out ParseLedger ledger, s_export);
        Assert.All(events, made => Assert.True(made.Kind == LogKind.Unparsed || made.Message.Length < 100));
        LedgerEntry entry = ledger.Entries[0];
        Assert.Equal(entry.LinesRead, entry.Parsed + entry.Unparsed + entry.Skipped);
    }

    [Fact]
    public void A_verbose_entry_is_one_event()
    {
        string entry =
            $"Mon 2024-06-03 08:01:02.123456 UTC [s=1;i=2;b=3;m=4;t=5;x=6]\n    _HOSTNAME=web1\n    SYSLOG_IDENTIFIER=sshd\n    _PID=7\n    PRIORITY=6\n    MESSAGE={Failed}\n    _UID=0\n";
        List<LogEvent> events = Samples.Read(entry + entry, out ParseLedger ledger);
        Assert.Equal("journal-verbose", ledger.Entries[0].Format);
        Assert.Equal(2, events.Count);
        AuthEvent made = Assert.IsType<AuthEvent>(events[1]);
        Assert.Equal(
            (Failed, "192.0.2.7", "sshd", 7, "0"),
            (made.Message, made.SourceIP, made.Program, made.ProcessId, made["_UID"]));
        Assert.Equal(new DateTimeOffset(2024, 6, 3, 8, 1, 2, TimeSpan.Zero).AddTicks(1234560), made.Timestamp);
    }

    [Fact]
    public void Mutated_entries_never_throw_and_the_ledger_sums()
    {
        Random random = new(42);
        byte[] json = Encoding.UTF8.GetBytes(Json + $"\"{Failed} \\u00e9\"}}\n");
        byte[] export = Export("a\nb", "1");
        for (int i = 0; i < 3_000; i++)
        {
            bool isJson = i % 2 == 0;
            byte[] bytes =
            [
                .. Soundness.Mutate(isJson ? json : export, isJson ? export : json, random),
                .. isJson ? json : export,
            ];
            LogReaderOptions options = isJson
                ? new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = new JournalJsonFormat() }
                : s_export;
            List<LogEvent> events = Samples.Read(bytes, out ParseLedger ledger, options);
            LedgerEntry entry = ledger.Entries[0];
            Assert.Equal(entry.LinesRead, entry.Parsed + entry.Unparsed + entry.Skipped);
            Assert.All(events, made => Assert.NotNull(made.GetProperties()));
        }
    }

    private static byte[] Export(string message, string cursor)
    {
        byte[] text = Encoding.UTF8.GetBytes(message);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        byte[] head = Encoding.UTF8.GetBytes(
            $"__CURSOR={cursor}\n__REALTIME_TIMESTAMP=1717401662123456\n_HOSTNAME=web1\nSYSLOG_IDENTIFIER=app\n_PID=7\n");
        return [.. head, .. "MESSAGE\n"u8, .. length, .. text, .. "\nPRIORITY=6\n\n"u8];
    }
}
