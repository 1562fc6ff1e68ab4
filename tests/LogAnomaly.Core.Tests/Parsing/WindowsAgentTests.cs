using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>Windows events in the lines of agents.</summary>
public sealed class WindowsAgentTests
{
    private const string Failed =
        "2026 Mar 02 10:00:01 WinEvtLog: Security: AUDIT_FAILURE(4625): Microsoft-Windows-Security-Auditing: (no user): no domain: PC1.example: "
        + "An account failed to log on.    Subject:   Security ID:  S-1-0-0   Account Name:  -   Account Domain:  -   Logon ID:  0x0    "
        + "Logon Type:   3    Account For Which Logon Failed:   Security ID:  S-1-0-0   Account Name:  ann   Account Domain:  EX    "
        + "Network Information:   Workstation Name: PC9   Source Network Address: 192.0.2.7   Source Port:  4242";

    private const string Started =
        "2026 Mar  2 10:00:01 WinEvtLog: Microsoft-Windows-Sysmon/Operational: INFORMATION(1): Microsoft-Windows-Sysmon: SYSTEM: NT AUTHORITY: PC1: "
        + "Process Create:  UtcTime: 3/2/2026 10:00 AM  ProcessId: 30  Image: C:\\a b\\x.exe  CommandLine: \"x.exe\" -y  User: PC1\\ann  ParentImage: C:\\p.exe";

    [Fact]
    public void A_failed_logon_names_the_account_and_the_source_and_not_the_subject()
    {
        LogEvent made = Sample.Parse(new WindowsAgentFormat(), Failed)!;
        Assert.Equal(LogKind.Windows, made.Kind);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 1, TimeSpan.Zero), made.Timestamp);
        Assert.Equal("PC1.example", made.HostName);
        Assert.Equal(
            (4625, "Security", "Microsoft-Windows-Security-Auditing", Outcome.Failure),
            ((int)made.GetValue(LogField.EventId)!, (string)made.GetValue(LogField.Channel)!,
                (string)made.GetValue(LogField.Provider)!,
                (Outcome)made.GetValue(LogField.Outcome)!));
        Assert.Equal(
            ("ann", "192.0.2.7", 4242),
            ((string)made.GetValue(LogField.UserName)!, (string)made.GetValue(LogField.SourceIP)!,
                (int)made.GetValue(LogField.SourcePort)!));
    }

    [Fact]
    public void A_started_process_keeps_the_values_of_its_text()
    {
        LogEvent made = Sample.Parse(new WindowsAgentFormat(), Started)!;
        Assert.Equal(("C:\\a b\\x.exe", "C:\\p.exe"), ((string)made["Image"]!, (string)made["ParentImage"]!));
        Assert.Equal("\"x.exe\" -y", made.GetValue(LogField.Command));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 1, TimeSpan.Zero), made.Timestamp);
    }

    [Theory]
    [InlineData("Mar  2 10:00:01 web1 app: WinEvtLog: nothing of it")]
    [InlineData("2026 Mar 02 10:00:01 WinEvtLog: Security: AUDIT_FAILURE(x): P: u: d: c: text")]
    public void A_line_that_lacks_the_parts_is_not_read(string line) =>
        Assert.Null(Sample.Parse(new WindowsAgentFormat(), line));

    [Fact]
    public void Its_lines_are_recognised() =>
        Assert.IsType<WindowsAgentFormat>(
            FormatDetector.Detect([LogLine.FromString(Failed), LogLine.FromString(Started)], null));

    [Fact]
    public void Changed_lines_are_read_or_refused_soundly()
    {
        Random random = new(4711);
        int read = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] line = Soundness.Mutate(
                System.Text.Encoding.UTF8.GetBytes(Failed), System.Text.Encoding.UTF8.GetBytes(Started), random);
            read += line.Length == 0 || new WindowsAgentFormat()
                .Parse(new LogLine(line, 0, line.Length, 1, 0), Sample.NewContext()) is null ? 0 : 1;
        }

        Assert.InRange(read, 200, 2000);
    }
}
