namespace LogAnomaly.Rules;

/// <summary>A rule of one event, ready to be put to events in full. It never changes once made.</summary>
internal sealed class CompiledDetection
{
    private readonly LogSourceFilter _filter;
    private readonly ConditionTest? _test;

    /// <summary>Makes a rule ready.</summary>
    /// <param name="rule">The rule; one without a condition matches nothing.</param>
    /// <exception cref="ArgumentException">A regular expression of the rule is none.</exception>
    public CompiledDetection(LogRule rule)
    {
        Rule = rule;
        _filter = LogSourceMap.FilterOf(rule.LogSource);
        _test = rule.Condition is { } condition ? ConditionTest.Of(condition) : null;
        if (rule is { IsBuiltIn: false, Condition: { } foreign })
        {
            CheckPatterns(foreign);
        }
    }

    /// <summary>The rule.</summary>
    public LogRule Rule { get; }

    /// <summary>Whether the rule may match an event of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it may.</returns>
    public bool MayMatch(LogKind kind) => _test is not null && _filter.MayCover(kind);

    /// <summary>Whether the rule matches an event.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does.</returns>
    public bool IsMatch(EventView view) => _test is not null && _filter.Covers(view.Event) && _test.IsTrue(view);

    /// <summary>The rule in two parts, as events of a kind are matched.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The parts; only where the rule has a condition.</returns>
    public DetectionSplit SplitFor(LogKind kind) => new(Rule, _filter, kind);

    // A fault is told when the rules are made ready, though an expression is made when it is first needed.
    private static void CheckPatterns(RuleCondition condition)
    {
        if (condition is FieldTest { Operator: TestOperator.Regex } test)
        {
            RegexTest.Check(test.Value);
        }

        IReadOnlyList<RuleCondition> parts = condition switch
        {
            AllOf all => all.Parts,
            AnyOf any => any.Parts,
            NotOf not => [not.Part],
            _ => [],
        };
        foreach (RuleCondition part in parts)
        {
            CheckPatterns(part);
        }
    }
}
