namespace LogAnomaly.Rules;

/// <summary>That the hits of a rule go to a correlation.</summary>
/// <param name="Correlation">The correlation.</param>
/// <param name="Parts">Bit of the rule among those of a temporal correlation; 0 for a rule that must not have
/// hit.</param>
/// <param name="IsUnless">Whether the rule must not have hit.</param>
/// <param name="Path">How its events come to their group.</param>
internal sealed record RuleFeed(CompiledCorrelation Correlation, uint Parts, bool IsUnless, GroupPath Path);
