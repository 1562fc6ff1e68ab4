namespace LogAnomaly.Rules;

/// <summary>
/// A condition: a tree of tests of fields. Selections, lists and modifiers of a rule's text are worked into it already.
/// </summary>
internal abstract record RuleCondition;

/// <summary>True where all parts are true.</summary>
/// <param name="Parts">The parts, at least one.</param>
internal sealed record AllOf(IReadOnlyList<RuleCondition> Parts) : RuleCondition;

/// <summary>True where a part is true.</summary>
/// <param name="Parts">The parts, at least one.</param>
internal sealed record AnyOf(IReadOnlyList<RuleCondition> Parts) : RuleCondition;

/// <summary>True where the part is not.</summary>
/// <param name="Part">The part.</param>
internal sealed record NotOf(RuleCondition Part) : RuleCondition;

/// <summary>True where another rule is, within the time span of a temporal correlation.</summary>
/// <param name="Rule">Id or name of the rule.</param>
internal sealed record RuleReference(string Rule) : RuleCondition;

/// <summary>
/// True where one field of the event passes one test. A list of values is an <see cref="AnyOf"/> of tests.
/// </summary>
/// <param name="Field">Name of the field in any spelling, or null for a keyword, which is sought in the whole
/// line.</param>
/// <param name="Operator">The test.</param>
/// <param name="Value">
/// What it is tested against: for <see cref="TestOperator.Like"/> a pattern with <c>*</c>, <c>?</c> and backslash
/// escapes, for <see cref="TestOperator.Regex"/> a pattern of .NET, for the comparisons of fields the name of the other
/// field, for numbers the number in invariant form; else literal text. Empty for <see cref="TestOperator.IsNull"/>.
/// </param>
internal sealed record FieldTest(string? Field, TestOperator Operator, string Value) : RuleCondition
{
    /// <summary>Whether letters must have the case of the value; Sigma's <c>cased</c>.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>The part of a time that is tested in place of the whole value, or null.</summary>
    public TimePart? TimePart { get; init; }
}
