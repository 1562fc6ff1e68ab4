using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>Correlations, what ours adds to them, and how rules find those that they name.</summary>
public sealed class CorrelationTests
{
    private const string Parts =
        """
        title: A
        name: a
        detection: { s: { f: 1 }, condition: s }
        loganomaly: { part: true }
        ---
        title: B
        id: 00000000-0000-0000-0000-00000000000b
        name: b
        detection: { s: { f: 2 }, condition: s }
        ---

        """;

    private const string A = "test.yml#a";
    private const string B = "00000000-0000-0000-0000-00000000000b";

    [Fact]
    public void A_count_of_events_has_its_group_its_span_and_its_bound()
    {
        LogRule rule = Read(
            "type: event_count\n  rules: [a]\n  group-by: [Source, HostName]\n  timespan: 10m\n  condition: { gte: 5 }");
        Assert.Equal(LogRuleType.EventCount, rule.Type);
        Assert.Equal([A], rule.Correlation!.Rules);
        Assert.Equal(["Source", "HostName"], rule.GroupBy);
        Assert.Equal(TimeSpan.FromMinutes(10), rule.Timespan);
        Assert.Equal([new CorrelationBound(BoundComparison.GreaterOrEqual, 5)], rule.Correlation.Bounds);
        Assert.Equal("5", rule.Parameters["threshold"]);
        Assert.Equal("10m", rule.Parameters["timespan"]);
        Assert.Null(rule.Condition);
    }

    [Theory]
    [InlineData("value_count", LogRuleType.ValueCount)]
    [InlineData("value_sum", LogRuleType.ValueSum)]
    [InlineData("value_avg", LogRuleType.ValueAverage)]
    [InlineData("value_percentile", LogRuleType.ValuePercentile)]
    public void A_judgement_of_values_names_their_fields(string name, LogRuleType type)
    {
        LogRule rule = Read(
            $"type: {name}\n  rules: b\n  timespan: 1h\n  condition: {{ field: [u, v], gt: 1, lte: 9.5, percentile: 95 }}");
        Assert.Equal(type, rule.Type);
        Assert.Equal([B], rule.Correlation!.Rules);
        Assert.Equal(["u", "v"], rule.Correlation.Fields);
        Assert.Equal(95, rule.Correlation.Percentile);
        Assert.Equal(2, rule.Correlation.Bounds.Count);
        Assert.Equal("> 1 and <= 9.5", rule.Parameters["threshold"]);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("condition: a and not b", $"(@{A} & !@{B})")]
    [InlineData("condition: 1 of them", $"(@{A} | @{B})")]
    [InlineData("condition: { gte: 1 }", $"(@{A} | @{B})")]
    [InlineData("condition: { gt: 1 }", null)]
    public void A_temporal_correlation_asks_for_all_rules_or_for_what_its_condition_says(
        string condition, string? expected)
    {
        LogRule rule = Read($"type: temporal\n  rules: [a, b]\n  timespan: 30s\n  {condition}");
        Assert.Equal([A, B], rule.Correlation!.Rules);
        Assert.Equal(expected, rule.Correlation.Condition is { } read ? Rule.Text(read) : null);
        Assert.Empty(rule.Correlation.Bounds);
    }

    [Fact]
    public void An_extended_condition_names_its_rules_itself() =>
        Assert.Equal(
            [A, B], Read("type: temporal\n  timespan: 1d\n  condition: a and (b or not a)").Correlation!.Rules);

    [Fact]
    public void The_order_of_rules_is_kept()
    {
        LogRule rule = Read("type: temporal_ordered\n  rules: [b, a]\n  timespan: 1d");
        Assert.Equal(LogRuleType.TemporalOrdered, rule.Type);
        Assert.Equal([B, A], rule.Correlation!.Rules);
    }

