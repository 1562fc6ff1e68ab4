namespace LogAnomaly.Parsing;

/// <summary>What became of all lines on which a format was tried.</summary>
/// <param name="Format">The format.</param>
/// <param name="Lines">The lines that are events or should be, in their order.</param>
/// <param name="LinesRead">Lines read, those without an event included.</param>
/// <param name="Matched">Lines that the format reads.</param>
/// <param name="Skipped">Blank lines and headers.</param>
public sealed record FormatTestResult(
    LogFormat Format, IReadOnlyList<FormatTestLine> Lines, long LinesRead, long Matched, long Skipped)
{
    /// <summary>Lines that the format does not read.</summary>
    public long Failed => LinesRead - Matched - Skipped;
}
