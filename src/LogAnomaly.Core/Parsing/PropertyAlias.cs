namespace LogAnomaly.Parsing;

/// <summary>What a name in a structured log may stand for.</summary>
/// <param name="Field">The field.</param>
/// <param name="Rank">Of two names in one line for one field the lower rank wins, then the one that stands
/// first.</param>
/// <param name="Form">How the value is meant.</param>
internal readonly record struct PropertyAlias(LogField Field, int Rank, PropertyForm Form = PropertyForm.Plain);
