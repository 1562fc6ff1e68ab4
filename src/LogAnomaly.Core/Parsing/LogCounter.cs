using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Counts logs where they lie: an access log in plain text is read in pieces side by side and gives no events; any
/// other source, or a filter, goes by way of <see cref="LogReader"/>. The counts and the ledger are the same either
/// way.
/// </summary>
public sealed class LogCounter
{
    private readonly LogReaderOptions _options;
    private readonly CountTally _tally = new();

    /// <summary>Creates a counter.</summary>
    /// <param name="options">How to read, or null for the defaults; <see cref="LogReaderOptions.Threads"/> count side
    /// by side.</param>
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
    /// <returns>The counts of all that this counter has counted.</returns>
    public LogCounts CountFiles(IEnumerable<string> paths, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (string path in paths)
        {
            string fullPath = Path.GetFullPath(path);
            if (_options.Filter is not null
                || !AccessCounting.TryCount(fullPath, _options, Ledger, _tally, cancellation))
            {
                Add(new LogReader(_options, Ledger).ReadFile(fullPath, cancellation));
            }
        }

        return _tally.ToCounts();
    }

    /// <summary>Counts a stream of bytes, such as standard input.</summary>
    /// <param name="stream">The stream; it is closed.</param>
    /// <param name="name">Name of the source, by custom in parentheses.</param>
    /// <param name="cancellation">Ends the counting with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The counts of all that this counter has counted.</returns>
    public LogCounts CountStream(Stream stream, string name, CancellationToken cancellation = default)
    {
        Add(new LogReader(_options, Ledger).ReadStream(stream, name, cancellation));
        return _tally.ToCounts();
    }

    private void Add(IEnumerable<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            _tally.Add(logEvent);
        }
    }
}
