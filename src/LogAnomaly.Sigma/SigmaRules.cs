using LogAnomaly.Rules;

namespace LogAnomaly.Sigma;

/// <summary>Rules that were read, and the faults of those that could not be.</summary>
/// <param name="Rules">The rules, those that only serve others included, in the order of the files.</param>
/// <param name="Faults">The faults, one for each file or rule that has one.</param>
public sealed record SigmaRules(IReadOnlyList<LogRule> Rules, IReadOnlyList<RuleFault> Faults);
