using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class SyslogRepeatsTests
{
    private const string Failed = "Jun  3 08:01:02 web1 sshd[7]: Failed password for root from 192.0.2.7 port 22 ssh2";

    [Theory]
    [InlineData("Jun  3 08:01:05 web1 last message repeated 3 times", 3)]
    [InlineData("Jun  3 08:01:05 last message repeated 3 times", 3)]
    [InlineData("Jun  3 08:01:05 --- last message repeated 1 time ---", 1)]
    [InlineData("Jun  3 08:01:05 web1 -- message repeated 2 times --", 2)]
    [InlineData("Jun  3 08:01:05 web1 sshd[7]: last message repeated 4 times", 4)]
    [InlineData(
        "Jun  3 08:01:05 web1 syslog-ng[9]: Last message 'Failed password for ' repeated 5 times, suppressed by syslog-ng on web1",
        5)]
    [InlineData(
        "Jun  3 08:01:05 web1 sshd[7]: message repeated 6 times: [ Failed password for root from 192.0.2.7 port 22 ssh2]",
        6)]
    [InlineData("2024-06-03T08:01:05+00:00 web1 last message repeated 3 times", 3)]
    public void A_repetition_is_counted_on_an_event_that_means_what_was_repeated(string line, int count)
    {
        ParseContext context = AuthLine.NewContext();
        AuthLine.Parse(Failed, context);
        AuthEvent made = Assert.IsType<AuthEvent>(AuthLine.Parse(line, context));
        Assert.Equal(
            ("root", "192.0.2.7", Outcome.Failure, count),
            (made.UserName, made.SourceIP, made.Outcome, made.RepeatCount));
        Assert.Equal("web1", made.HostName);
        Assert.Equal("sshd", made.Program);
        Assert.Equal(5, made.Timestamp!.Value.Second);
    }

    [Fact]
    public void The_last_message_is_that_of_the_same_host()
    {
        ParseContext context = AuthLine.NewContext();
        AuthLine.Parse(Failed, context);
        AuthLine.Parse("Jun  3 08:01:03 web2 kernel: device eth0 entered promiscuous mode", context);
        AuthLine.Parse("Jun  3 08:01:03 web3 app: x", context);
        LogEvent? first = AuthLine.Parse("Jun  3 08:01:04 web1 last message repeated 2 times", context);
        LogEvent? second = AuthLine.Parse("Jun  3 08:01:04 web2 last message repeated 2 times", context);
        Assert.Equal("root", Assert.IsType<AuthEvent>(first).UserName);
        Assert.Equal(("eth0", 2), (Assert.IsType<SystemEvent>(second).InInterface, ((SystemEvent)second!).RepeatCount));
    }

    [Fact]
    public void A_repetition_of_nothing_known_is_a_system_event_with_its_count()
    {
        SystemEvent made = Assert.IsType<SystemEvent>(
            AuthLine.Parse("Jun  3 08:01:04 web1 last message repeated 2 times"));
        Assert.Equal((2, null), (made.RepeatCount, made.Action));
    }

    [Fact]
    public void A_message_stands_once_for_itself()
    {
        Assert.Equal(1, Assert.IsType<AuthEvent>(AuthLine.Parse(Failed)).RepeatCount);
        Assert.Equal(1, SystemLine.Message("app", "message repeated by me").RepeatCount);
    }
}
