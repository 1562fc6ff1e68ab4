namespace LogAnomaly.Rules;

/// <summary>A part of events that is scanned for the literals of rules.</summary>
/// <param name="Part">The part.</param>
/// <param name="Field">The field, where the part is one; else null.</param>
/// <param name="Automaton">Seeks the literals.</param>
internal sealed record LiteralScan(ScanPart Part, RuleField? Field, LiteralAutomaton Automaton);
