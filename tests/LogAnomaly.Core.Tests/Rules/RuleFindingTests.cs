using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>What findings say, when they open, and when they end.</summary>
public sealed class RuleFindingTests
{
    private static LogRule Guessing(
        string id = "SSH-01",
        double seconds = 600,
        double bound = 5,
        Severity severity = Severity.Medium,
        string? finding = null) =>
        RuleStream.Correlated(
            id,
            LogRuleType.EventCount,
            RuleStream.Of(["fail"], seconds, "Source") with { Bounds = RuleStream.AtLeast(bound) },
            severity,
            finding);

    [Fact]
    public void A_finding_opens_at_once_and_counts_on()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 5; index++)
        {
            Assert.Empty(stream.Opened);
            stream.Add("fail", index, user: $"u{index % 2}");
        }

        RuleFinding finding = Assert.Single(stream.Opened);
        Assert.Equal(5, finding.Count);
        stream.Add("fail", 5);
        Assert.Equal(6, finding.Count);
        Assert.Same(finding, Assert.Single(stream.Engine.Findings));
        Assert.Equal(("SourceIP", "203.0.113.7"), (finding.EntityType, finding.Entity));
        Assert.Equal((RuleStream.Start, RuleStream.Start.AddSeconds(5)), (finding.FirstSeen, finding.LastSeen));
        Assert.Equal(RuleStream.Start.Offset, finding.FirstSeen!.Value.Offset);
    }

    [Fact]
    public void A_reason_has_the_numbers_of_the_log_and_of_the_rule()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 12; index++)
        {
            stream.Add("fail", index * 30, user: index % 3 == 0 ? "root" : $"u{index}");
        }

        Reason reason = Assert.Single(stream.Engine.Findings[0].Reasons);
        Assert.Equal(
            "Rule SSH-01: 12 events (SourceIP 203.0.113.7) within 5.5 minutes, up to 12 in a window; the rule asks for at least 5 within 10 minutes."
            + " Users: root (4), u1 (1), u2 (1), u4 (1), u5 (1) and 4 more.",
            reason.Sentence);
        Assert.Equal(1, reason.Contribution);
        Assert.Equal(("EventCount", "12", "at least 5"), (reason.Code, reason.Observed, reason.Typical));
    }

    [Fact]
    public void Evidence_is_the_first_ten_lines_and_the_last_ten_in_order()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 57; index++)
        {
            stream.Add("fail", index);
        }

        IReadOnlyList<Evidence> evidence = stream.Engine.Findings[0].Evidence;
        Assert.Equal(
            [.. Enumerable.Range(1, 10), .. Enumerable.Range(48, 10)], evidence.Select(line => (int)line.LineNumber));
        Assert.Equal("0 fail root 203.0.113.7", evidence[0].Raw);
        Assert.Equal("56 fail root 203.0.113.7", evidence[^1].Raw);
        Assert.All(evidence, line => Assert.Equal("a.log", line.Path));
        Assert.Equal(RuleStream.Start.AddSeconds(56), evidence[^1].Timestamp);
    }

    [Fact]
    public void A_line_whose_text_is_gone_keeps_its_place_in_the_file()
    {
        RuleStream stream = new(
            new RuleEngineOptions { EvidenceBytes = 1 }, RuleStream.Event("fail"), Guessing(seconds: 1_000_000));
        stream.Add("fail", 0);
        for (int index = 1; index < 40_000; index++)
        {
            stream.Add("fail", index, $"10.{index >> 16}.{(index >> 8) & 255}.{index & 255}");
        }

        for (int index = 0; index < 4; index++)
        {
            stream.Add("fail", 50_000);
        }

        IReadOnlyList<Evidence> evidence = Assert.Single(stream.Engine.Findings).Evidence;
        Assert.Equal(5, evidence.Count);
        Assert.Equal((1L, FindingLine.NotHeld), (evidence[0].LineNumber, evidence[0].Raw));
        Assert.StartsWith("50000 fail", evidence[1].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_ends_when_no_hit_came_for_the_window_of_its_rule()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int round = 0; round < 3; round++)
        {
            for (int index = 0; index < 5; index++)
            {
                stream.Add("fail", (round * 5_000) + index);
            }
        }

        Assert.Equal([5L, 5L, 5L], stream.Opened.Select(finding => finding.Count));
        Assert.Equal(2, stream.Closed.Count);
        stream.Engine.Complete();
        Assert.Equal(stream.Opened, stream.Closed);
    }

    [Fact]
    public void A_finding_is_told_to_be_over_while_the_log_goes_on()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 5_000; index++)
        {
            stream.Add(index < 5 ? "fail" : "other", index);
        }

        Assert.Single(stream.Closed);
    }

    [Fact]
    public void A_rule_of_one_event_makes_one_finding_for_each_entity_and_hour()
    {
        RuleStream stream = new(RuleStream.Event("wipe", isPart: false, Severity.High));
        foreach (double second in new double[] { 0, 1_000, 4_500, 8_200 })
        {
            stream.Add("wipe", second, "1.1.1.1", repeats: 2);
            stream.Add("wipe", second, null, "eve");
        }

        Assert.Equal(
            [
                ("SourceIP", "1.1.1.1", 6L), ("UserName", "eve", 3L), ("SourceIP", "1.1.1.1", 2L),
                ("UserName", "eve", 1L),
            ],
            stream.Engine.Findings.Select(finding => (finding.EntityType!, finding.Entity!, finding.Count)));
    }

    [Fact]
    public void A_graver_rule_of_the_same_finding_raises_it_and_counts_no_line_twice()
    {
        RuleStream stream = new(
            RuleStream.Event("fail"), Guessing(), Guessing("SSH-01-fast", 60, 11, Severity.High, "SSH-01"));
        for (int index = 0; index < 10; index++)
        {
            stream.Add("fail", index);
        }

        RuleFinding finding = Assert.Single(stream.Engine.Findings);
        Assert.Equal((Severity.Medium, 10L), (finding.Severity, finding.Count));
        stream.Add("fail", 10);
        stream.Add("fail", 11);
        Assert.Same(finding, Assert.Single(stream.Engine.Findings));
        Assert.Equal((Severity.High, 12L, "SSH-01"), (finding.Severity, finding.Count, finding.Rule.Id));
        Assert.Equal(2, finding.Reasons.Count);
        Assert.Equal(1, finding.Reasons.Sum(reason => reason.Contribution));
    }

    [Fact]
    public void Rules_that_others_take_together_speak_only_where_these_generate()
    {
        LogRule wipe = RuleStream.Event("wipe", isPart: false);
        LogRule silent = RuleStream.Correlated(
            "C", LogRuleType.EventCount, RuleStream.Of(["wipe"], 60) with { Bounds = RuleStream.AtLeast(2) });
        RuleStream quiet = new(wipe, silent);
        RuleStream loud = new(
            wipe, RuleStream.Correlated("C", LogRuleType.EventCount, silent.Correlation! with { Generates = true }));
        foreach (RuleStream stream in new[] { quiet, loud })
        {
            stream.Add("wipe", 0);
            stream.Add("wipe", 1);
        }

        Assert.Equal(["C"], quiet.Engine.Findings.Select(finding => finding.Rule.Id));
        Assert.Equal(["wipe", "C"], loud.Engine.Findings.Select(finding => finding.Rule.Id));
    }

    [Fact]
    public void A_hit_of_a_learned_rule_joins_the_same_table()
    {
        LogRule learned = new()
        {
            Id = "SSH-09",
            Title = "Unusual hour",
            Type = LogRuleType.Learned,
            Detector = "X",
            Severity = Severity.Low,
        };
        RuleStream stream = new(learned);
        Reason reason = new("Hour", "Hour", "3", "9", 1, "The user logs in at nine.");
        AuthEvent made = stream.Make("login", 0);
        stream.Engine.Add(made);
        stream.Engine.Take(new RuleHit(learned, made)
        {
            EntityType = "UserName",
            Entity = "eve",
            Severity = Severity.High,
            Reason = reason,
        });
        made = stream.Make("login", 60);
        stream.Engine.Add(made);
        stream.Engine.Take(new RuleHit(learned, made) { EntityType = "UserName", Entity = "eve" });
        RuleFinding finding = Assert.Single(stream.Engine.Findings);
        Assert.Equal((2L, Severity.High, "eve"), (finding.Count, finding.Severity, finding.Entity));
        Assert.Equal("The user logs in at nine.", Assert.Single(finding.Reasons).Sentence);
    }

    [Fact]
    public void No_more_findings_are_kept_than_may_be_and_the_others_are_counted()
    {
        RuleStream stream = new(new RuleEngineOptions { MaximumFindings = 3 }, RuleStream.Event("wipe", isPart: false));
        for (int index = 0; index < 20; index++)
        {
            stream.Add("wipe", index, $"10.0.0.{index % 10}");
        }

        Assert.Equal(3, stream.Engine.Findings.Count);
        Assert.Equal([2L, 2L, 2L], stream.Engine.Findings.Select(finding => finding.Count));
        Assert.Equal(7, stream.Engine.DroppedFindings);
    }
}
