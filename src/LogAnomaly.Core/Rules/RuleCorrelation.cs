using System.Collections.ObjectModel;

namespace LogAnomaly.Rules;

/// <summary>How the hits of rules are taken together: Sigma's correlation, and what ours adds to it.</summary>
internal sealed record RuleCorrelation
{
    /// <summary>
    /// Ids or names of the rules whose hits are taken, at least one; for the ordered type in their order.
    /// </summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Fields, or aliases, whose values make a group; empty where all hits are one.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Length of the sliding window, in log time.</summary>
    public required TimeSpan Timespan { get; init; }

    /// <summary>What the count, sum, mean or percentile must be: all bounds; empty for the temporal types.</summary>
    public IReadOnlyList<CorrelationBound> Bounds { get; init; } = [];

    /// <summary>Fields whose values are counted, added or ranked; empty where hits are counted.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Percentile that is judged, 0 to 100.</summary>
    public double Percentile { get; init; } = 50;

    /// <summary>
    /// Which rules of a temporal correlation must have hit, over <see cref="RuleReference"/>; null where all of them
    /// must.
    /// </summary>
    public RuleCondition? Condition { get; init; }

    /// <summary>For each alias the field that it stands for in each rule, by the rule's id or name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Aliases { get; init; } =
        ReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    /// <summary>Whether the rules that are taken together also make findings of their own.</summary>
    public bool Generates { get; init; }

    /// <summary>
    /// Bounds of the hits per distinct value, by which a spray (few tries on many accounts) differs from guessing;
    /// empty for none. Our extension.
    /// </summary>
    public IReadOnlyList<CorrelationBound> PerValue { get; init; } = [];

    /// <summary>Least median of the gaps between the hits of the window; zero for none. Our extension.</summary>
    public TimeSpan LeastMedianGap { get; init; }

    /// <summary>
    /// Ids or names of rules that must not have hit in the same group within the time span before; a hit of theirs also
    /// empties the window. Our extension.
    /// </summary>
    public IReadOnlyList<string> Unless { get; init; } = [];
}
