using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>What an engine keeps is bounded, whatever the log does.</summary>
public sealed class RuleMemoryTests
{
    private static LogRule Guessing(double seconds = 600) => RuleStream.Correlated(
        "G",
        LogRuleType.EventCount,
        RuleStream.Of(["fail"], seconds, "Source") with { Bounds = RuleStream.AtLeast(5) });

    private static string Address(int index) => $"10.{(index >> 16) & 255}.{(index >> 8) & 255}.{index & 255}";

    [Fact]
    public void Groups_go_when_their_window_has_passed_and_need_no_array_for_one_hit()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 100_000; index++)
        {
            stream.Add("fail", index, Address(index));
            Assert.Equal(0, stream.Engine.Groups.WindowCount);
        }

        // 900 s of groups can matter, and up to 1,024 events pass between two looks.
        Assert.InRange(stream.Engine.Groups.Count, 900, 3_000);
        Assert.Equal(stream.Engine.Groups.Count, stream.Engine.Groups.KeyCount);
        Assert.Equal(0, stream.Engine.DroppedGroups);
    }

    [Fact]
    public void Groups_that_live_on_do_not_keep_those_behind_them()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 200_000; index++)
        {
            stream.Add("fail", index, index % 2 == 0 ? $"2001:db8::{index % 400:x}" : Address(index));
        }

        Assert.InRange(stream.Engine.Groups.Count, 600, 4_000);
    }

    [Fact]
    public void Beyond_the_most_groups_those_hit_the_longest_ago_go()
    {
        RuleStream stream = new(
            new RuleEngineOptions { MaximumGroups = 100 }, RuleStream.Event("fail"), Guessing(86_400));
        for (int index = 0; index < 4; index++)
        {
            stream.Add("fail", index, "203.0.113.7");
        }

        for (int index = 0; index < 1_000; index++)
        {
            stream.Add("fail", 10 + index, Address(index));
            if (index % 50 == 0 && index < 900)
            {
                stream.Add("success", 10 + index, "203.0.113.7");
            }
        }

        Assert.InRange(stream.Engine.Groups.Count, 100, 101);
        Assert.InRange(stream.Engine.DroppedGroups, 900, 901);
        stream.Add("fail", 2_000, Address(999));
        stream.Add("fail", 2_000, Address(999));
        stream.Add("fail", 2_000, Address(999));
        Assert.Empty(stream.Engine.Findings);
        stream.Add("fail", 2_000, Address(999));
        Assert.Single(stream.Engine.Findings);
        stream.Add("fail", 2_001, "203.0.113.7");
        Assert.Single(stream.Engine.Findings);
    }

    [Fact]
    public void A_clock_that_jumps_back_by_years_neither_freezes_windows_nor_keeps_groups()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 3_000; index++)
        {
            stream.Add("fail", index, Address(index));
        }

        stream.Add("fail", 3_000);
        double back = -4 * 365 * 86_400.0;
        for (int index = 0; index < 5; index++)
        {
            stream.Add("fail", back + index);
        }

        RuleFinding finding = Assert.Single(stream.Engine.Findings);
        Assert.Equal((5L, RuleStream.Start.AddSeconds(back)), (finding.Count, finding.FirstSeen));
        for (int index = 0; index < 50_000; index++)
        {
            stream.Add("fail", back + 10 + index, Address(100_000 + index));
        }

        Assert.InRange(stream.Engine.Groups.Count, 900, 3_000);
        Assert.Single(stream.Closed);
    }

    [Fact]
    public void Two_files_of_different_years_are_read_side_by_side()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 20_000; index++)
        {
            stream.Add("fail", index, index % 100 == 0 ? "203.0.113.7" : Address(index), file: "new.log");
            stream.Add(
                "fail",
                (-3 * 365 * 86_400.0) + index,
                index % 140 == 0 ? "203.0.113.8" : Address(index),
                file: "old.log");
        }

        Dictionary<string, long> found = stream.Engine.Findings.ToDictionary(
            finding => finding.Entity!, finding => finding.Count);
        Assert.Equal(new Dictionary<string, long> { ["203.0.113.7"] = 200, ["203.0.113.8"] = 143 }, found);
        Assert.InRange(stream.Engine.Groups.Count, 900, 6_000);
    }

    [Fact]
    public void A_flood_of_one_group_keeps_a_bounded_number_of_hits_and_counts_all()
    {
        LogRule success = RuleStream.Correlated(
            "S", LogRuleType.TemporalOrdered, RuleStream.Of(["G", "success"], 3_600, "Source"));
        LogRule users = RuleStream.Correlated("U", LogRuleType.ValueCount, RuleStream.Of(["fail"], 3_600, "Source") with
        {
            Bounds = RuleStream.AtLeast(10), Fields = ["UserName"],
        });
        LogRule guessing = RuleStream.Correlated(
            "G", LogRuleType.EventCount, Guessing().Correlation! with { Generates = false });
        RuleStream stream = new(RuleStream.Event("fail"), RuleStream.Event("success"), guessing, success, users);
        for (int index = 0; index < 30_000; index++)
        {
            stream.Add("fail", index * 0.1, user: $"u{index % 20}");
        }

        stream.Add("success", 3_001);
        Assert.Equal(
            [("U", 30_000L), ("S", 30_001L)],
            stream.Engine.Findings.Select(finding => (finding.Rule.Id, finding.Count)));
    }
}
