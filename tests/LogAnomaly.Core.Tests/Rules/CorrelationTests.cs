using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>What each type of correlation takes for satisfied.</summary>
public sealed class CorrelationTests
{
    private static LogRule Guessing(double seconds = 600, double bound = 5) => RuleStream.Correlated(
        "G",
        LogRuleType.EventCount,
        RuleStream.Of(["fail"], seconds, "Source") with { Bounds = RuleStream.AtLeast(bound) });

    [Fact]
    public void A_window_holds_the_hit_of_exactly_its_length_ago()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing(480));
        for (int index = 0; index < 5; index++)
        {
            Assert.Empty(stream.Engine.Findings);
            stream.Add("fail", index * 120);
        }

        Assert.Equal(5, Assert.Single(stream.Engine.Findings).Count);
    }

    [Fact]
    public void A_window_does_not_hold_what_is_older()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing(480));
        for (int index = 0; index < 50; index++)
        {
            stream.Add("fail", index * 120.001);
        }

        Assert.Empty(stream.Engine.Findings);
    }

    [Fact]
    public void A_window_slides_and_does_not_begin_anew()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing(60));
        foreach (double second in new double[] { 0, 50, 55, 58, 65, 70 })
        {
            stream.Add("fail", second);
        }

        Assert.Equal(5, Assert.Single(stream.Engine.Findings).Count);
        Assert.Equal(RuleStream.Start.AddSeconds(50), stream.Engine.Findings[0].FirstSeen);
    }

    [Fact]
    public void A_repeated_line_counts_as_often_as_it_came()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        stream.Add("fail", 0, repeats: 3);
        Assert.Empty(stream.Engine.Findings);
        stream.Add("fail", 1, repeats: 2);
        Assert.Equal(5, Assert.Single(stream.Engine.Findings).Count);
        stream.Add("fail", 2, "203.0.113.8", repeats: 7);
        Assert.Equal(7, stream.Engine.Findings[1].Count);
    }

    [Fact]
    public void Groups_do_not_mix()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 8; index++)
        {
            stream.Add("fail", index, index % 2 == 0 ? "203.0.113.7" : "203.0.113.8");
        }

        Assert.Empty(stream.Engine.Findings);
    }

    [Fact]
    public void An_event_without_a_time_has_that_of_the_event_before_it()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        stream.Add("fail", 0);
        stream.Add("other", 1_000);
        for (int index = 0; index < 4; index++)
        {
            stream.Add("fail", null);
        }

        Assert.Empty(stream.Engine.Findings);
        stream.Add("fail", 1_001);
        Assert.Equal(5, Assert.Single(stream.Engine.Findings).Count);
    }

    [Fact]
    public void A_log_without_times_is_one_window()
    {
        RuleStream stream = new(RuleStream.Event("fail"), Guessing());
        for (int index = 0; index < 5; index++)
        {
            stream.Add("fail", null);
        }

        RuleFinding finding = Assert.Single(stream.Engine.Findings);
        Assert.Equal(5, finding.Count);
        Assert.Null(finding.FirstSeen);
    }

    [Fact]
    public void An_event_that_satisfies_two_rules_of_a_count_counts_once()
    {
        LogRule both = RuleStream.Correlated(
            "G",
            LogRuleType.EventCount,
            RuleStream.Of(["fail", "root"], 600, "Source") with { Bounds = RuleStream.AtLeast(3) });
        LogRule root = new()
        {
            Id = "root", Title = "Root", Path = "rules.yml", IsPart = true,
            Condition = new FieldTest("UserName", TestOperator.Equals, "root"),
        };
        RuleStream stream = new(RuleStream.Event("fail"), root, both);
        stream.Add("fail", 0);
        stream.Add("fail", 0);
        Assert.Empty(stream.Engine.Findings);
        stream.Add("fail", 0);
        Assert.Equal(3, Assert.Single(stream.Engine.Findings).Count);
    }

    [Fact]
    public void Distinct_values_are_counted_and_tuples_of_several_fields()
    {
        RuleCorrelation users = RuleStream.Of(
            ["fail"], 600, "Source") with { Bounds = RuleStream.AtLeast(3), Fields = ["UserName"] };
        RuleCorrelation pairs = RuleStream.Of(["fail"], 600) with
        {
            Bounds = RuleStream.AtLeast(4),
            Fields = ["UserName", "SourceIP"],
        };
        RuleStream stream = new(
            RuleStream.Event("fail"),
            RuleStream.Correlated("U", LogRuleType.ValueCount, users),
            RuleStream.Correlated("P", LogRuleType.ValueCount, pairs));
        foreach ((string source, string user) in new[]
        {
            ("1.1.1.1", "a"), ("1.1.1.1", "b"), ("1.1.1.1", "a"), ("2.2.2.2", "a"),
        })
        {
            stream.Add("fail", 1, source, user);
        }

        Assert.Empty(stream.Engine.Findings);
        stream.Add("fail", 2, "1.1.1.1", "c");
        Assert.Equal(["U", "P"], stream.Engine.Findings.Select(finding => finding.Rule.Id));
        Assert.Equal([4L, 5L], stream.Engine.Findings.Select(finding => finding.Count));
    }

    [Fact]
    public void Few_tries_on_many_accounts_differ_from_many_tries_on_few()
    {
        RuleCorrelation spray = RuleStream.Of(["fail"], 600, "Source") with
        {
            Bounds = RuleStream.AtLeast(6), Fields = ["UserName"], PerValue = [new(BoundComparison.LessOrEqual, 3)],
        };
        RuleStream stream = new(RuleStream.Event("fail"), RuleStream.Correlated("S", LogRuleType.ValueCount, spray));
        for (int index = 0; index < 60; index++)
        {
            stream.Add("fail", index, "1.1.1.1", $"u{index % 6}");
            stream.Add("fail", index, "2.2.2.2", index < 30 ? "root" : $"u{index % 6}");
        }

        Assert.Equal("1.1.1.1", Assert.Single(stream.Engine.Findings).Entity);
        Assert.Equal(18, stream.Engine.Findings[0].Count);
    }

    [Theory]
    [InlineData(LogRuleType.ValueSum, 60, 3)]
    [InlineData(LogRuleType.ValueAverage, 21, 4)]
    [InlineData(LogRuleType.ValuePercentile, 25, 4)]
    public void Numbers_are_added_averaged_and_ranked(LogRuleType type, double bound, int fires)
    {
        RuleCorrelation numbers = RuleStream.Of(["fail"], 600) with
        {
            Bounds = RuleStream.AtLeast(bound), Fields = ["SourcePort"], Percentile = 50,
        };
        RuleStream stream = new(RuleStream.Event("fail"), RuleStream.Correlated("N", type, numbers));
        int[] ports = [10, 20, 30, 40];
        for (int index = 0; index < ports.Length; index++)
        {
            AuthEvent made = stream.Make("fail", index);
            made.SourcePort = ports[index];
            stream.Engine.Add(made);
            Assert.Equal(index + 1 >= fires ? 1 : 0, stream.Engine.Findings.Count);
        }
    }

    [Fact]
    public void Hits_that_come_too_close_after_one_another_are_not_slow()
    {
        LogRule slow = RuleStream.Correlated("L", LogRuleType.EventCount, RuleStream.Of(["fail"], 86_400, "Source") with
        {
            Bounds = RuleStream.AtLeast(4), LeastMedianGap = TimeSpan.FromMinutes(10),
        });
        RuleStream stream = new(RuleStream.Event("fail"), slow);
        for (int index = 0; index < 40; index++)
        {
            stream.Add("fail", index * 60, "1.1.1.1");
        }

        for (int index = 0; index < 4; index++)
        {
            stream.Add("fail", 2_400 + (index * 1_800), "2.2.2.2");
        }

        Assert.Equal("2.2.2.2", Assert.Single(stream.Engine.Findings).Entity);
    }

    [Fact]
    public void A_hit_that_must_not_have_been_empties_the_window_and_holds_back_for_its_length()
    {
        LogRule rule = RuleStream.Correlated("L", LogRuleType.EventCount, RuleStream.Of(["fail"], 600, "Source") with
        {
            Bounds = RuleStream.AtLeast(3), Unless = ["success"],
        });
        RuleStream stream = new(RuleStream.Event("fail"), RuleStream.Event("success"), rule);
        foreach ((string action, double second) in new[]
        {
            ("fail", 0.0), ("fail", 1), ("success", 2), ("fail", 3), ("fail", 4), ("fail", 602),
        })
        {
            stream.Add(action, second);
            stream.Add(action == "success" ? "other" : action, second, "2.2.2.2");
        }

        Assert.Equal("2.2.2.2", Assert.Single(stream.Engine.Findings).Entity);
        stream.Add("fail", 603);
        Assert.Equal(4, stream.Engine.Findings[1].Count);
    }

    [Fact]
    public void Rules_together_in_any_order_and_by_a_condition()
    {
        LogRule all = RuleStream.Correlated("ALL", LogRuleType.Temporal, RuleStream.Of(["a", "b", "c"], 60, "Source"));
        LogRule some = RuleStream.Correlated("SOME", LogRuleType.Temporal, RuleStream.Of(
            ["a", "b", "c"], 60, "Source") with
        {
            Condition = new AllOf(
                [new RuleReference("a"), new AnyOf([new RuleReference("b"), new RuleReference("c")])]),
        });
        LogRule without = RuleStream.Correlated(
            "NOT", LogRuleType.Temporal, RuleStream.Of(["a", "b"], 60, "Source") with
            {
                Condition = new AllOf([new RuleReference("b"), new NotOf(new RuleReference("a"))]),
            });
        RuleStream stream = new(
            RuleStream.Event("a"), RuleStream.Event("b"), RuleStream.Event("c"), all, some, without);
        stream.Add("c", 0);
        Assert.Empty(stream.Engine.Findings);
        stream.Add("a", 10);
        Assert.Equal(["SOME"], stream.Engine.Findings.Select(finding => finding.Rule.Id));
        stream.Add("b", 20);
        Assert.Equal(["SOME", "ALL"], stream.Engine.Findings.Select(finding => finding.Rule.Id));
        Assert.Equal([3L, 3L], stream.Engine.Findings.Select(finding => finding.Count));
        stream.Add("b", 120);
        Assert.Equal(["SOME", "ALL", "NOT"], stream.Engine.Findings.Select(finding => finding.Rule.Id));
    }

    [Fact]
    public void Rules_in_order_fire_at_the_last_of_them()
    {
        LogRule rule = RuleStream.Correlated(
            "O", LogRuleType.TemporalOrdered, RuleStream.Of(["a", "b", "c"], 60, "Source"));
        RuleStream stream = new(RuleStream.Event("a"), RuleStream.Event("b"), RuleStream.Event("c"), rule);
        foreach (string action in new[] { "b", "c", "a", "c", "b", "a" })
        {
            stream.Add(action, 1);
            Assert.Empty(stream.Engine.Findings);
        }

        stream.Add("c", 61);
        Assert.Equal(7, Assert.Single(stream.Engine.Findings).Count);
        stream.Add("c", 62);
        Assert.Equal(7, stream.Engine.Findings[0].Count);
    }

    [Fact]
    public void A_success_after_guessing_counts_each_line_once()
    {
        LogRule guessing = Guessing();
        LogRule success = RuleStream.Correlated(
            "S", LogRuleType.TemporalOrdered, RuleStream.Of(["G", "success"], 3_600, "Source"), Severity.Critical);
        RuleStream stream = new(RuleStream.Event("fail"), RuleStream.Event("success"), guessing, success);
        for (int index = 0; index < 7; index++)
        {
            stream.Add("fail", index * 100, user: $"u{index}");
        }

        stream.Add("success", 2_000, user: "u1");
        RuleFinding finding = Assert.Single(stream.Engine.Findings);
        Assert.Equal(8, finding.Count);
        Assert.Equal(8, finding.Evidence.Count);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal("u1", finding.UserName);
    }

    [Fact]
    public void Correlations_stack_to_any_depth_and_change_their_group()
    {
        LogRule success = RuleStream.Correlated(
            "S", LogRuleType.TemporalOrdered, RuleStream.Of(["G", "success"], 3_600, "Source"));
        LogRule account = RuleStream.Correlated(
            "A", LogRuleType.TemporalOrdered, RuleStream.Of(["S", "useradd"], 3_600, "UserName"));
        RuleStream stream = new(
            RuleStream.Event("fail"),
            RuleStream.Event("success"),
            RuleStream.Event("useradd"),
            account,
            success,
            Guessing());
        for (int index = 0; index < 5; index++)
        {
            stream.Add("fail", index);
        }

        stream.Add("success", 10, user: "eve");
        stream.Add("useradd", 20, source: null, user: "eve");
        RuleFinding finding = Assert.Single(stream.Engine.Findings);
        Assert.Equal(("A", 7L, "eve"), (finding.Rule.Id, finding.Count, finding.Entity));
    }

    [Fact]
    public void An_alias_stands_for_another_field_in_each_rule()
    {
        LogRule rule = RuleStream.Correlated("T", LogRuleType.Temporal, RuleStream.Of(["a", "b"], 60, "who") with
        {
            Aliases = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["who"] = new Dictionary<string, string> { ["a"] = "UserName", ["b"] = "TargetUser" },
            },
        });
        RuleStream stream = new(RuleStream.Event("a"), RuleStream.Event("b"), rule);
        stream.Add("a", 0, user: "eve");
        AuthEvent other = stream.Make("b", 1, user: "root");
        other.TargetUser = "eve";
        stream.Engine.Add(other);
        Assert.Equal("eve", Assert.Single(stream.Engine.Findings).Entity);
    }
}
