namespace LogAnomaly.Parsing;

/// <summary>Tries a format on lines and says which match and why the others do not.</summary>
public static class FormatTest
{
    /// <summary>Tries a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="lines">The lines; those that the format joins count as one.</param>
    /// <param name="options">Time zone, reference time and names of properties, or null for the defaults.</param>
    /// <returns>What became of the lines.</returns>
    public static FormatTestResult Run(LogFormat format, IEnumerable<string> lines, LogReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(lines);
        LogReaderOptions chosen = (options ?? new LogReaderOptions()) with { Format = format, Filter = null };
        LogTextReader reader = new(chosen, null, "(test)");
        List<FormatTestLine> results = [];
        foreach (string line in lines)
        {
            Take(reader.Add(line), format, results);
        }

        Take(reader.Complete(), format, results);
        return new FormatTestResult(
            format, results, reader.Ledger.LinesRead, reader.Ledger.Parsed, reader.Ledger.Skipped);
    }

    private static void Take(IEnumerable<LogEvent> events, LogFormat format, List<FormatTestLine> results)
    {
        foreach (LogEvent made in events)
        {
            bool isMatch = made.Kind != LogKind.Unparsed;
            results.Add(new FormatTestLine(
                made.LineNumber,
                made.Raw,
                isMatch,
                isMatch ? made : null,
                isMatch ? null : FormatReason.Of(format, made.Raw)));
        }
    }
}
