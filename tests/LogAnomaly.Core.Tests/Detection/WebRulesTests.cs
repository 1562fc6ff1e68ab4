using System.Globalization;
using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Detection;

public sealed class WebRulesTests
{
    private static readonly DateTime s_start = LearnedRun.Start;

    [Fact]
    public void Server_errors_far_above_their_share_are_found_once_a_minute()
    {
        string usual = LearnedRun.Each(
            3600, i => LearnedRun.Request(s_start.AddSeconds(2 * i), "192.0.2.1", status: i % 200 == 0 ? 500 : 200));
        string broken = LearnedRun.Each(
            60, i => LearnedRun.Request(s_start.AddSeconds(7200 + i), "192.0.2.1", status: i % 2 == 0 ? 502 : 200));
        List<RuleHit> hits = LearnedRun.Hits(nameof(ServerErrorShare), usual + broken);
        Assert.InRange(hits.Count, 1, 2);
        Assert.Equal("StatusCode", hits[0].Reason!.Feature);
        Assert.Empty(LearnedRun.Hits(nameof(ServerErrorShare), usual));
        string always = LearnedRun.Each(
            3600, i => LearnedRun.Request(s_start.AddSeconds(2 * i), "192.0.2.1", status: i % 30 == 0 ? 500 : 200));
        Assert.Empty(LearnedRun.Hits(nameof(ServerErrorShare), always));
    }

