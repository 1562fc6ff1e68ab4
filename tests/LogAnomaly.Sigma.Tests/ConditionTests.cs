using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>The grammar of conditions.</summary>
public sealed class ConditionTests
{
    private const string Selections =
        "a: { f: a }\nb: { f: b }\nc-1: { f: c }\nsel_x: { f: x }\nsel_y: { f: y }\n_hid: { f: h }\n";

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a and b", "(a & b)")]
    [InlineData("a or b and c-1", "(a | (b & c))")]
    [InlineData("(a or b) and c-1", "((a | b) & c)")]
    [InlineData("not a and b", "(!a & b)")]
    [InlineData("not (a and b)", "!(a & b)")]
    [InlineData("not not a", "a")]
    [InlineData("a AND NOT b", "(a & !b)")]
    [InlineData("1 of sel_*", "(x | y)")]
    [InlineData("any of sel_*", "(x | y)")]
    [InlineData("all of sel_*", "(x & y)")]
    [InlineData("1 of them", "(a | b | c | x | y)")]
    [InlineData("all of them", "(a & b & c & x & y)")]
    [InlineData("1 of *_x", "x")]
    [InlineData("1 of _*", "h")]
    [InlineData("1 of a", "a")]
    [InlineData("2 of sel_*", "(x & y)")]
    [InlineData("_hid and a", "(h & a)")]
    [InlineData("a and not 1 of sel_*", "(a & !(x | y))")]
    [InlineData("((((a))))", "a")]
    [InlineData("(a)and(b)", "(a & b)")]
    [InlineData("[a, b and c-1]", "(a | (b & c))")]
    public void Conditions_bind_as_the_grammar_says(string condition, string expected)
    {
        SigmaRules rules = Rule.Detection($"{Selections}condition: {condition}");
        Assert.Empty(rules.Faults);
        string text = Rule.Text(Assert.Single(rules.Rules).Condition!);
        Assert.Equal(
            expected,
            text.Replace("f Equals '", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_of_selections_is_each_choice_of_them()
    {
        SigmaRules rules = Rule.Detection("a: { f: a }\nb: { f: b }\nc: { f: c }\ncondition: 2 of them");
        AnyOf any = Assert.IsType<AnyOf>(Assert.Single(rules.Rules).Condition);
        Assert.Equal(3, any.Parts.Count);
        Assert.All(any.Parts, part => Assert.Equal(2, Assert.IsType<AllOf>(part).Parts.Count));
    }

    [Theory]
    [InlineData("d", "'d', which is no selection; there are a, b, c-1, sel_x, sel_y, _hid")]
    [InlineData("sel_*", "write '1 of sel_*'")]
    [InlineData("1 of d*", "fits no selection")]
    [InlineData("a and", "ends where a name")]
    [InlineData("a b", "'b' stands where")]
    [InlineData("and a", "'and' stands where a name")]
    [InlineData("(a", "not closed")]
    [InlineData("a)", "')' stands where")]
    [InlineData("()", "')' stands where a name")]
    [InlineData("some of them", "'some of'")]
    [InlineData("0 of them", "'0 of'")]
    [InlineData("9 of them", "9 of 5")]
    [InlineData("1 of", "'1 of' takes")]
    [InlineData("a | near b", "old Sigma")]
    [InlineData("a | count() by x > 5", "timeframe")]
    [InlineData("''", "ends where a name")]
    public void A_condition_with_a_fault_says_what_is_wrong(string condition, string cause)
    {
        RuleFault fault = Assert.Single(Rule.Detection($"{Selections}condition: {condition}").Faults);
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
        Assert.Equal(11, fault.LineNumber);
    }

    [Fact]
    public void Parentheses_without_end_are_a_fault_and_no_overflow()
    {
        string deep = new string('(', 9_000) + "a" + new string(')', 9_000);
        Assert.Contains(
            "nested", Assert.Single(Rule.Detection($"a: { "{ f: a }" }\ncondition: {deep}").Faults).Message);
        string negated = string.Concat(Enumerable.Repeat("not ", 4_000)) + "a";
        Assert.Equal(
            "f Equals 'a'",
            Rule.Text(Assert.Single(Rule.Detection($"a: { "{ f: a }" }\ncondition: {negated}").Rules).Condition!));
    }

    [Fact]
    public void A_detection_without_a_condition_is_a_fault() =>
        Assert.Contains("no condition", Assert.Single(Rule.Detection("a: { f: a }").Faults).Message);

    [Theory]
    [InlineData("count() by src_ip > 10", LogRuleType.EventCount, "", "src_ip", BoundComparison.Greater, 10)]
    [InlineData("count() >= 6", LogRuleType.EventCount, "", "", BoundComparison.GreaterOrEqual, 6)]
    [InlineData("count(user) by ip, host < 3", LogRuleType.ValueCount, "user", "ip,host", BoundComparison.Less, 3)]
    [InlineData("sum(size) by ip > 300000", LogRuleType.ValueSum, "size", "ip", BoundComparison.Greater, 300_000)]
    public void Aggregations_of_old_Sigma_become_correlations(
        string aggregation, LogRuleType type, string field, string groupBy, object comparison, double value)
    {
        SigmaRules rules = Rule.Detection($"a: { "{ f: a }" }\ntimeframe: 5m\ncondition: a | {aggregation}");
        Assert.Empty(rules.Faults);
        Assert.Equal(2, rules.Rules.Count);
        Assert.True(rules.Rules[0].IsPart);
        LogRule rule = rules.Rules[1];
        Assert.Equal(("i", type), (rule.Id, rule.Type));
        Assert.Equal(field, string.Join(',', rule.Correlation!.Fields));
        Assert.Equal(groupBy, string.Join(',', rule.GroupBy));
        Assert.Equal(TimeSpan.FromMinutes(5), rule.Timespan);
        Assert.Equal(new CorrelationBound((BoundComparison)comparison, value), Assert.Single(rule.Correlation.Bounds));
        Assert.Equal([rules.Rules[0].Id], rule.Correlation.Rules);
    }
}
