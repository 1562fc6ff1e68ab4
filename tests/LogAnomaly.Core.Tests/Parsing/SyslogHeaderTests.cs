using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class SyslogHeaderTests
{
    [Theory]
    [InlineData("Jun  3 08:01:02 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("Jun 3 08:01:02 web1 app: hello", "web1", "app", null, "hello")]
    [InlineData("Jun 03 08:01:02.123 web1 app: hello", "web1", "app", null, "hello")]
    [InlineData("Jun  3 2024 08:01:02 fw1 %ASA-6-302013: hello", "fw1", "%ASA-6-302013", null, "hello")]
    [InlineData("Jun  3 2024 08:01:02: %SYS-5-CONFIG: hello", null, "%SYS-5-CONFIG", null, "hello")]
    [InlineData("Jun  3 08:01:02 web1 kernel: [12345.678] eth0: up", "web1", "kernel", null, "[12345.678] eth0: up")]
    [InlineData("Jun  3 08:01:02 web1 [12345.678] eth0: up", "web1", null, null, "[12345.678] eth0: up")]
    [InlineData("Jun  3 08:01:02 web1 last message repeated 2 times",
        "web1", null, null, "last message repeated 2 times")]
    [InlineData("Jun  3 08:01:02 web1 -- MARK --", "web1", null, null, "-- MARK --")]
    [InlineData("Jun  3 08:01:02 web1 syslogd 1.4.1: restart.", "web1", "syslogd", null, "restart.")]
    [InlineData("Jun  3 08:01:02 app[7]: hello", null, "app", 7, "hello")]
    [InlineData("Jun  3 08:01:02 web1 daemon.err app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("2024-06-03T08:01:02+02:00 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("2024-06-03T08:01:02.123456+0200 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("<13>1 2024-06-03T08:01:02Z web1 app 7 - - \uFEFFhello", "web1", "app", 7, "hello")]
    [InlineData("<13>1 2024-06-03T08:01:02Z web1 app - ID1 [a@1 k=\"]\\\"]\"][b@1] hello",
        "web1", "app", null, "hello")]
    [InlineData("<13>1 - - - - - - hello", null, null, null, "hello")]
    [InlineData("Jun  3 08:01:02 web1 kernel:", "web1", "kernel", null, "")]
    [InlineData("<13>Jun  3 08:01:02 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("45 <13>1 2024-06-03T08:01:02Z web1 app 7 - - hello", "web1", "app", 7, "hello")]
    [InlineData("<13>1 2024-06-03T08:01:02Z web1 app 7 - hello there", "web1", "app", 7, "hello there")]
    [InlineData("<189>29: *Mar  1 18:46:11.123: %SYS-5-CONFIG_I: hello", null, "%SYS-5-CONFIG_I", null, "hello")]
    [InlineData("<189>29: rt1: Mar  1 18:46:11.123 UTC: %SYS-5-CONFIG_I: hello",
        "rt1", "%SYS-5-CONFIG_I", null, "hello")]
    [InlineData("Jun  3 08:01:02 rt1 29: .Mar  1 18:46:11: %SYS-5-CONFIG_I: hello",
        "rt1", "%SYS-5-CONFIG_I", null, "hello")]
    [InlineData("Jun  3 2024 08:01:02 fw1 : %ASA-6-302013: hello", "fw1", "%ASA-6-302013", null, "hello")]
    [InlineData("Jun  3 08:01:02 10.0.0.1: %ASA-6-302013: hello", "10.0.0.1", "%ASA-6-302013", null, "hello")]
    [InlineData("%ASA-6-302013: hello", null, "%ASA-6-302013", null, "hello")]
    [InlineData("2024 Jun  3 08:01:02 sw1 %ETHPORT-5-IF_DOWN: hello", "sw1", "%ETHPORT-5-IF_DOWN", null, "hello")]
    [InlineData("Jun  3 08:01:02 <auth.info> web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("Jun  3 08:01:02 <4.6> web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("Jun  3 08:01:02 daemon.info app[7]: hello", null, "app", 7, "hello")]
    [InlineData("Mon Jun  3 08:01:02 2024 daemon.info app[7]: hello", null, "app", 7, "hello")]
    [InlineData("Mon 2024-06-03 08:01:02 UTC web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("Mon 2024-06-03 08:01:02.123456 UTC web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("1717401662.123456 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("20240603T080102Z web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("[    5.123456] web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("[    5.123456] web1 kernel: hello", "web1", "kernel", null, "hello")]
    [InlineData("2024-06-03 08:01:02.123456+0200  localhost kernel[0]: (ACPI) hello",
        "localhost", "kernel", 0, "(ACPI) hello")]
    [InlineData("Jun  3 08:01:02 mac1 com.apple.xpc.launchd[1] (com.apple.foo[12]): hello",
        "mac1", "com.apple.xpc.launchd", 1, "hello")]
    [InlineData("Jun  3 08:01:02 mac1 Google Chrome Helper[12]: hello", "mac1", "Google Chrome Helper", 12, "hello")]
    [InlineData("Jun  3 08:01:02 2001:db8::1 app[7]: hello", "2001:db8::1", "app", 7, "hello")]
    [InlineData("Jun  3 08:01:02 web1 (sd-pam)[7]: hello", "web1", "(sd-pam)", 7, "hello")]
    [InlineData("Jun  3 08:01:02 web1 postfix/smtpd[7]: hello", "web1", "postfix/smtpd", 7, "hello")]
    [InlineData("Jun  3 08:01:02 web1 run-parts(/etc/cron.daily)[7]: hello", "web1", "run-parts", 7, "hello")]
    [InlineData("Jun  3 08:01:02 web1 no tag evil[7]: hello", "web1", null, null, "no tag evil[7]: hello")]
    [InlineData("août 03 08:01:02 web1 app[7]: hello", "web1", "app", 7, "hello")]
    public void Header_and_message_are_told_apart(
        string line, string? host, string? program, int? process, string message)
    {
        LogEvent? made = AuthLine.Parse(line);
        Assert.NotNull(made);
        Assert.Equal((host, program, process, message), (made.HostName, made.Program, made.ProcessId, made.Message));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("Jun 31 08:01:02 web1 app: hello")]
    [InlineData("Jun  3 25:01:02 web1 app: hello")]
    [InlineData("Jun  3 08:01:02")]
    [InlineData("2024-06-03 08:01:02 INFO started")]
    [InlineData("<192>Jun  3 08:01:02")]
    [InlineData("2024-06-03 08:01:02 INFO: started")]
    [InlineData("2024-06-03 08:01:02 INFO main: started")]
    [InlineData("1717401662.123   1231 192.0.2.7 TCP_DENIED/400 1536 GET x")]
    [InlineData("[    5.123456] usb 1-1: new high-speed USB device")]
    [InlineData("<13>1 2024-06-03T08:01:02Z web1 app 7 - [a k=\"v")]
    [InlineData("[Mon Jun 03 08:01:02 2024] [core:error] x")]
    public void A_line_without_a_header_is_not_of_this_format(string line) => Assert.Null(AuthLine.Parse(line));

    [Theory]
    [InlineData("<0>", LogLevel.Emergency)]
    [InlineData("<35>", LogLevel.Error)]
    [InlineData("<38>", LogLevel.Informational)]
    [InlineData("<191>", LogLevel.Debug)]
    public void The_priority_gives_the_level(string priority, LogLevel level) =>
        Assert.Equal(level, AuthLine.Parse(priority + "Jun  3 08:01:02 web1 app: hello")!.Level);

    [Theory]
    [InlineData("Jul  1 10:00:00", "2024-07-01T10:00:00+00:00")]
    [InlineData("Dec 31 23:59:59", "2023-12-31T23:59:59+00:00")]
    [InlineData("Feb 29 10:00:00", "2024-02-29T10:00:00+00:00")]
    [InlineData("Jul  2 11:59:59", "2024-07-02T11:59:59+00:00")]
    [InlineData("Jul  2 12:00:01", "2023-07-02T12:00:01+00:00")]
    [InlineData("Jun  3 2019 08:01:02", "2019-06-03T08:01:02+00:00")]
    [InlineData("Jun  3 08:01:02.250", "2024-06-03T08:01:02.2500000+00:00")]
    [InlineData("2024-06-03T08:01:02-0430", "2024-06-03T08:01:02-04:30")]
    [InlineData("2024-06-03T08:01:02.123456789+02", "2024-06-03T08:01:02.1234567+02:00")]
    [InlineData("2024-06-03T08:01:02,5Z", "2024-06-03T08:01:02.5000000Z")]
    [InlineData("20240603T080102.5+0200", "2024-06-03T08:01:02.5000000+02:00")]
    [InlineData("1717401662.123456", "2024-06-03T08:01:02.1234560Z")]
    [InlineData("Mon 2024-06-03 08:01:02 UTC", "2024-06-03T08:01:02Z")]
    [InlineData("Jun 03 2019 08:01:02.5", "2019-06-03T08:01:02.5000000Z")]
    public void The_time_is_that_of_the_stamp(string stamp, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), AuthLine.Parse(stamp + " web1 app: hello")!.Timestamp);

    [Theory]
    [InlineData("<38>Jun  3 08:01:02 web1 app: x", "auth", LogLevel.Informational)]
    [InlineData("<0>Jun  3 08:01:02 web1 app: x", "kern", LogLevel.Emergency)]
    [InlineData("Jun  3 08:01:02 <local7.err> web1 app: x", "local7", LogLevel.Error)]
    [InlineData("Mon Jun  3 08:01:02 2024 daemon.warn app[7]: x", "daemon", LogLevel.Warning)]
    [InlineData("Jun  3 08:01:02 mac1 app[7] <Notice>: x", null, LogLevel.Notice)]
    [InlineData("Jun  3 08:01:02 rt1 %SYS-3-X: x", null, LogLevel.Error)]
    [InlineData("Jun  3 08:01:02 web1 app: x", null, null)]
    public void Facility_and_level_come_of_whatever_names_them(string line, string? facility, LogLevel? level)
    {
        SystemEvent made = Assert.IsType<SystemEvent>(AuthLine.Parse(line));
        Assert.Equal((facility, level), (made.Facility, made.Level));
    }

    [Fact]
    public void Structured_data_are_properties_of_the_event()
    {
        LogEvent? made = AuthLine.Parse(
            "<38>1 2024-06-03T08:01:02Z web1 sshd 7 ID1 [a@1 k=\"v \\\"q\\\" \\] \\\\ \\n\" l=\"\"][origin ip=\"10.0.0.1\" ip=\"10.0.0.2\"] Invalid user bob from 192.0.2.7");
        Assert.Equal("192.0.2.7", Assert.IsType<AuthEvent>(made).SourceIP);
        Assert.Equal("v \"q\" ] \\ \\n", made!["a@1.k"]);
        Assert.Equal("", made["a@1.l"]);
        Assert.Equal("10.0.0.1,10.0.0.2", made["origin.ip"]);
        Assert.Equal("ID1", made["msgid"]);
        Assert.Equal(4, made.GetProperties().Count);
    }

    [Theory]
    [InlineData("-- Logs begin at Mon 2024-06-03 08:01:02 UTC, end at Mon 2024-06-03 09:01:02 UTC. --")]
    [InlineData("-- Boot 0123456789abcdef0123456789abcdef --")]
    [InlineData("-- No entries --")]
    public void Notices_of_journalctl_are_no_events(string line) =>
        Assert.Same(LogAnomaly.Parsing.LogFormat.NoEvent, AuthLine.Parse(line));

    [Fact]
    public void Further_lines_that_begin_with_white_space_belong_to_the_message()
    {
        List<LogEvent> events = Samples.Read(
            "Jun  3 08:01:02 mac1 app[7]: a\n\tb\n\tc\nJun  3 08:01:03 mac1 app[7]: d\n",
            out LogAnomaly.ParseLedger ledger);
        Assert.Equal(["a\n\tb\n\tc", "d"], events.Select(made => made.Message));
        Assert.Equal(4, ledger.Entries[0].Parsed);
    }

    [Fact]
    public void The_last_stamp_serves_only_lines_of_the_same_day()
    {
        LogAnomaly.Parsing.ParseContext context = AuthLine.NewContext();
        string[] stamps =
        [
            "Jul  1 10:00:00", "Jul  1 10:00:00", "Jul  1 23:59:60", "Jul  2 11:00:00", "Jul  2 13:00:00",
            "Jun  3 00:00:01", "Jul 12 00:00:01",
        ];
        DateTimeOffset[] alone = [.. stamps.Select(stamp => AuthLine.Parse(stamp + " web1 app: x")!.Timestamp!.Value)];
        DateTimeOffset[] together =
            [.. stamps.Select(stamp => AuthLine.Parse(stamp + " web1 app: x", context)!.Timestamp!.Value)];
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_29_February_goes_to_the_latest_leap_year()
    {
        DateTimeOffset reference = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);
        LogEvent? made = AuthLine.Parse("Feb 29 10:00:00 web1 app: x", AuthLine.NewContext(null, reference));
        Assert.Equal(2024, made!.Timestamp!.Value.Year);
    }

    [Theory]
    [InlineData("Mar 31 01:59:59", 1)]
    [InlineData("Mar 31 02:30:00", 1)]
    [InlineData("Mar 31 03:00:00", 2)]
    [InlineData("Oct 29 02:30:00", 2)]
    [InlineData("Oct 29 03:00:00", 1)]
    public void A_clock_change_is_settled_as_the_clock_says(string stamp, int hours)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
        LogEvent? made = AuthLine.Parse(stamp + " web1 app: x", AuthLine.NewContext(zone));
        Assert.Equal(TimeSpan.FromHours(hours), made!.Timestamp!.Value.Offset);
    }
}
