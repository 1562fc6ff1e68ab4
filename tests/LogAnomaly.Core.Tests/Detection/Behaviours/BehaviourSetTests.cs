using System.Text;
using System.Text.Json;
using LogAnomaly.Detection;
using LogAnomaly.Detection.Behaviours;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection.Behaviours;

/// <summary>What holds for all behaviours, whatever they find.</summary>
public sealed class BehaviourSetTests
{
    [Fact]
    public void A_log_of_31_lines_is_too_short_to_find_anything()
    {
        EventStream stream = new();
        for (int i = 0; i < 30; i++)
        {
            stream.Add(EventStream.Hour(i), "usual line");
        }

        stream.Add(EventStream.Hour(30), "odd line", level: LogLevel.Error);
        Assert.Empty(EventStream.Reported(stream.Run()));
    }

    [Fact]
    public void Two_thousand_lines_in_ten_minutes_are_too_short_to_find_anything()
    {
        EventStream stream = new();
        SeededRandom random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            stream.Add(
                EventStream.Hour(i / 12000.0),
                i == 1900 ? "odd line" : $"statement {random.NextInt(8)}",
                level: i == 1900 ? LogLevel.Error : LogLevel.Informational);
        }

        Assert.Empty(EventStream.Reported(stream.Run()));
    }

    [Fact]
    public void Quiet_streams_give_fewer_false_alarms_than_are_expected()
    {
        int reported = 0;
        for (int seed = 1; seed <= 100; seed++)
        {
            EventStream stream = new();
            stream.AddTraffic(seed, days: 10, perHour: 3);
            reported += EventStream.Reported(stream.Run()).Count;
        }

        // A half is expected of each, so fifty; fewer come because the judgements hang together.
        Assert.InRange(reported, 0, 50);
    }

    [Fact]
    public void Equal_input_gives_equal_findings_and_equal_text()
    {
        EventStream stream = Planted();
        BehaviourSet first = stream.Run();
        BehaviourSet second = stream.Run();
        Assert.NotEmpty(first.Findings);
        Assert.Equal(Describe(first.Findings), Describe(second.Findings));
        Assert.Equal(TextOf(first), TextOf(second));
    }

    [Fact]
    public void Each_finding_has_reasons_that_add_up_and_events()
    {
        BehaviourSet set = Planted().Run();
        Assert.NotEmpty(set.Findings);
        Assert.All(set.Findings, finding =>
        {
            Assert.InRange(finding.TailProbability, double.Epsilon, 1);
            Assert.Equal(1, finding.Reasons.Sum(reason => reason.Contribution), 6);
            Assert.All(finding.Reasons, reason => Assert.EndsWith(".", reason.Sentence, StringComparison.Ordinal));
            Assert.InRange(finding.Events.Count, 1, 20);
            Assert.True(finding.FirstTicks <= finding.LastTicks);
        });
    }

    [Fact]
    public void What_was_written_and_read_goes_on_as_if_it_had_never_stopped()
    {
        EventStream before = new();
        before.AddTraffic(5, days: 14);
        EventStream after = new();
        for (int minute = 0; minute < 60; minute++)
        {
            after.AddAuth(EventStream.Hour((15 * 24) + 3 + (minute / 60.0)), "statement 1 of <user>", "user1");
        }

        for (int i = 0; i < 200; i++)
        {
            after.AddAuth(EventStream.Hour((15 * 24) + 5 + (i / 4000.0)), "statement 3 of <user>", "user1");
        }

        // A new run counts its judgements anew; so does one that has only learned before.
        BehaviourSet went = before.Run(BehaviourSet.Create(new BehaviourOptions { LearnOnly = true }));
        went.IsLearning = false;
        BehaviourSet stopped = Read(TextOf(went));
        after.Run(went);
        after.Run(stopped);
        Assert.NotEmpty(stopped.Findings);
        Assert.Equal(Describe(went.Findings), Describe(stopped.Findings));
    }

    [Fact]
    public void What_is_read_is_written_again_as_it_was()
    {
        string text = TextOf(Planted().Run());
        Assert.Equal(text, TextOf(Read(text)));
    }

    [Fact]
    public void Parts_of_two_hosts_can_be_joined_in_any_order()
    {
        EventStream one = new();
        one.AddTraffic(1, days: 9, hosts: 1);
        EventStream two = new();
        two.AddTraffic(2, days: 9, hosts: 3);
        string first = TextOf(one.Run());
        string second = TextOf(two.Run());
        BehaviourSet forward = Read(first);
        forward.Include(JsonDocument.Parse(second).RootElement);
        BehaviourSet backward = Read(second);
        backward.Include(JsonDocument.Parse(first).RootElement);
        Assert.Equal(TextOf(forward), TextOf(backward));
        Assert.Contains("\"web3/test.log\"", TextOf(forward), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_seen_for_long_can_be_forgotten()
    {
        EventStream stream = new();
        stream.AddTraffic(3, days: 9);
        stream.AddAuth(EventStream.Hour(1), "old statement", "olduser");
        BehaviourSet set = stream.Run();
        Assert.Contains("old statement", TextOf(set), StringComparison.Ordinal);
        set.Forget(EventStream.Hour(48));
        string text = TextOf(set);
        Assert.DoesNotContain("old statement", text, StringComparison.Ordinal);
        Assert.DoesNotContain("olduser", text, StringComparison.Ordinal);
        Assert.Contains("statement 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_distinct_values_is_kept_within_bounds()
    {
        EventStream stream = new();
        for (int i = 0; i < 40_000; i++)
        {
            stream.AddAuth(
                EventStream.Hour(i / 400.0),
                $"word{i} said",
                $"user{i}",
                $"host{i % 2000}",
                $"10.{i % 250}.{i / 250}.1");
        }

        using JsonDocument text = JsonDocument.Parse(TextOf(stream.Run()));
        JsonElement root = text.RootElement;
        Assert.InRange(
            root.GetProperty("TemplateNovelty").GetProperty("templates").EnumerateObject().Count(),
            1000,
            TemplateIndex.MostTemplates);
        Assert.InRange(root.GetProperty("RateChange")
            .GetProperty("streams").EnumerateObject()
            .Sum(host => host.Value.EnumerateObject().Count()), 1, RateTable.MostSeries);
        Assert.InRange(root.GetProperty("FirstValue")
            .GetProperty("Authentication.UserName.HostName")
            .GetProperty("entities").EnumerateObject().Count(), 1000, FirstValue.MostEntities);
        Assert.InRange(
            root.GetProperty("HourHabit").GetProperty("users").EnumerateObject().Count(), 1000, HourHabit.MostUsers);
        Assert.InRange(root.GetProperty("PopulationOutlier")
            .GetProperty("SourceIP")
            .GetProperty("entities").EnumerateObject().Count(), 1000, PopulationOutlier.MostEntities);
    }

    [Fact]
    public void Lines_a_few_minutes_out_of_order_change_nothing()
    {
        EventStream stream = Planted();
        BehaviourSet ordered = stream.Run();
        SeededRandom random = new(1);
        BehaviourSet shuffled = BehaviourSet.Create(new BehaviourOptions());
        foreach (LogEvent logEvent in stream.Events
            .OrderBy(one => one.UtcTicks + (long)(random.NextDouble() * 3 * TimeSpan.TicksPerMinute)))
        {
            shuffled.Add(logEvent);
        }

        shuffled.Complete();
        Assert.Contains(EventStream.Reported(ordered), finding => finding.Reasons[0].Code == "RateSpike");
        Assert.Contains(
            EventStream.Reported(shuffled), finding => finding.Reasons[0].Code == "RateSpike" && finding.Count == 300);
    }

    [Fact]
    public void Lines_without_times_are_let_be()
    {
        EventStream stream = new();
        for (int i = 0; i < 5000; i++)
        {
            stream.Add(-1, $"statement {i % 5}");
        }

        Assert.Empty(stream.Run().Findings);
    }

    [Fact]
    public void A_clock_that_jumps_ahead_and_back_breaks_nothing()
    {
        EventStream stream = Planted();
        List<LogEvent> events = [.. stream.Sorted()];
        LogEvent far = stream.Add(EventStream.Hour(24 * 3650), "statement 1 of <user>");
        LogEvent past = stream.Add(EventStream.Hour(-24 * 3650), "statement 1 of <user>");
        events.InsertRange(events.Count / 2, [far, past]);
        BehaviourSet set = BehaviourSet.Create(new BehaviourOptions());
        foreach (LogEvent logEvent in events)
        {
            set.Add(logEvent);
        }

        set.Complete();
        Assert.Contains(EventStream.Reported(set), finding => finding.Reasons[0].Code == "RateSpike");
    }

    [Fact]
    public void A_learning_period_gives_no_findings_and_no_judgements()
    {
        BehaviourSet set = BehaviourSet.Create(new BehaviourOptions { LearnOnly = true });
        Planted().Run(set);
        Assert.Empty(set.Findings);
        set.IsLearning = false;
        Assert.All(set.Behaviours, behaviour => Assert.Equal(0, set.JudgementsOf(behaviour.Name)));
        Assert.All(set.Behaviours, behaviour => Assert.True(behaviour.Judgements >= 0));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"RateChange\":{\"bursts\":7}}")]
    [InlineData("{\"RateChange\":{\"streams\":{\"a\":{\"b\":{\"kind\":\"System\",\"hours\":{\"Mon\":\"1\"}}}}}}")]
    [InlineData("{\"RateChange\":{\"streams\":{\"a\":{\"b\":{}}}}}")]
    [InlineData("{\"TemplateNovelty\":{\"templates\":{\"a\":\"x\"}}}")]
    [InlineData("{\"HourHabit\":{\"users\":{\"a\":{\"days\":\"x\"}}}}")]
    [InlineData("{\"FirstValue\":{\"Authentication.UserName.HostName\":{\"entities\":{\"a\":{\"first\":3}}}}}")]
    public void What_is_not_of_its_form_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Read(text));

    private static EventStream Planted()
    {
        EventStream stream = new();
        stream.AddTraffic(7, days: 14);
        for (int i = 0; i < 300; i++)
        {
            stream.AddAuth(EventStream.Hour((12 * 24) + 3 + 0.01 + (i / 10000.0)), "statement 4 of <user>", "user1");
        }

        return stream;
    }

    private static IEnumerable<string> Describe(IEnumerable<DetectorFinding> findings) =>
        findings.Select(finding => FormattableString.Invariant(
            $"{finding.Detector} {finding.Reasons[0].Code} {finding.Entity} {finding.FirstTicks} {finding.Count}"));

    private static BehaviourSet Read(string text)
    {
        BehaviourSet set = BehaviourSet.Create(new BehaviourOptions());
        set.Include(JsonDocument.Parse(text).RootElement);
        return set;
    }

    private static string TextOf(BehaviourSet set)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            set.Write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
