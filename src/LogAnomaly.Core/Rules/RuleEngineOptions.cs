namespace LogAnomaly.Rules;

/// <summary>How rules are run.</summary>
internal sealed record RuleEngineOptions
{
    /// <summary>Most groups of all correlations together; beyond it those that were hit the longest ago go.</summary>
    public int MaximumGroups { get; init; } = 500_000;

    /// <summary>Most findings that are kept.</summary>
    public int MaximumFindings { get; init; } = 100_000;

    /// <summary>Most bytes of lines that are held as evidence for groups without a finding.</summary>
    public int EvidenceBytes { get; init; } = 32 << 20;

    /// <summary>Called when a finding opens, or null.</summary>
    public Action<RuleFinding>? OnOpened { get; init; }

    /// <summary>
    /// Called when no hit of a finding came for as long as its rule says, and at the end of the log; or null.
    /// </summary>
    public Action<RuleFinding>? OnClosed { get; init; }

    /// <summary>Makes the matcher of a list of rules; null for the usual one.</summary>
    public Func<IReadOnlyList<LogRule>, IEventMatcher>? Matcher { get; init; }
}
