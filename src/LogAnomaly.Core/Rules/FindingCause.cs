namespace LogAnomaly.Rules;

/// <summary>That a rule has had its say in a finding.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Number">The most extreme number that it judged; for rules of one event the hits.</param>
/// <param name="Reason">The reason that the rule gave itself, or null.</param>
internal sealed record FindingCause(LogRule Rule, double Number, Reason? Reason);
