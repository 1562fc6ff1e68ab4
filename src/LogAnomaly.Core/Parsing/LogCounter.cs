using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Counts logs where they lie: an access log in plain text is read in pieces side by side and gives no events; any other
/// source, or a filter, goes by way of <see cref="LogReader"/>. The counts and the ledger are the same either way.
/// </summary>
public sealed class LogCounter
{
    private readonly LogReaderOptions _options;

    /// <summary>Creates a counter.</summary>
    /// <param name="options">How to read, or null for the defaults; <see cref="LogReaderOptions.Threads"/> count side by side.</param>
    /// <param name="ledger">The account to write, or null for a new one.</param>
    public LogCounter(LogReaderOptions? options = null, ParseLedger? ledger = null)
    {
        _options = options ?? new LogReaderOptions();
        Ledger = ledger ?? new ParseLedger();
    }

    /// <summary>The account of every line read so far.</summary>
    public ParseLedger Ledger { get; }

    /// <summary>Counts files; a problem with one is told and the next one is counted.</summary>
    /// <param name="paths">Paths of files.</param>
    /// <param name="cancellation">Ends the counting with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The counts of all of them together.</returns>
    public LogCounts CountFiles(IEnumerable<string> paths, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        CountTally tally = new();
        LogReader reader = new(_options, Ledger);
        foreach (string path in paths)
        {
            string fullPath = Path.GetFullPath(path);
            if (_options.Filter is null && AccessCounting.TryCount(fullPath, _options, Ledger, tally, cancellation))
            {
                continue;
            }

            foreach (LogEvent logEvent in reader.ReadFile(fullPath, cancellation))
            {
                tally.Add(logEvent);
            }
        }

        return tally.ToCounts();
    }
}
