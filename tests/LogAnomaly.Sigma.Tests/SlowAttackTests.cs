using System.Globalization;

namespace LogAnomaly.Sigma.Tests;

/// <summary>
/// How long a guessing source goes unseen, by the gap between its tries. The bounds are those of the best of fail2ban
/// (the 5th within 600 s), CrowdSec, Wazuh and Elastic; beyond them no gap up to half an hour may be blind.
/// </summary>
public sealed class SlowAttackTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(1, 5)]
    [InlineData(5, 5)]
    [InlineData(10, 5)]
    [InlineData(30, 5)]
    [InlineData(60, 5)]
    [InlineData(119, 5)]
    [InlineData(120, 5)]
    [InlineData(149, 5)]
    [InlineData(151, 10)]
    [InlineData(200, 10)]
    [InlineData(300, 10)]
    [InlineData(450, 10)]
    [InlineData(599, 10)]
    [InlineData(601, 4)]
    [InlineData(900, 4)]
    [InlineData(1200, 4)]
    [InlineData(1800, 4)]
    public void Guessing_is_found_at_every_gap_between_tries(double gap, int tries)
    {
        Assert.DoesNotContain(RuleFolder.FindInLines(Tries(gap, tries - 1)), IsGuessing);
        Anomaly finding = Assert.Single(RuleFolder.FindInLines(Tries(gap, tries)), IsGuessing);
        Assert.Equal("203.0.113.7", finding.Entity);
    }

    [Fact]
    public void One_try_from_each_of_many_addresses_on_one_account_is_found()
    {
        IEnumerable<string> lines = Enumerable.Range(0, 10).Select(
            i => Line(
                s_start.AddMinutes(i * 5), $"Failed password for deploy from 198.51.100.{i + 1} port 4000 ssh2", i));
        Anomaly finding = Assert.Single(RuleFolder.FindInLines(lines), finding => finding.RuleId == "SSH-05");
        Assert.Equal(("deploy", Severity.High), (finding.Entity, finding.Severity));
    }

    [Fact]
    public void Hundred_tries_are_one_finding_that_counts_them()
    {
        Anomaly finding = Assert.Single(RuleFolder.FindInLines(Tries(3, 100)), finding => finding.RuleId == "SSH-01");
        Assert.Equal((100, Severity.High), (finding.Count, finding.Severity));
    }

    private static bool IsGuessing(Anomaly finding) => finding.RuleId is "SSH-01" or "SSH-03";

    private static IEnumerable<string> Tries(double gap, int count) => Enumerable.Range(0, count).Select(
        i => Line(s_start.AddSeconds(gap * i), "Failed password for root from 203.0.113.7 port 4000 ssh2", i));

    private static string Line(DateTimeOffset time, string message, int process) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{time:yyyy-MM-dd'T'HH:mm:ss.ffffffzzz} web1 sshd[{1000 + process}]: {message}");
}
