using LogAnomaly.Rules;
using static LogAnomaly.Tests.Rules.RuleSamples;

namespace LogAnomaly.Tests.Rules;

public class LogSourceMapTests
{
    private static readonly List<LogEvent> s_all = ReadAll();

    [Theory]
    [InlineData(null, null, null, 28)]
    [InlineData("linux", null, "sshd", 4)]
    [InlineData("linux", null, "sudo", 1)]
    [InlineData("linux", null, "su", 1)]
    [InlineData("linux", null, "cron", 1)]
    [InlineData("linux", null, "auditd", 4)]
    [InlineData("linux", null, "useradd", 1)]
    [InlineData("linux", null, null, 12)]
    [InlineData("linux", null, "syslog", 12)]
    [InlineData("Linux", "process_creation", null, 6)]
    [InlineData(null, "webserver", null, 6)]
    [InlineData(null, "proxy", null, 6)]
    [InlineData("apache", null, null, 9)]
    [InlineData("nginx", null, null, 8)]
    [InlineData("apache", null, "error", 3)]
    [InlineData(null, null, "apache", 3)]
    [InlineData(null, null, "nginx", 2)]
    [InlineData("windows", null, null, 3)]
    [InlineData("windows", null, "security", 2)]
    [InlineData("windows", null, "sysmon", 1)]
    [InlineData("windows", null, "taskscheduler", 0)]
    [InlineData("windows", "process_creation", null, 2)]
    [InlineData("windows", "network_connection", null, 0)]
    [InlineData("windows", "nosuchcategory", null, 2)]
    [InlineData("okta", null, "okta", 2)]
    public void A_log_source_covers_its_events(string? product, string? category, string? service, int count)
    {
        LogSourceFilter filter = LogSourceMap.FilterOf(new RuleLogSource(product, category, service));
        Assert.Equal(count, s_all.Count(filter.Covers));
    }

    [Fact]
    public void Authentication_covers_the_lines_of_that_kind_and_of_its_facilities()
    {
        LogSourceFilter filter = LogSourceMap.FilterOf(new RuleLogSource("linux", null, "auth"));
        List<LogEvent> lines = Read(
            "<86>Mar  2 10:00:01 web someprogram[1]: hello\n<30>Mar  2 10:00:01 web someprogram[1]: hello\n");
        Assert.Equal([true, false], lines.Select(filter.Covers));
        Assert.All(Read(Auth).Where(line => line is AuthEvent), line => Assert.True(filter.Covers(line)));
    }
}
