using System.Collections.ObjectModel;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma;

/// <summary>How rules are read.</summary>
public sealed record SigmaOptions
{
    /// <summary>
    /// Values of placeholders by name without the percent signs, for <c>|expand</c>: <c>Servers</c> for
    /// <c>%Servers%</c>. A value may have wildcards. None by default: a rule with a placeholder that is not here is a
    /// fault.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Placeholders { get; init; } =
        ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>
    /// Rules to which those that are read may refer beside one another, such as the built-in ones; none by default.
    /// </summary>
    public IReadOnlyList<LogRule> KnownRules { get; init; } = [];

    /// <summary>
    /// Whether the rules are those of the built-in set, whose patterns the tests have compiled already.
    /// </summary>
    internal bool IsBuiltIn { get; init; }
}
