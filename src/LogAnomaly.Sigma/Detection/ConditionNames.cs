using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Detection;

/// <summary>What the names of a condition stand for, in the order of the rule.</summary>
/// <param name="what">What they are names of, in a word for faults: a selection, a rule.</param>
/// <param name="named">The names and their conditions.</param>
internal sealed class ConditionNames(string what, IReadOnlyList<KeyValuePair<string, RuleCondition>> named)
{
    private const int GreatestShown = 12;

    /// <summary>The condition of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="line">Line of the condition.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="RuleFormatException">There is no such name.</exception>
    public RuleCondition Of(string name, int line)
    {
        foreach (KeyValuePair<string, RuleCondition> one in named)
        {
            if (one.Key == name)
            {
                return one.Value;
            }
        }

        string advice = name.Contains('*', StringComparison.Ordinal) ? $"; write '1 of {name}' or 'all of {name}'" : "";
        throw new RuleFormatException(
            line, $"The condition names '{name}', which is no {what}{advice}; there {Shown()}.");
    }

    /// <summary>The conditions whose names fit a pattern.</summary>
    /// <param name="pattern">
    /// A pattern with <c>*</c>, or <c>them</c> for all. Names with a leading underscore are only found by a pattern
    /// that has one.
    /// </param>
    /// <param name="line">Line of the condition.</param>
    /// <returns>The conditions, at least one.</returns>
    /// <exception cref="RuleFormatException">No name fits.</exception>
    public IReadOnlyList<RuleCondition> Matching(string pattern, int line)
    {
        bool isAll = pattern.Equals("them", StringComparison.OrdinalIgnoreCase);
        bool isHidden = pattern.StartsWith('_');
        RuleCondition[] found =
        [
            .. named.Where(one => (isHidden || !one.Key.StartsWith('_')) && (isAll || Fits(one.Key, pattern)))
                .Select(one => one.Value),
        ];
        return found.Length > 0
            ? found
            : throw new RuleFormatException(
                line, $"The condition asks for '{pattern}', which fits no {what}; there {Shown()}.");
    }

    private static bool Fits(string name, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(
            pattern.Replace("\\", "\\\\", StringComparison.Ordinal), name, false);

    private string Shown() => named.Count switch
    {
        0 => "is none",
        <= GreatestShown => "are " + string.Join(", ", named.Select(one => one.Key)),
        _ => "are " + string.Join(", ", named.Take(GreatestShown).Select(one => one.Key)) + " and more",
    };
}
