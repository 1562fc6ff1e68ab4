namespace LogAnomaly.Rules;

/// <summary>A cheap thing to look for, without which a condition cannot hold.</summary>
/// <param name="Field">The field it is looked for in; null for the whole line.</param>
/// <param name="Text">A value that the field must have, or a literal in ASCII that its text must contain, whatever the
/// case.</param>
/// <param name="IsWhole">Whether the text is the whole value.</param>
internal sealed record Atom(RuleField? Field, string Text, bool IsWhole);
