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
    [InlineData("Jun  3 08:01:02 web1 last message repeated 2 times", "web1", null, null, "last message repeated 2 times")]
    [InlineData("Jun  3 08:01:02 web1 -- MARK --", "web1", null, null, "-- MARK --")]
    [InlineData("Jun  3 08:01:02 web1 syslogd 1.4.1: restart.", "web1", "syslogd", null, "restart.")]
    [InlineData("Jun  3 08:01:02 app[7]: hello", null, "app", 7, "hello")]
    [InlineData("Jun  3 08:01:02 web1 daemon.err app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("2024-06-03T08:01:02+02:00 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("2024-06-03T08:01:02.123456+0200 web1 app[7]: hello", "web1", "app", 7, "hello")]
    [InlineData("<13>1 2024-06-03T08:01:02Z web1 app 7 - - \uFEFFhello", "web1", "app", 7, "hello")]
    [InlineData("<13>1 2024-06-03T08:01:02Z web1 app - ID1 [a@1 k=\"]\\\"]\"][b@1] hello", "web1", "app", null, "hello")]
    [InlineData("<13>1 - - - - - - hello", null, null, null, "hello")]
    [InlineData("Jun  3 08:01:02 web1 kernel:", "web1", "kernel", null, "")]
    public void Header_and_message_are_told_apart(string line, string? host, string? program, int? process, string message)
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
    public void The_time_is_that_of_the_stamp(string stamp, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), AuthLine.Parse(stamp + " web1 app: hello")!.Timestamp);

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