    [Fact]
    public void Aliases_stand_for_a_field_of_each_rule()
    {
        LogRule rule = Read(
            "type: temporal\n  rules: [a, b]\n  timespan: 10s\n  generate: true\n  group-by: [ip]\n  aliases:\n    ip: { a: source.ip, b: destination.ip }");
        Assert.True(rule.Correlation!.Generates);
        IReadOnlyDictionary<string, string> fields = rule.Correlation.Aliases["ip"];
        Assert.Equal("source.ip", fields[A]);
        Assert.Equal("destination.ip", fields[B]);
    }

    [Fact]
    public void A_rule_may_stand_within_the_correlation()
    {
        SigmaRules rules = SigmaReader.ReadText(
            """
            title: T
            id: t
            correlation:
              type: event_count
              rules:
                - detection: { s: { f: 1 }, condition: s }
              timespan: 1m
              condition: { gte: 2 }
            """,
            "test.yml");
        Assert.Empty(rules.Faults);
        Assert.Equal(["t#1", "t"], rules.Rules.Select(rule => rule.Id));
        Assert.True(rules.Rules[0].IsPart);
        Assert.Equal(["t#1"], rules.Rules[1].Correlation!.Rules);
    }

    [Fact]
    public void Our_block_is_worked_in()
    {
        LogRule rule = Read(
            "type: value_count\n  rules: [b]\n  timespan: 1h\n  condition: { field: u, gte: 6 }\nloganomaly:\n  entity: [Source]\n"
            + "  per-value: { lte: 3 }\n  median-gap: 10m\n  unless: [a]\n  finding: b\n  parameters: { days: 14, names: [x, y] }");
        Assert.Equal(["Source"], rule.EntityFields);
        Assert.Equal([new CorrelationBound(BoundComparison.LessOrEqual, 3)], rule.Correlation!.PerValue);
        Assert.Equal(TimeSpan.FromMinutes(10), rule.Correlation.LeastMedianGap);
        Assert.Equal([A], rule.Correlation.Unless);
        Assert.Equal(B, rule.FindingId);
        Assert.Equal(("14", "x, y", "10m", "<= 3"),
            (rule.Parameters["days"], rule.Parameters["names"], rule.Parameters["median-gap"],
                rule.Parameters["per-value"]));
    }

    [Fact]
    public void A_learned_rule_needs_its_detector_alone()
    {
        LogRule rule = Rule.One(
            "title: t\nid: SSH-08\nloganomaly: { detector: FirstLoginFromNetwork, parameters: { days: 14 } }");
        Assert.Equal((LogRuleType.Learned, "FirstLoginFromNetwork"), (rule.Type, rule.Detector));
        Assert.Equal("14", rule.Parameters["days"]);
    }

