using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>Tests conditions one by one, so that what is made of hits can be tested without what finds them.</summary>
internal sealed class PlainMatcher : IEventMatcher
{
    private readonly IReadOnlyList<LogRule> _rules;

    /// <summary>Takes the rules.</summary>
    /// <param name="rules">The rules; only equality of fields, and, or, not are known.</param>
    public PlainMatcher(IReadOnlyList<LogRule> rules) => _rules = rules;

    /// <inheritdoc/>
    public void Match(LogEvent logEvent, List<int> matched)
    {
        for (int index = 0; index < _rules.Count; index++)
        {
            if (IsTrue(_rules[index].Condition!, logEvent))
            {
                matched.Add(index);
            }
        }
    }

    private static bool IsTrue(RuleCondition condition, LogEvent logEvent) => condition switch
    {
        AllOf all => all.Parts.All(part => IsTrue(part, logEvent)),
        AnyOf any => any.Parts.Any(part => IsTrue(part, logEvent)),
        NotOf not => !IsTrue(not.Part, logEvent),
        FieldTest { Operator: TestOperator.Equals, Field: { } field } test => RuleField.Of(field).TextOf(logEvent) == test.Value,
        FieldTest { Operator: TestOperator.Exists, Field: { } field } => RuleField.Of(field).TextOf(logEvent) is not null,
        _ => throw new NotSupportedException(condition.ToString()),
    };
}
