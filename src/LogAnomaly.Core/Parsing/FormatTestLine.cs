namespace LogAnomaly.Parsing;

/// <summary>What became of one line when a format was tried on it.</summary>
/// <param name="LineNumber">Number of the line, from 1.</param>
/// <param name="Line">The line.</param>
/// <param name="IsMatch">Whether the format reads it.</param>
/// <param name="Event">The event, or null.</param>
/// <param name="Reason">Why the format does not read it, or null.</param>
public sealed record FormatTestLine(long LineNumber, string Line, bool IsMatch, LogEvent? Event, string? Reason);
