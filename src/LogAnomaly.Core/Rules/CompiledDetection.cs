namespace LogAnomaly.Rules;

/// <summary>A rule of one event, ready to be put to events in full. It never changes once made.</summary>
internal sealed class CompiledDetection
{
    private readonly LogSourceFilter _filter;
    private readonly ConditionTest? _test;
    private readonly ConditionTest? _urlTest;
    private readonly ConditionTest? _otherTest;

    /// <summary>Makes a rule ready.</summary>
    /// <param name="rule">The rule; one without a condition matches nothing.</param>
    /// <exception cref="ArgumentException">A regular expression of the rule is none.</exception>
    public CompiledDetection(LogRule rule)
    {
        Rule = rule;
        _filter = LogSourceMap.FilterOf(rule.LogSource);
        if (rule.Condition is not { } condition)
        {
            return;
        }

        _test = ConditionTest.Of(condition);
        ILookup<bool, RuleCondition> parts = Parts(condition).ToLookup(IsOfUrl);
        _urlTest = Join(parts[true]);
        _otherTest = Join(parts[false]);
    }

    /// <summary>The rule.</summary>
    public LogRule Rule { get; }

    /// <summary>Whether a part of the condition looks at nothing but the target of a request.</summary>
    public bool HasUrlTest => _urlTest is not null;

    /// <summary>Whether the rule may match an event of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it may.</returns>
    public bool MayMatch(LogKind kind) => _test is not null && _filter.MayCover(kind);

    /// <summary>Whether the rule matches an event.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does.</returns>
    public bool IsMatch(EventView view) => _test is not null && _filter.Covers(view.Event) && _test.IsTrue(view);

    /// <summary>Whether the event satisfies the part of the condition that looks at nothing but the target of a request.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does; only where <see cref="HasUrlTest"/>.</returns>
    public bool IsUrlMatch(EventView view) => _urlTest!.IsTrue(view);

    /// <summary>Whether the event satisfies the rest of the condition, and the rule is meant for its log.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does.</returns>
    public bool IsOtherMatch(EventView view) => _filter.Covers(view.Event) && _otherTest?.IsTrue(view) != false;

    private static IEnumerable<RuleCondition> Parts(RuleCondition condition) =>
        condition is AllOf all ? all.Parts.SelectMany(Parts) : [condition];

    private static ConditionTest? Join(IEnumerable<RuleCondition> parts)
    {
        RuleCondition[] all = [.. parts];
        return all.Length == 0 ? null : ConditionTest.Of(new AllOf(all));
    }

    private static bool IsOfUrl(RuleCondition condition) => condition switch
    {
        AllOf all => all.Parts.All(IsOfUrl),
        AnyOf any => any.Parts.All(IsOfUrl),
        NotOf not => IsOfUrl(not.Part),
        FieldTest { Field: { } field, TimePart: null } test => LiteralField.IsOfUrl(RuleField.Of(field)) && test.Operator
            is not (TestOperator.FieldEquals or TestOperator.FieldContains or TestOperator.FieldStartsWith or TestOperator.FieldEndsWith),
        _ => false,
    };
}
