using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads logs: bytes to lines to events, in the order of the lines, with an account of every line in a <see cref="ParseLedger"/>.
/// A line of another format than its file's is an event of kind <see cref="LogKind.Unparsed"/>; nothing is lost in silence.
/// </summary>
public sealed class LogReader
{
    private readonly LogReaderOptions _options;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">How to read, or null for the defaults.</param>
    /// <param name="ledger">The account to write, or null for a new one.</param>
    public LogReader(LogReaderOptions? options = null, ParseLedger? ledger = null)
    {
        _options = options ?? new LogReaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Threads, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumLineBytes, 256);
        Ledger = ledger ?? new ParseLedger();
    }

    /// <summary>The account of every line read so far.</summary>
    public ParseLedger Ledger { get; }

    /// <summary>Reads files, one after the other; a problem with one is told and the next one is read.</summary>
    /// <param name="paths">Paths of files.</param>
    /// <param name="cancellation">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, made as they are asked for.</returns>
    public IEnumerable<LogEvent> ReadFiles(IEnumerable<string> paths, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.SelectMany(path => ReadFile(path, cancellation));
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Path of the file; gzip is recognised by its content.</param>
    /// <param name="cancellation">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, made as they are asked for; none where the file cannot be opened, which is told as a problem.</returns>
    public IEnumerable<LogEvent> ReadFile(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string fullPath = Path.GetFullPath(path);
        (Stream? stream, ReadProblem? problem) = LogFile.Open(fullPath, cancellation);
        if (stream is null)
        {
            Ledger.Open(fullPath, "unknown").Error = problem!.Message;
            _options.OnProblem?.Invoke(problem);
            return [];
        }

        DateTimeOffset reference = _options.ReferenceTime
            ?? LogEnd.ReferenceOf(stream, _options.TimeZone, LogFile.LastChange(fullPath));
        return Read(stream, fullPath, reference, cancellation);
    }

    /// <summary>Reads a stream of bytes, such as standard input.</summary>
    /// <param name="stream">The stream; the reader closes it.</param>
    /// <param name="name">Name of the source, by custom in parentheses.</param>
    /// <param name="cancellation">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, made as they are asked for.</returns>
    public IEnumerable<LogEvent> ReadStream(Stream stream, string name, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Read(stream, name, _options.ReferenceTime ?? DateTimeOffset.UtcNow, cancellation);
    }

    private IEnumerable<LogEvent> Read(Stream stream, string path, DateTimeOffset reference, CancellationToken cancellation)
    {
        SourceReading reading = new(_options, path, reference, Ledger.Open(path, _options.Format?.Name ?? "unknown"));
        return reading.Read(stream, cancellation);
    }
}