    [Fact]
    public void A_source_that_sends_far_more_than_the_others_is_found_whether_they_come_before_or_after()
    {
        string others = LearnedRun.Each(100, i => LearnedRun.Request(s_start.AddSeconds(i * 6), $"192.0.2.{i % 50}"));
        string flood = LearnedRun.Each(
            500, i => LearnedRun.Request(s_start.AddSeconds(660 + (i / 10)), "198.51.100.9"));
        string after = LearnedRun.Each(
            100, i => LearnedRun.Request(s_start.AddSeconds(800 + (i * 6)), $"192.0.2.{i % 50}"));
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(Flood), others + flood));
        Assert.Equal(("SourceIP", "198.51.100.9", "301 a minute"), (hit.EntityType, hit.Entity, hit.Reason!.Observed));
        Assert.Equal("500 a minute", Assert.Single(LearnedRun.Hits(nameof(Flood), flood + after)).Reason!.Observed);
        Assert.Empty(LearnedRun.Hits(nameof(Flood), flood));
        Assert.Empty(LearnedRun.Hits(nameof(Flood), others));
    }

    [Fact]
    public void A_site_whose_sources_are_all_busy_has_no_flood()
    {
        string log = LearnedRun.Each(40_000, i => LearnedRun.Request(s_start.AddSeconds(i / 100), $"192.0.2.{i % 10}"));
        Assert.Empty(LearnedRun.Hits(nameof(Flood), log));
    }

    [Fact]
    public void A_source_that_fetches_far_more_than_the_others_is_found()
    {
        string others = LearnedRun.Each(
            400, i => LearnedRun.Request(s_start.AddMinutes(i), $"192.0.2.{i % 200}", bytes: 50_000));
        string bulk = LearnedRun.Each(60, i =>
            LearnedRun.Request(s_start.AddMinutes(420).AddSeconds(i), "198.51.100.9", $"/api/{i}", bytes: 5_000_000));
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(UnusualTransfer), others + bulk));
        Assert.Equal(("198.51.100.9", "BytesSent", "105 MB"), (hit.Entity, hit.Reason!.Feature, hit.Reason.Observed));
        Assert.Empty(LearnedRun.Hits(nameof(UnusualTransfer), others + bulk, ("bytes", "1GB")));
    }

    [Fact]
    public void A_bulk_transfer_is_found_across_the_turn_of_the_hour()
    {
        string others = LearnedRun.Each(
            400, i => LearnedRun.Request(s_start.AddMinutes(i), $"192.0.2.{i % 200}", bytes: 50_000));
        string bulk = LearnedRun.Each(
            40, i => LearnedRun.Request(s_start.AddMinutes(460 + i), "198.51.100.9", $"/api/{i}", bytes: 4_000_000));
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(UnusualTransfer), others + bulk));
        Assert.Equal("104 MB", hit.Reason!.Observed);
        string slow = LearnedRun.Each(
            40,
            i => LearnedRun.Request(s_start.AddMinutes(460 + (4 * i)), "198.51.100.9", $"/api/{i}", bytes: 4_000_000));
        Assert.Empty(LearnedRun.Hits(nameof(UnusualTransfer), others + slow));
    }

    [Fact]
    public void A_dump_is_found_and_an_archive_only_where_nobody_else_fetches_any()
    {
        string dump = LearnedRun.Request(s_start, "192.0.2.1", "/backup/site.sql.gz", bytes: 2_000_000);
        string archive = LearnedRun.Request(s_start, "192.0.2.2", "/www.zip", bytes: 9_000_000);
        string shared = LearnedRun.Request(s_start, "192.0.2.3", "/download/tool.tar.gz", bytes: 9_000_000)
            + LearnedRun.Request(s_start, "192.0.2.4", "/download/tool.tar.gz", bytes: 9_000_000);
        Assert.Equal(
            ["192.0.2.1", "192.0.2.2"],
            LearnedRun.Hits(nameof(UnusualTransfer), dump + archive).Select(hit => hit.Entity));
        Assert.Empty(LearnedRun.Hits(nameof(UnusualTransfer), archive + shared));
        Assert.Empty(
            LearnedRun.Hits(nameof(UnusualTransfer), LearnedRun.Request(s_start, "192.0.2.1", "/a.sql", bytes: 900)));
        Assert.Empty(LearnedRun.Hits(
            nameof(UnusualTransfer), LearnedRun.Request(s_start, "192.0.2.1", "/a.sql", 404, 2_000_000)));
    }

    [Fact]
    public void A_path_that_becomes_slow_is_found()
    {
        string usual = Timed(s_start, 12 * 60, i => 100 + (i % 20));
        string slow = Timed(s_start.AddHours(2), 60, i => 900);
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(LatencyShift), usual + slow));
        Assert.Equal(("UrlPath", "/report"), (hit.EntityType, hit.Entity));
        Assert.Empty(LearnedRun.Hits(nameof(LatencyShift), usual));
        Assert.Empty(LearnedRun.Hits(nameof(LatencyShift), Timed(s_start, 12 * 60, i => i % 97 * 30)));
    }

    [Fact]
    public void Paths_without_number_are_kept_in_bounded_memory()
    {
        LatencyShift rule = new(LearnedRun.Rule(nameof(LatencyShift), Severity.Low), new LearnedRunSink());
        Samples.Read(Timed(s_start, 1000, i => 5, i => $"/p{i}"), out _).ForEach(rule.Add);
        Assert.InRange(rule.KnownPaths, 100, 200);
    }

    [Fact]
    public void A_jump_of_the_error_rate_that_lasts_is_found()
    {
        string usual = LearnedRun.Each(
            240, i => LearnedRun.Error(s_start.AddMinutes(i), "AH00128: File does not exist: /x"));
        string jump = LearnedRun.Each(
            15 * 60, i => LearnedRun.Error(s_start.AddMinutes(240).AddSeconds(i), "AH01071: Got error"));
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(ErrorRateJump), usual + jump));
        Assert.Equal("60 a minute", hit.Reason!.Observed);
        string spike = LearnedRun.Each(
            5 * 60, i => LearnedRun.Error(s_start.AddMinutes(240).AddSeconds(i), "AH01071: Got error"));
        Assert.Empty(LearnedRun.Hits(nameof(ErrorRateJump), usual + spike));
        Assert.Empty(LearnedRun.Hits(nameof(ErrorRateJump), jump));
        string notices = LearnedRun.Each(
            15 * 60, i => LearnedRun.Error(s_start.AddMinutes(240).AddSeconds(i), "AH00094: Command line", "notice"));
        Assert.Empty(LearnedRun.Hits(nameof(ErrorRateJump), usual + notices));
    }

    [Fact]
    public void A_rare_error_is_found_at_the_end_where_templates_were_mined()
    {
        string usual = LearnedRun.Each(
            2000, i => LearnedRun.Error(s_start.AddSeconds(i), "AH00128: File does not exist: /x"));
        string rare = LearnedRun.Error(
            s_start.AddSeconds(3000), "AH00052: child pid 77 exit signal Segmentation fault (11)");
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(RareErrorTemplate), usual + rare, withTemplates: true));
        Assert.Equal("1 of 2001 lines", hit.Reason!.Observed);
        Assert.Empty(LearnedRun.Hits(nameof(RareErrorTemplate), usual + rare));
        Assert.Empty(
            LearnedRun.Hits(nameof(RareErrorTemplate), usual[..(usual.Length / 4)] + rare, withTemplates: true));
    }

    // combined with %D at its end
    private static string Timed(
        DateTime from, int count, Func<int, int> milliseconds, Func<int, string>? path = null) =>
        LearnedRun.Each(count, i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"time":"{{from.AddSeconds(10 * i):yyyy-MM-ddTHH:mm:ss}}+00:00","remote_addr":"192.0.2.1","request":"GET {{path?.Invoke(i) ?? "/report"}} HTTP/1.1","status":200,"body_bytes_sent":10,"request_time":{{milliseconds(i) / 1000.0:0.000}}}""")
            + "\n");
}
