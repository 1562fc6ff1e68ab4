using LogAnomaly.Numerics;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>Holds counts to an oracle that looks at all hits of all windows.</summary>
public sealed class CorrelationOracleTests
{
    private const double Span = 300;

    private sealed record Seen(int Source, int User, string Action, double Second);

    public static TheoryData<int, int> Streams()
    {
        TheoryData<int, int> streams = [];
        for (int seed = 1; seed <= 12; seed++)
        {
            streams.Add(seed, 0);
            streams.Add(seed, 240);
        }

        return streams;
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_of_counts_are_those_of_all_windows_that_reach_the_bound(int seed, int lateness) => Check(
        seed,
        lateness,
        LogRuleType.EventCount,
        RuleStream.Of(["fail"], Span, "Source") with { Bounds = RuleStream.AtLeast(6) },
        window => window.Count >= 6,
        _ => true);

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_of_distinct_counts_are_those_of_all_windows_that_reach_the_bound(int seed, int lateness) =>
        Check(
            seed,
            lateness,
            LogRuleType.ValueCount,
            RuleStream.Of(["fail"], Span, "Source") with { Bounds = RuleStream.AtLeast(5), Fields = ["UserName"] },
            window => window.Select(seen => seen.User).Distinct().Count() >= 5,
            _ => true);

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_of_sprays_are_those_of_all_windows_with_few_tries_each(int seed, int lateness) => Check(
        seed,
        lateness,
        LogRuleType.ValueCount,
        RuleStream.Of(["fail"], Span, "Source") with
        {
            Bounds = RuleStream.AtLeast(4), Fields = ["UserName"], PerValue = [new(BoundComparison.LessOrEqual, 1.5)],
        },
        window => Distinct(window) >= 4 && (double)window.Count / Distinct(window) <= 1.5,
        _ => true,
        isMonotone: false);

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_together_are_those_of_all_windows_that_hold_both(int seed, int lateness) => Check(
        seed,
        lateness,
        LogRuleType.Temporal,
        RuleStream.Of(["fail", "success"], 60, "Source"),
        window => window.Select(seen => seen.Action).Distinct().Count() == 2,
        _ => true,
        span: 60,
        actions: ["fail", "success"]);

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_in_order_are_those_of_all_windows_that_end_with_the_last(int seed, int lateness) => Check(
        seed,
        lateness,
        LogRuleType.TemporalOrdered,
        RuleStream.Of(["fail", "success"], 60, "Source"),
        window => window[^1].Action == "success" && window.Any(seen => seen.Action == "fail"),
        _ => true,
        span: 60,
        actions: ["fail", "success"]);

    private static int Distinct(List<Seen> window) => window.Select(seen => seen.User).Distinct().Count();

    private static void Check(
        int seed,
        int lateness,
        LogRuleType type,
        RuleCorrelation correlation,
        Func<List<Seen>, bool> isSatisfied,
        Func<Seen, bool> isHit,
        double span = Span,
        string[]? actions = null,
        bool isMonotone = true)
    {
        SeededRandom random = new((ulong)seed);
        List<Seen> sorted = Make(random, actions ?? ["fail"]);
        List<Seen> arriving =
            [.. sorted.Select(seen => (Seen: seen, Key: seen.Second + (random.NextDouble() * lateness)))
                .OrderBy(pair => pair.Key).Select(pair => pair.Seen)];
        RuleStream stream = new(
            RuleStream.Event("fail"), RuleStream.Event("success"), RuleStream.Correlated("R", type, correlation));
        foreach (Seen seen in arriving)
        {
            stream.Add(seen.Action, seen.Second, $"10.0.0.{seen.Source}", $"u{seen.User}");
        }

        stream.Engine.Complete();
        Dictionary<string, int> expected = [];
        foreach (IGrouping<int, Seen> group in sorted.Where(isHit).GroupBy(seen => seen.Source))
        {
            int count = InSatisfiedWindows([.. group], span, isSatisfied);
            if (count > 0)
            {
                expected.Add($"10.0.0.{group.Key}", count);
            }
        }

        Dictionary<string, int> found = stream.Engine.Findings.GroupBy(finding => finding.Entity!)
            .ToDictionary(group => group.Key, group => (int)group.Sum(finding => finding.Count));
        Assert.NotEmpty(expected);
        if (lateness == 0 || isMonotone)
        {
            Assert.Equal(
                expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
                found.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
        else
        {
            // A window that was satisfied before a late hit came stays reported.
            Assert.All(expected, pair => Assert.True(found.GetValueOrDefault(pair.Key) >= pair.Value));
        }
    }

    private static List<Seen> Make(SeededRandom random, string[] actions)
    {
        List<Seen> made = [];
        double now = 0;
        for (int index = 0; index < 2_500; index++)
        {
            // Bursts and silence, and now and then two at the same time.
            now += random.NextInt(10) < 3 ? 0.001 : random.NextExponential(random.NextInt(100) == 0 ? 400 : 5);
            int source = random.NextInt(random.NextInt(4) == 0 ? 3 : 24);
            string action = actions[random.NextInt(5) == 0 ? actions.Length - 1 : 0];
            made.Add(new Seen(source, random.NextInt(9), action, Math.Round(now, 4)));
        }

        return made;
    }

    private static int InSatisfiedWindows(List<Seen> hits, double span, Func<List<Seen>, bool> isSatisfied)
    {
        HashSet<Seen> members = new(ReferenceEqualityComparer.Instance);
        for (int end = 0; end < hits.Count; end++)
        {
            long first = Ticks(hits[end].Second) - Ticks(span);
            List<Seen> window = [.. hits[..(end + 1)].Where(seen => Ticks(seen.Second) >= first)];
            if (isSatisfied(window))
            {
                members.UnionWith(window);
            }
        }

        return members.Count;
    }

    private static long Ticks(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);
}
