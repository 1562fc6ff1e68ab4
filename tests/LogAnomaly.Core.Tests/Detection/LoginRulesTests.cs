using LogAnomaly.Detection;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Detection;

public sealed class LoginRulesTests
{
    private static readonly DateTime s_start = LearnedRun.Start;

    [Fact]
    public void A_login_from_a_network_that_a_known_user_never_came_from_is_found()
    {
        string known = LearnedRun.Each(12, day => LearnedRun.Login(s_start.AddDays(day), "ann", $"192.0.2.{day}"));
        RuleHit hit = Assert.Single(LearnedRun.Hits(
            nameof(FirstLoginFromNetwork), known + LearnedRun.Login(s_start.AddDays(12), "ann", "198.51.100.7")));
        Assert.Equal(("UserName", "ann", null), (hit.EntityType, hit.Entity, hit.Severity));
        Assert.Equal("198.51.0.0/16", hit.Reason!.Observed);
        Assert.Equal(
            "ann logged in from 198.51.100.7; none of the 12 logins before came from 198.51.0.0/16.",
            hit.Reason.Sentence);
    }

    [Fact]
    public void Neither_a_known_network_nor_a_short_history_nor_one_who_roams_is_a_first_login()
    {
        string known = LearnedRun.Each(30, day => LearnedRun.Login(s_start.AddDays(day), "ann", $"192.0.{day}.9"));
        string brief = LearnedRun.Login(s_start, "bob", "198.51.100.7")
            + LearnedRun.Login(s_start.AddDays(1), "bob", "203.0.113.1");
        string roaming = LearnedRun.Each(
            40, day => LearnedRun.Login(s_start.AddHours(day), "ci", $"{10 + (day / 2)}.1.2.3"));
        Assert.Empty(LearnedRun.Hits(nameof(FirstLoginFromNetwork), known));
        Assert.Empty(LearnedRun.Hits(nameof(FirstLoginFromNetwork), brief));
        Assert.Empty(LearnedRun.Hits(nameof(FirstLoginFromNetwork), roaming, ("networks", "3")));
    }

    [Fact]
    public void A_network_is_forgotten_in_time_and_root_is_graver()
    {
        string log = LearnedRun.Each(12, hour => LearnedRun.Login(s_start.AddHours(hour), "root", "2001:db8:1::1"))
            + LearnedRun.Login(s_start.AddDays(70), "root", "2001:db8:2::1");
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(FirstLoginFromNetwork), log));
        Assert.Equal("2001:db8::/32", hit.Reason!.Observed);
        LearnedRunSink sink = new();
        LearnedRules rules = new([LearnedRun.Rule(nameof(FirstLoginFromNetwork), Severity.Low)], sink);
        Samples.Read(log, out _).ForEach(rules.Add);
        Assert.Equal(Severity.Medium, Assert.Single(sink.Hits).Severity);
    }

    [Fact]
    public void A_login_at_an_hour_far_from_the_usual_ones_is_found()
    {
        string usual = LearnedRun.Each(
            40, day => LearnedRun.Login(s_start.AddDays(day).AddHours(8 + (day % 3)), "ann", "192.0.2.1"));
        RuleHit hit = Assert.Single(LearnedRun.Hits(
            nameof(UnusualHour),
            usual + LearnedRun.Login(s_start.AddDays(41).AddHours(11), "ann", "192.0.2.1")
                + LearnedRun.Login(s_start.AddDays(42).AddHours(3), "ann", "192.0.2.1")));
        Assert.Equal(
            ("ann", "03:00", "08:00, 09:00, 10:00, 11:00"), (hit.Entity, hit.Reason!.Observed, hit.Reason.Typical));
    }

    [Fact]
    public void Midnight_is_no_border_and_a_burst_in_one_hour_teaches_no_habit()
    {
        string late = LearnedRun.Each(
            40, day => LearnedRun.Login(s_start.AddDays(day).AddHours(23), "ann", "192.0.2.1"))
            + LearnedRun.Login(s_start.AddDays(41).AddHours(1), "ann", "192.0.2.1");
        string burst = LearnedRun.Each(50, minute => LearnedRun.Login(s_start.AddMinutes(minute), "bot", "192.0.2.1"))
            + LearnedRun.Login(s_start.AddHours(9), "bot", "192.0.2.1");
        Assert.Empty(LearnedRun.Hits(nameof(UnusualHour), late));
        Assert.Empty(LearnedRun.Hits(nameof(UnusualHour), burst));
    }

    [Fact]
    public void Two_logins_too_far_apart_for_the_time_between_are_found_by_the_table_of_places()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path, "network,latitude,longitude,country\n192.0.2.0/24,47.4,8.5,CH\n198.51.100.0/24,35.7,139.7,JP\n");
            string log = LearnedRun.Login(s_start, "ann", "192.0.2.1")
                + LearnedRun.Login(s_start.AddHours(1), "ann", "198.51.100.1");
            RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(ImpossibleTravel), log, ("geo", path)));
            Assert.Contains("198.51.100.1 (JP), 9", hit.Reason!.Sentence, StringComparison.Ordinal);
            string slow = LearnedRun.Login(s_start, "ann", "192.0.2.1")
                + LearnedRun.Login(s_start.AddDays(1), "ann", "198.51.100.1");
            Assert.Empty(LearnedRun.Hits(nameof(ImpossibleTravel), slow, ("geo", path)));
            Assert.Empty(LearnedRun.Hits(nameof(ImpossibleTravel), log));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_table_of_places_that_is_missing_or_faulty_is_told_with_the_rule()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => LearnedRun.Hits(nameof(ImpossibleTravel), "", ("geo", "/nowhere/geo.csv")));
        Assert.StartsWith(
            "Rule T-01: the parameter 'geo' names no table of places", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_networks_within_each_other_the_narrowest_counts_and_gaps_have_no_place()
    {
        GeoTable table = GeoTable.Read(
            new StringReader("10.0.0.0/8,1,1\n10.1.0.0/16,2,2\n10.1.2.0/24,3,3\n2001:db8::/32,4,4\n192.0.2.7,5,5\n"),
            "(sample)");
        double?[] found = [.. new[]
        {
            "10.0.0.1", "10.1.0.1", "10.1.2.3", "10.1.3.1", "10.255.255.255", "11.0.0.0", "9.255.255.255",
            "2001:db8::1", "2001:db9::", "192.0.2.7", "192.0.2.8", "x",
        }
            .Select(address => table.Find(address)?.Latitude)];
        Assert.Equal([1, 2, 3, 2, 1, null, null, 4, null, 5, null, null], found);
        Assert.Equal("(sample):2: 'y' is not 'network,latitude,longitude[,country]'.", Assert.Throws<FormatException>(
            () => GeoTable.Read(new StringReader("network,latitude,longitude\ny\n"), "(sample)")).Message);
    }

    [Fact]
    public void Users_without_number_are_kept_in_bounded_memory()
    {
        FirstLoginFromNetwork rule = new(
            LearnedRun.Rule(nameof(FirstLoginFromNetwork), Severity.Low), new LearnedRunSink());
        string log = LearnedRun.Each(12_000, i => LearnedRun.Login(s_start.AddSeconds(i), $"user{i}", "192.0.2.1"));
        Samples.Read(log, out ParseLedger _).ForEach(rule.Add);
        Assert.InRange(rule.KnownUsers, 5000, 10_000);
    }
}
