using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Detection;

/// <summary>Joins conditions without needless nodes.</summary>
internal static class Conditions
{
    private const int GreatestChoice = 512;
    private const int GreatestPool = 64;

    /// <summary>True where all parts are.</summary>
    /// <param name="parts">The parts, at least one.</param>
    /// <returns>The condition.</returns>
    public static RuleCondition All(IReadOnlyList<RuleCondition> parts) => parts.Count == 1
        ? parts[0]
        : new AllOf([.. parts.SelectMany(part => part is AllOf all ? all.Parts : [part])]);

    /// <summary>True where a part is.</summary>
    /// <param name="parts">The parts, at least one.</param>
    /// <returns>The condition.</returns>
    public static RuleCondition Any(IReadOnlyList<RuleCondition> parts) => parts.Count == 1
        ? parts[0]
        : new AnyOf([.. parts.SelectMany(part => part is AnyOf any ? any.Parts : [part])]);

    /// <summary>True where so many parts are, or more.</summary>
    /// <param name="count">How many, from 1 to the number of parts.</param>
    /// <param name="parts">The parts.</param>
    /// <returns>The condition, or null where the choices would be too many to write out.</returns>
    public static RuleCondition? AtLeast(int count, IReadOnlyList<RuleCondition> parts)
    {
        if (count == 1)
        {
            return Any(parts);
        }

        if (count == parts.Count)
        {
            return All(parts);
        }

        List<RuleCondition> choices = [];
        return parts.Count <= GreatestPool && Choose(count, 0, parts, [], choices) ? Any(choices) : null;
    }

    private static bool Choose(
        int count,
        int from,
        IReadOnlyList<RuleCondition> parts,
        List<RuleCondition> chosen,
        List<RuleCondition> choices)
    {
        if (count == 0)
        {
            choices.Add(All([.. chosen]));
            return choices.Count <= GreatestChoice;
        }

        for (int at = from; at <= parts.Count - count; at++)
        {
            chosen.Add(parts[at]);
            bool isBounded = Choose(count - 1, at + 1, parts, chosen, choices);
            chosen.RemoveAt(chosen.Count - 1);
            if (!isBounded)
            {
                return false;
            }
        }

        return true;
    }
}
