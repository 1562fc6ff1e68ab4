using System.Globalization;
using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Detection;

public sealed class StreamRulesTests
{
    private static readonly DateTime s_start = LearnedRun.Start;

    [Fact]
    public void A_silence_in_a_log_that_never_rests_is_found()
    {
        string busy = Ticking(s_start, 400);
        string later = Ticking(s_start.AddMinutes((400 * 5) + 120), 20);
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(LogSilence), busy + later));
        Assert.Equal(("HostName", "web1", "2 h 5 min"), (hit.EntityType, hit.Entity, hit.Reason!.Observed));
        Assert.Empty(LearnedRun.Hits(nameof(LogSilence), busy));
        Assert.Empty(LearnedRun.Hits(nameof(LogSilence), Ticking(s_start, 100) + later));
    }

    [Fact]
    public void A_log_that_rests_every_night_is_not_silent()
    {
        string log = LearnedRun.Each(20, day => LearnedRun.Each(600, minute =>
            LearnedRun.Syslog(s_start.AddDays(day).AddHours(8).AddMinutes(minute), "app[1]: request handled")));
        Assert.Empty(LearnedRun.Hits(nameof(LogSilence), log));
    }

    [Theory]
    [InlineData(-20, 1)]
    [InlineData(-180, 1)]
    [InlineData(-60, 0)]
    [InlineData(-3, 0)]
    [InlineData(600, 0)]
    public void A_clock_that_is_set_back_is_found_and_the_end_of_summer_time_is_not(int minutes, int found)
    {
        DateTime next = s_start.AddMinutes(495 + minutes);
        Assert.Equal(found, LearnedRun.Hits(nameof(ClockJump), Ticking(s_start, 100) + Ticking(next, 100)).Count);
    }

    [Fact]
    public void A_line_that_is_late_by_itself_is_less_than_a_clock_that_was_set_back()
    {
        string before = Ticking(s_start, 100);
        DateTime last = s_start.AddMinutes(495);
        string late = LearnedRun.Syslog(last.AddMinutes(-17), "app[1]: request handled");
        RuleHit jump = Assert.Single(LearnedRun.Hits(
            nameof(ClockJump), before + Ticking(last.AddMinutes(-17), 4) + Ticking(last.AddMinutes(10), 3)));
        Assert.Null(jump.Severity);
        Assert.Equal(Severity.Low, Assert.Single(LearnedRun.Hits(nameof(ClockJump), before + late)).Severity);
        Assert.Equal(Severity.Low, Assert.Single(
            LearnedRun.Hits(nameof(ClockJump), before + late + Ticking(last.AddMinutes(5), 50))).Severity);
        string start = LearnedRun.Syslog(last.AddMinutes(-400), "kernel: [    0.000000] Linux version 6.1.0-18-amd64");
        Assert.Equal(Severity.Low, Assert.Single(
            LearnedRun.Hits(nameof(ClockJump), before + start + Ticking(last.AddMinutes(-390), 20))).Severity);
    }

    [Fact]
    public void Daemons_in_another_zone_and_exports_with_the_newest_first_are_in_no_order_to_be_broken()
    {
        string zones = Ticking(s_start, 100) + LearnedRun.Each(10, second =>
            LearnedRun.Syslog(
                s_start.AddMinutes(500).AddSeconds(second).AddHours(second % 2 == 0 ? 4 : 0), "named[2]: listening"));
        string reversed = LearnedRun.Each(
            200, i => LearnedRun.Syslog(s_start.AddDays(10).AddMinutes(-10 * i), "app[1]: request handled"));
        Assert.Empty(LearnedRun.Hits(nameof(ClockJump), zones));
        Assert.Empty(LearnedRun.Hits(nameof(ClockJump), reversed));
    }

    [Fact]
    public void A_long_request_is_dated_by_its_start_and_only_requests_that_stay_behind_are_a_jump()
    {
        string usual = LearnedRun.Each(100, i => LearnedRun.Request(s_start.AddMinutes(i), "192.0.2.1"));
        string download = LearnedRun.Request(s_start.AddMinutes(50), "192.0.2.2")
            + LearnedRun.Request(s_start.AddMinutes(101), "192.0.2.1");
        string behind = LearnedRun.Each(20, i => LearnedRun.Request(s_start.AddMinutes(50 + i), "192.0.2.1"));
        Assert.Empty(LearnedRun.Hits(nameof(ClockJump), usual + download));
        Assert.Single(LearnedRun.Hits(nameof(ClockJump), usual + behind));
    }

    [Fact]
    public void An_error_of_a_kind_that_a_known_program_never_wrote_is_found()
    {
        string Log(int lines, int at, string odd) => LearnedRun.Each(lines, i => LearnedRun.Syslog(
            s_start.AddMinutes(5 * i),
            "shopd[8]: " + (i == at ? odd : i % 2 == 0 ? $"INFO order {i} paid" : $"WARN slow query took {i} ms")));
        const string odd = "ERROR token signature of tenant 7 does not match";
        RuleHit hit = Assert.Single(Hits(Log(620, 600, odd)));
        Assert.Equal(("Program", "shopd", "none of 600 lines"), (hit.EntityType, hit.Entity, hit.Reason!.Typical));
        Assert.Empty(Hits(Log(620, 400, odd)));
        Assert.Empty(Hits(Log(620, 600, "INFO cache filled, no error")));
        Assert.Single(Hits(Log(620, 600, "token signature does not match, giving up: timeout")));
        string[] animals = ["cat", "dog", "horse", "goose", "hen", "cow", "pig", "sheep", "goat", "duck"];
        string talkative = LearnedRun.Each(10, i => LearnedRun.Syslog(
            s_start.AddMinutes(3100 + (120 * i)),
            $"shopd[8]: ERROR {animals[i]} {string.Join(' ', animals[..(i + 1)])}"));
        Assert.Empty(Hits(Log(620, -1, odd) + talkative));

        static List<RuleHit> Hits(string log) => LearnedRun.Hits(nameof(NewErrorTemplate), log, withTemplates: true);
    }

    [Fact]
    public void A_package_at_an_hour_without_work_on_packages_is_found()
    {
        string known = LearnedRun.Each(25, day => Dpkg(s_start.AddDays(day).AddHours(6 + (day % 2)), "upgrade"));
        RuleHit hit = Assert.Single(LearnedRun.Hits(
            nameof(UnusualPackageHour), known + Dpkg(s_start.AddDays(25).AddHours(3), "install")
                + Dpkg(s_start.AddDays(25).AddHours(3.1), "install")));
        Assert.Equal(("03:00", "06:00, 07:00"), (hit.Reason!.Observed, hit.Reason.Typical));
        Assert.Empty(
            LearnedRun.Hits(nameof(UnusualPackageHour), known + Dpkg(s_start.AddDays(25).AddHours(8), "install")));
        Assert.Empty(
            LearnedRun.Hits(nameof(UnusualPackageHour), known + Dpkg(s_start.AddDays(25).AddHours(3), "upgrade")));
    }

    [Fact]
    public void Missing_records_are_found_where_numbers_follow_each_other_and_not_in_a_filtered_export()
    {
        string log = Records(100, i => i < 80 ? i : i + 5);
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(RecordGap), log));
        Assert.Equal(("5 missing", "HostName", "dc1"), (hit.Reason!.Observed, hit.EntityType, hit.Entity));
        Assert.Single(LearnedRun.Hits(nameof(RecordGap), Records(100, i => 1000 - (i < 80 ? i : i + 5))));
        Assert.Empty(LearnedRun.Hits(nameof(RecordGap), Records(100, i => i)));
        Assert.Empty(LearnedRun.Hits(nameof(RecordGap), Records(100, i => i * 3)));
    }

    [Fact]
    public void Hosts_without_number_are_kept_in_bounded_memory()
    {
        LogSilence rule = new(LearnedRun.Rule(nameof(LogSilence), Severity.High), new LearnedRunSink());
        string log = LearnedRun.Each(3000, i => LearnedRun.Syslog(s_start.AddSeconds(i), "app[1]: hello", $"host{i}"));
        Samples.Read(log, out _).ForEach(rule.Add);
        Assert.InRange(rule.KnownStreams, 500, 1000);
    }

    private static string Ticking(DateTime from, int lines) =>
        LearnedRun.Each(lines, i => LearnedRun.Syslog(from.AddMinutes(5 * i), "app[1]: request handled"));

    private static string Dpkg(DateTime time, string verb) => string.Create(
        CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss} {verb} curl:amd64 7.81.0-1 7.81.0-2\n");

    private static string Records(int count, Func<int, int> number) => LearnedRun.Each(count, i => string.Create(
        CultureInfo.InvariantCulture,
        $"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4634</EventID><TimeCreated SystemTime='{s_start.AddSeconds(i):yyyy-MM-ddTHH:mm:ss.fffffffZ}'/><EventRecordID>{1000 + number(i)}</EventRecordID><Channel>Security</Channel><Computer>dc1</Computer></System></Event>\n"));
}
