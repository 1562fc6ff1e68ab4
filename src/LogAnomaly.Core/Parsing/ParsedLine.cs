namespace LogAnomaly.Parsing;

/// <summary>What became of a line.</summary>
/// <param name="Event">The event, of kind <see cref="LogKind.Unparsed"/> too; null for a blank line or a
/// header.</param>
/// <param name="Lines">Lines that it stands for.</param>
/// <param name="IsWanted">Whether the filter admits the event.</param>
internal readonly record struct ParsedLine(LogEvent? Event, int Lines, bool IsWanted);
