namespace LogAnomaly.Rules;

/// <summary>
/// The condition of a rule in two: what the shape of an event tells, and the rest. Both must hold; so the first can be
/// remembered.
/// </summary>
internal sealed class DetectionSplit
{
    private readonly LogSourceFilter _filter;
    private readonly ConditionTest? _shape;
    private readonly ConditionTest? _rest;
    private readonly bool _isFilterOfShape;

    /// <summary>Splits a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="filter">The events that it is meant for.</param>
    /// <param name="kind">Kind of the events.</param>
    public DetectionSplit(LogRule rule, LogSourceFilter filter, LogKind kind)
    {
        _filter = filter;
        _isFilterOfShape = filter.IsOfProgram && kind is LogKind.Authentication or LogKind.System;
        ILookup<bool, RuleCondition> parts = Parts(rule.Condition!).ToLookup(part => IsTold(part, kind));
        _shape = Join(parts[true]);
        _rest = Join(parts[false]);
    }

    /// <summary>Whether the event satisfies what its shape tells.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does; the same for every event of the shape.</returns>
    public bool AdmitsShape(EventView view) =>
        (!_isFilterOfShape || _filter.Covers(view.Event)) && _shape?.IsTrue(view) != false;

    /// <summary>Whether the event satisfies the rest.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does.</returns>
    public bool AdmitsRest(EventView view) =>
        (_isFilterOfShape || _filter.Covers(view.Event)) && _rest?.IsTrue(view) != false;

    private static IEnumerable<RuleCondition> Parts(RuleCondition condition) =>
        condition is AllOf all ? all.Parts.SelectMany(Parts) : [condition];

    private static ConditionTest? Join(IEnumerable<RuleCondition> parts)
    {
        RuleCondition[] all = [.. parts];
        return all.Length == 0 ? null : ConditionTest.Of(new AllOf(all));
    }

    private static bool IsTold(RuleCondition condition, LogKind kind) => condition switch
    {
        AllOf all => all.Parts.All(part => IsTold(part, kind)),
        AnyOf any => any.Parts.All(part => IsTold(part, kind)),
        NotOf not => IsTold(not.Part, kind),
        FieldTest { Field: { } field, TimePart: null } test => EventShape.Tells(
            kind, RuleField.Of(field)) && test.Operator
            is not (TestOperator.FieldEquals or TestOperator.FieldContains or TestOperator.FieldStartsWith
                or TestOperator.FieldEndsWith),
        _ => false,
    };
}