    [Theory]
    [InlineData("type: counting\n  rules: [a]\n  timespan: 1m", "'counting'")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m", "no condition")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { least: 5 }", "'least'")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { gte: some }", "takes a number")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: a", "takes a map")]
    [InlineData("type: value_count\n  rules: [a]\n  timespan: 1m\n  condition: { gte: 5 }", "no field")]
    [InlineData(
        "type: value_percentile\n  rules: [a]\n  timespan: 1m\n  condition: { field: f, gte: 5, percentile: 101 }",
        "0 to 100")]
    [InlineData("type: event_count\n  rules: [a]\n  condition: { gte: 5 }", "no timespan")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: soon\n  condition: { gte: 5 }", "'soon'")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 0m\n  condition: { gte: 5 }", "'0m'")]
    [InlineData("type: event_count\n  rules: []\n  timespan: 1m\n  condition: { gte: 5 }", "names no rules")]
    [InlineData("type: event_count\n  rules: [z]\n  timespan: 1m\n  condition: { gte: 5 }", "'z', which is neither")]
    [InlineData("type: event_count\n  rules: [t]\n  timespan: 1m\n  condition: { gte: 5 }", "in the end stands on it")]
    [InlineData("type: temporal\n  rules: [a, b]\n  timespan: 1m\n  condition: { lt: 2 }", "least numbers")]
    [InlineData("type: temporal\n  rules: [a, b]\n  timespan: 1m\n  condition: a and c",
        "'c', which is no rule of the correlation")]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 1m\n  aliases: { x: { q: f } }", "'q'")]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 1m\nloganomaly: { parts: true }", "'parts'")]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 1m\nloganomaly: { finding: q }", "'q'")]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 1m\nloganomaly: { part: maybe }", "true or false")]
    public void A_correlation_with_a_fault_says_what_is_wrong_and_the_other_rules_stay(string correlation, string cause)
    {
        SigmaRules rules = SigmaReader.ReadText($"{Parts}title: T\nid: t\ncorrelation:\n  {correlation}", "test.yml");
        Assert.Equal([A, B], rules.Rules.Select(rule => rule.Id));
        RuleFault fault = Assert.Single(rules.Faults);
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.LineNumber, 11, 18);
    }

    [Fact]
    public void What_stands_on_a_rule_with_a_fault_has_one_itself()
    {
        SigmaRules rules = SigmaReader.ReadText(
            "title: a\nid: a\ndetection: { s: { f|no: 1 }, condition: s }\n"
            + Over("b", "a") + Over("c", "b") + Over("d", "e") + Over("e", "d")
            + "---\ntitle: f\nid: f\ndetection: { s: { f: 1 }, condition: s }\n",
            "f.yml");
        Assert.Equal(["f"], rules.Rules.Select(rule => rule.Id));
        Assert.Equal(["a", "b", "c", "d", "e"], rules.Faults.Select(fault => fault.RuleId));
    }

    [Fact]
    public void A_chain_without_end_is_a_fault_and_no_overflow()
    {
        string chain = string.Concat(Enumerable.Range(0, 5_000).Select(n => Over($"r{n}", $"r{n + 1}")));
        SigmaRules rules = SigmaReader.ReadText(chain, "f.yml");
        Assert.Empty(rules.Rules);
        Assert.Equal(5_000, rules.Faults.Count);
    }

    [Fact]
    public void Rules_that_are_known_beforehand_can_be_named()
    {
        LogRule known = Rule.One("title: k\nid: k-1\nname: known\ndetection: { s: { f: 1 }, condition: s }");
        SigmaRules rules = SigmaReader.ReadText(Over("b", "known"), "f.yml", new SigmaOptions { KnownRules = [known] });
        Assert.Empty(rules.Faults);
        Assert.Equal(["k-1"], Assert.Single(rules.Rules).Correlation!.Rules);
    }

    [Fact]
    public void A_second_rule_of_an_id_or_of_a_name_in_its_file_is_a_fault()
    {
        const string Rest = "detection: { s: { f: 1 }, condition: s }\n";
        SigmaRules rules = SigmaReader.ReadText(
            $"title: a\nid: a\nname: n\n{Rest}---\ntitle: b\nid: A\n{Rest}---\ntitle: c\nid: c\nname: n\n{Rest}",
            "f.yml");
        Assert.Equal("a", Assert.Single(rules.Rules).Title);
        Assert.Equal([
            "f.yml:6: The id 'A' is that of f.yml:1 already.",
            "f.yml:10: The name 'n' is that of the rule in line 1 already.",
        ],
            rules.Faults.Select(fault => fault.ToString()));
    }

    private static string Over(string id, string other) =>
        $"---\ntitle: {id}\nid: {id}\ncorrelation: {{ type: event_count, rules: [{other}], timespan: 1m, condition: {{ gte: 2 }} }}\n";

    private static LogRule Read(string correlation)
    {
        SigmaRules rules = SigmaReader.ReadText($"{Parts}title: T\nid: t\ncorrelation:\n  {correlation}", "test.yml");
        Assert.Empty(rules.Faults);
        return rules.Rules[^1];
    }
}
