using System.Text;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>Files whose lines are of two formats, files of few lines, and lines that other programs pass on.</summary>
public sealed class MixedFileTests
{
    private const string Access = "192.0.2.1 - - [02/Jun/2024:03:04:05 +0000] \"GET /a HTTP/1.1\" 200 12 \"-\" \"ua\"";
    private const string ApacheError =
        "[Sun Jun 02 03:04:05.123456 2024] [core:error] [pid 12:tid 1] [client 192.0.2.1:4242] AH00126: Invalid URI";
    private const string NginxError =
        "2024/06/02 03:04:05 [error] 12#12: *5 access forbidden by rule, client: 192.0.2.1, server: h, request: \"GET / HTTP/1.1\"";
    private const string Sshd = "Jun  2 03:04:05 web1 sshd[5]: Failed password for root from 192.0.2.1 port 4242 ssh2";
    private const string Kernel =
        "Jun  2 03:04:05 web1 kernel: [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.1 DST=10.0.0.1 PROTO=TCP SPT=4242 DPT=22";
    private const string Json =
        "{\"time\":\"2024-06-02T03:04:05Z\",\"level\":\"error\",\"msg\":\"x\",\"source\":{\"ip\":\"192.0.2.1\"}}";

    [Theory]
    [InlineData(Access, ApacheError, "access+apache-error", LogKind.ApacheError)]
    [InlineData(Sshd, Json, "auth+json", LogKind.Record)]
    [InlineData(Access, Sshd, "access+auth", LogKind.Authentication)]
    [InlineData(Kernel, Access, "syslog+access", LogKind.Access)]
    public void Lines_of_a_second_format_are_read_too(string most, string other, string format, LogKind kind)
    {
        (LedgerEntry entry, List<LogEvent> events) = Read(string.Join('\n', most, other, most, most, other));
        Assert.Equal((format, 5L, 5L, 0L), (entry.Format, entry.LinesRead, entry.Parsed, entry.Unparsed));
        Assert.Equal(kind, events[1].Kind);
        Assert.Equal(other, events[4].Raw);
        Assert.All(events, made => Assert.Equal("192.0.2.1", made["SourceIP"]));
    }

    [Fact]
    public void A_format_that_was_asked_for_is_the_only_one()
    {
        Assert.True(LogFormats.TryGet("access", out LogFormat? format));
        (LedgerEntry entry, _) = Read(string.Join('\n', Access, ApacheError), format);
        Assert.Equal(("access", 1L, 1L), (entry.Format, entry.Parsed, entry.Unparsed));
    }

    [Theory]
    [InlineData(Access, "access")]
    [InlineData(ApacheError, "apache-error")]
    [InlineData(NginxError, "nginx-error")]
    [InlineData(Sshd, "auth")]
    [InlineData(Kernel, "syslog")]
    [InlineData(Json, "json")]
    public void One_line_suffices_whatever_ends_it(string line, string format)
    {
        foreach (string text in new[] { line, line + "\n", line + "\r\n", "\uFEFF" + line, "\n\n" + line })
        {
            (LedgerEntry entry, List<LogEvent> events) = Read(text);
            Assert.Equal((format, 1L), (entry.Format, entry.Parsed));
            Assert.Equal(line, Assert.Single(events).Raw);
        }
    }

    [Theory]
    [InlineData("2024-06-02T03:04:05.123Z INFO started user=bob\n2024-06-02T03:04:06.123Z INFO stopped user=eve",
        "dnf")]
    [InlineData(
        "2024-06-02T03:04:05,123 INFO [main] Server : started\n2024-06-02T03:04:06,123 INFO [main] Server : stopped",
        "dmesg")]
    [InlineData("2024-06-02 03:04:05|Warn|Auth|failure of 'bob'\n2024-06-02 03:04:05|Warn|Auth|failure of 'eve'",
        "zypper")]
    public void An_application_that_writes_its_time_first_is_no_package_manager(string text, string format) =>
        Assert.NotEqual(format, Read(text).Entry.Format);

    [Theory]
    [InlineData("2024-06-02T03:04:05.1Z web1 sshd 42 - - Failed password for root from 192.0.2.1 port 22 ssh2",
        "sshd", 42)]
    [InlineData("2024-06-02T03:04:05.1Z web1 agent - id7 [a@1 b=\"c ]\\\"\"] message", "agent", null)]
    public void A_line_of_RFC_5424_is_read_without_its_priority_and_version(string line, string program, int? process)
    {
        LogEvent made = Assert.IsAssignableFrom<LogEvent>(AuthLine.Parse(line));
        Assert.Equal(("web1", program, process), (made["HostName"], made["Program"], (int?)made["ProcessId"]));
    }

    [Theory]
    [InlineData("2024-06-02T03:04:05,123 - INFO  [main] started")]
    [InlineData("2024-06-02T03:04:05.123 web1 app x - - message")]
    [InlineData("2024-06-02T03:04:05.123 one two three four five")]
    public void A_time_and_some_words_are_no_line_of_RFC_5424(string line) => Assert.Null(AuthLine.Parse(line));

    [Theory]
    [InlineData("su", "'su root' failed for bob on /dev/pts/8",
        "authentication su Failure UserName=bob TargetUser=root Reason=su refused Tty=/dev/pts/8")]
    [InlineData("su[5]", "'su oracle' succeeded for bob on /dev/pts/8",
        "authentication su Success UserName=bob TargetUser=oracle Tty=/dev/pts/8")]
    [InlineData("login[5]", "invalid password for 'UNKNOWN'  on '/dev/pts/1' from '192.0.2.7'",
        "authentication login Failure UserName=UNKNOWN SourceIP=192.0.2.7 Reason=invalid password Tty=/dev/pts/1")]
    public void Messages_of_other_systems_are_read(string program, string message, string expected) =>
        Assert.Equal(expected, AuthLine.Describe(AuthLine.Auth(program, message)));

    [Theory]
    [InlineData("Mon Jun 8 12:08:53 2020 [pid 7] [bob] FAIL LOGIN: Client \"::ffff:192.0.2.7\"")]
    [InlineData("Mon Jun  8 12:08:53 2020 [pid 7] [bob] FAIL LOGIN: Client \"192.0.2.7\"")]
    public void A_day_of_one_digit_may_have_lost_its_padding(string line)
    {
        LogEvent made = Sample.Parse(new VsftpdFormat(), line)!;
        Assert.Equal(new DateTimeOffset(2020, 6, 8, 12, 8, 53, TimeSpan.Zero), made.Timestamp);
        Assert.Equal(("bob", "192.0.2.7", 7), (made["UserName"], made["SourceIP"], made["ProcessId"]));
    }

    private static (LedgerEntry Entry, List<LogEvent> Events) Read(string text, LogFormat? format = null)
    {
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = format });
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        List<LogEvent> events = [.. reader.ReadStream(stream, "(test)", TestContext.Current.CancellationToken)];
        return (reader.Ledger.Entries[0], events);
    }
}
