using System.IO.Compression;
using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads logs: bytes to lines to events, in the order of the lines, with an account of every line in a
/// <see cref="ParseLedger"/>. A line of another format than its file's is an event of kind
/// <see cref="LogKind.Unparsed"/>; nothing is lost in silence.
/// </summary>
public sealed class LogReader
{
    private const int SignatureLength = 4;

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
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Tail ?? 0);
        Ledger = ledger ?? new ParseLedger();
    }

    /// <summary>The account of every line read so far.</summary>
    public ParseLedger Ledger { get; }

    /// <summary>
    /// Reads files, one after the other; a problem with one is told and the next one is read. Rotated files come in the
    /// order of time and without repeats, and settle each other's years: see <see cref="RotationSets"/>.
    /// </summary>
    /// <param name="paths">Paths of files.</param>
    /// <param name="cancellation">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, made as they are asked for.</returns>
    public IEnumerable<LogEvent> ReadFiles(IEnumerable<string> paths, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return _options.CheckpointPath is null
            ? ReadSets(paths, cancellation)
            : new LogFollowing(_options, Ledger, paths, waits: false).Read(cancellation);
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Path of the file; compression is recognised by its content, and an archive gives all files in
    /// it.</param>
    /// <param name="cancellation">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, made as they are asked for; none where the file cannot be opened, which is told as a
    /// problem.</returns>
    public IEnumerable<LogEvent> ReadFile(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _options.CheckpointPath is null
            ? ReadFile(Path.GetFullPath(path), null, cancellation)
            : ReadFiles([path], cancellation);
    }

    /// <summary>
    /// Reads files and then waits for the lines that are added to them, until it is cancelled. Lines of several files
    /// come as they are written. A file that is renamed is read to its end, and then the one that took its name, with
    /// those that came and went between two looks; a file that is cut short is read from its start; one that does not
    /// exist yet is waited for. Of a rotated set all files are read and the last one is followed. A last line without
    /// an end is held back until it has one or for five seconds; what is added to it then is a line of its own. Lines
    /// that are written to a file more than a minute after it was renamed and its last line was read are not seen.
    /// </summary>
    /// <param name="paths">Paths of files.</param>
    /// <param name="cancellation">Ends the reading with <see cref="OperationCanceledException"/>, within a
    /// second.</param>
    /// <returns>The events, made as they are asked for; the end comes only where no path can be followed.</returns>
    public IEnumerable<LogEvent> Follow(IEnumerable<string> paths, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new LogFollowing(_options, Ledger, paths, waits: true).Read(cancellation);
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
        return ReadLater(stream, name, cancellation);
    }

    // A pipe that is silent is waited for when events are asked for, and no earlier.
    private IEnumerable<LogEvent> ReadLater(Stream stream, string name, CancellationToken cancellation)
    {
        LogYears years = new(_options.ReferenceTime ?? DateTimeOffset.UtcNow);
        foreach (LogEvent logEvent in Read(stream, name, years, cancellation))
        {
            yield return logEvent;
        }
    }

    private IEnumerable<LogEvent> ReadSets(IEnumerable<string> paths, CancellationToken cancellation)
    {
        foreach (IReadOnlyList<string> set in RotationSets.Group(paths))
        {
            IReadOnlyDictionary<string, LogYears> years = RotatedYears.Settle(set, _options);
            foreach (string path in set)
            {
                foreach (LogEvent logEvent in ReadFile(path, years.GetValueOrDefault(path), cancellation))
                {
                    yield return logEvent;
                }
            }
        }
    }

    private IEnumerable<LogEvent> ReadFile(string path, LogYears? years, CancellationToken cancellation)
    {
        (Stream? stream, ReadProblem? problem) = LogFile.Open(path, cancellation);
        if (stream is null)
        {
            Ledger.Open(path, "unknown").Error = problem!.Message;
            _options.OnProblem?.Invoke(problem);
            return [];
        }

        years ??= _options.ReferenceTime is { } reference
            ? new LogYears(reference)
            : LogYears.Of(stream, _options.TimeZone, LogFile.LastChange(path));
        return Read(stream, path, years, cancellation);
    }

    private IEnumerable<LogEvent> Read(Stream stream, string path, LogYears years, CancellationToken cancellation)
    {
        bool mayBeSilent = !stream.CanSeek;
        Stream source = mayBeSilent && cancellation.CanBeCanceled
            ? new InterruptibleStream(stream, cancellation)
            : stream;
        byte[] start = new byte[SignatureLength];
        int length = 0;
        Exception? error = null;
        try
        {
            length = source.ReadAtLeast(start, SignatureLength, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = failure;
        }

        if (error is null && ZipContent.HasSignature(start.AsSpan(0, length)))
        {
            return ReadArchive(PrefixedStream.GiveBack(source, start.AsMemory(0, length)), path, cancellation);
        }

        SourceReading reading = NewReading(path, years);
        if (error is not null)
        {
            stream.Dispose();
            reading.TellUnreadable(error);
            return [];
        }

        return reading.Read(PrefixedStream.GiveBack(source, start.AsMemory(0, length)), mayBeSilent, cancellation);
    }

    private IEnumerable<LogEvent> ReadArchive(Stream stream, string path, CancellationToken cancellation)
    {
        using ZipContent? archive = OpenArchive(stream, path, cancellation);
        foreach (ZipArchiveEntry file in archive?.Files ?? [])
        {
            // An archive keeps the time of a file without its zone.
            LogYears years = new(_options.ReferenceTime ?? file.LastWriteTime);
            SourceReading reading = NewReading($"{path}!{file.FullName}", years);
            if (OpenFile(file, reading) is not { } content)
            {
                continue;
            }

            foreach (LogEvent logEvent in reading.Read(content, mayBeSilent: false, cancellation))
            {
                yield return logEvent;
            }
        }
    }

    private ZipContent? OpenArchive(Stream stream, string path, CancellationToken cancellation)
    {
        try
        {
            ZipContent archive = ZipContent.Open(stream, cancellation);
            if (archive.Files.Count == 0)
            {
                Ledger.Open(path, "unknown");
            }

            return archive;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            stream.Dispose();
            NewReading(path, new LogYears(DateTimeOffset.UtcNow)).TellUnreadable(error);
            return null;
        }
    }

    private static Stream? OpenFile(ZipArchiveEntry file, SourceReading reading)
    {
        try
        {
            return ZipContent.OpenFile(file);
        }
        catch (Exception error) when (error is NotSupportedException or IOException)
        {
            reading.TellUnreadable(error);
            return null;
        }
    }

    private SourceReading NewReading(string path, LogYears years) =>
        new(_options, path, years, Ledger.Open(path, _options.Format?.Name ?? "unknown"));
}
