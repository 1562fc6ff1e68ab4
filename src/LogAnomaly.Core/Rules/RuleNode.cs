namespace LogAnomaly.Rules;

/// <summary>A rule with what its name refers to resolved.</summary>
internal class RuleNode
{
    /// <summary>Creates a compiled rule.</summary>
    /// <param name="rule">The rule.</param>
    public RuleNode(LogRule rule) => Rule = rule;

    /// <summary>The rule.</summary>
    public LogRule Rule { get; }

    /// <summary>Correlations that take its hits, those that they must not precede first.</summary>
    public List<RuleFeed> Feeds { get; } = [];

    /// <summary>Fields that say whom its findings are about, the first that an event has.</summary>
    public GroupField[] Entity { get; init; } = [];

    /// <summary>The findings that its hits make, or null where they make none.</summary>
    public FindingKind? Kind { get; set; }
}
