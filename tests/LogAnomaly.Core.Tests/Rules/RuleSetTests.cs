using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>How rules are put together.</summary>
public sealed class RuleSetTests
{
    private static LogRule Count(string id, string of, string path = "rules.yml") => new()
    {
        Id = id,
        Title = id,
        Path = path,
        Type = LogRuleType.EventCount,
        Correlation = RuleStream.Of([of], 60) with { Bounds = RuleStream.AtLeast(1), Generates = true },
    };

    private static LogRule Part(string name, string action, string path) => new()
    {
        Id = name,
        Name = name,
        Title = name,
        Path = path,
        IsPart = true,
        Condition = new FieldTest("Action", TestOperator.Equals, action),
    };

    [Fact]
    public void A_later_rule_with_the_same_id_replaces_an_earlier_one_in_its_place()
    {
        LogRule later = RuleStream.Event("a", severity: Severity.High);
        RuleSet set = RuleSet.Compile([RuleStream.Event("a"), RuleStream.Event("b"), later]);
        Assert.Equal(["a", "b"], set.Rules.Select(rule => rule.Id));
        Assert.Same(later, set.Rules[0]);
    }

    [Fact]
    public void A_name_is_sought_in_the_file_of_the_rule_and_then_in_the_set()
    {
        RuleStream stream = new(
            Part("base", "x", "1.yml"),
            Part("base", "y", "2.yml"),
            Count("ONE", "base", "1.yml"),
            Count("TWO", "base", "2.yml"),
            Count("THREE", "TWO", "3.yml"));
        stream.Add("y", 0);
        Assert.Equal(
            ["TWO", "THREE"], stream.Engine.Findings.Select(finding => finding.Rule.Id).OrderByDescending(id => id));
    }

    [Theory]
    [InlineData("R", "nowhere", "Rule R (rules.yml) refers to \"nowhere\"")]
    [InlineData("R", "R", "Rule R (rules.yml) refers to itself")]
    public void A_reference_to_nothing_or_to_itself_is_an_error(string id, string of, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => RuleSet.Compile([Count(id, of)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_circle_of_correlations_is_an_error() => Assert.Contains(
        "refers to itself",
        Assert.Throws<ArgumentException>(() =>
            RuleSet.Compile([Count("A", "B"), Count("B", "C"), Count("C", "A")])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_regular_expression_that_is_none_is_an_error_wherever_it_stands()
    {
        FieldTest sound = new("Message", TestOperator.Regex, "a|b");
        FieldTest broken = new("Message", TestOperator.Regex, "a(b");
        RuleCondition[] conditions =
            [broken, new NotOf(broken), new AllOf([sound, broken]), new AnyOf([sound, new NotOf(broken)])];
        Assert.All(
            conditions,
            condition => Assert.ThrowsAny<ArgumentException>(() => RuleSet.Compile([RuleSamples.Rule(condition)])));
        Assert.Single(RuleSet.Compile([RuleSamples.Rule(new AnyOf([sound, new NotOf(sound)]))]).Rules);
    }

    [Fact]
    public void A_set_serves_several_engines()
    {
        RuleSet set = RuleSet.Compile([RuleStream.Event("a", isPart: false)]);
        RuleEngine first = new(set);
        RuleEngine second = new(set);
        first.Add(new RuleStream(RuleStream.Event("x")).Make("a", 0));
        Assert.Single(first.Findings);
        Assert.Empty(second.Findings);
    }
}
