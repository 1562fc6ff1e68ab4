namespace LogAnomaly.Rules;

/// <summary>
/// A condition made ready to be put to events. This is the plain meaning of a rule: whatever the matcher leaves out or
/// does first, its answer is the one given here. It never changes once made, so that threads may share it.
/// </summary>
internal abstract class ConditionTest
{
    /// <summary>Whether an event satisfies the condition.</summary>
    /// <param name="view">The event.</param>
    /// <returns>Whether it does.</returns>
    public abstract bool IsTrue(EventView view);

    /// <summary>Makes a condition ready.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The test.</returns>
    /// <exception cref="ArgumentException">It refers to a rule, or a regular expression of it is none.</exception>
    public static ConditionTest Of(RuleCondition condition) => condition switch
    {
        AllOf all => new All([.. all.Parts.Select(Of)]),
        AnyOf any => new Any([.. any.Parts.Select(Of)]),
        NotOf not => new Not(Of(not.Part)),
        FieldTest test => FieldConditionTest.Of(test),
        _ => throw new ArgumentException($"A condition on events cannot hold {condition}.", nameof(condition)),
    };

    private sealed class All(ConditionTest[] parts) : ConditionTest
    {
        public override bool IsTrue(EventView view)
        {
            foreach (ConditionTest part in parts)
            {
                if (!part.IsTrue(view))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed class Any(ConditionTest[] parts) : ConditionTest
    {
        public override bool IsTrue(EventView view)
        {
            foreach (ConditionTest part in parts)
            {
                if (part.IsTrue(view))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Not(ConditionTest part) : ConditionTest
    {
        public override bool IsTrue(EventView view) => !part.IsTrue(view);
    }
}
