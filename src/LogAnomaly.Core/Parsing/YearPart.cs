namespace LogAnomaly.Parsing;

/// <summary>A part of a log whose lines lie within one year.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Reference">A time that none of its lines lies more than a day after.</param>
internal readonly record struct YearPart(long Offset, DateTimeOffset Reference);
