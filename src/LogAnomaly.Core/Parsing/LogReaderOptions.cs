using System.Text;
using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>How logs are read.</summary>
public sealed record LogReaderOptions
{
    /// <summary>The format, or null (the default) to find it out from the first lines of each source.</summary>
    public LogFormat? Format { get; init; }

    /// <summary>
    /// The formats among which one is found out, or null (the default) for all; has no effect beside <see
    /// cref="Format"/>.
    /// </summary>
    public IReadOnlyCollection<LogFormat>? Candidates { get; init; }

    /// <summary>
    /// Names that some fields have in structured logs (JSON, logfmt, CSV), with dots between the names of nested
    /// objects: <c>SourceIP</c> is <c>client_addr</c>. No other name stands for such a field then. Null (the default)
    /// for the names that are known.
    /// </summary>
    public IReadOnlyDictionary<LogField, string>? PropertyNames { get; init; }

    /// <summary>Zone of stamps that name none; the machine's by default.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>
    /// Settles the year of stamps that have none: the latest year that puts no stamp more than a day after this time.
    /// Null (the default) takes the file's last line, whose own year its time of last change settles; now where there
    /// is no file.
    /// </summary>
    public DateTimeOffset? ReferenceTime { get; init; }

    /// <summary>Which events are wanted, or null (the default) for all.</summary>
    public LogFilter? Filter { get; init; }

    /// <summary>
    /// Threads that parse, 1 (the default) to 64. The order of the events is that of the lines, whatever the number.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Bytes of a line that are kept, 4 MiB by default; the rest of a longer one is read over and counted.
    /// </summary>
    public int MaximumLineBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Encoding of text that has no byte order mark, such as Latin-1 (<see cref="LogEncodings"/> finds it by name).
    /// Null (the default) takes UTF-16 where every other byte is a zero and UTF-8 else. Bytes that are not UTF-8 are
    /// then kept as they are and shown as U+FFFD; Latin-1 is not guessed, because in a log that several programs write
    /// such a guess would be wrong for some of its lines.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// Only the last lines of each file, 0 or more; null (the default) for all. When files are followed, the lines
    /// before the following begins; a file that <see cref="CheckpointPath"/> knows goes on where it was left.
    /// </summary>
    public int? Tail { get; init; }

    /// <summary>
    /// A small file that keeps how far the files were read; null (the default) for none. A reading with it gives the
    /// lines that came since the last one, those of files that were rotated or compressed meanwhile too. It is saved at
    /// least once in a second in which events are taken, and at the end. Nothing is ever lost; nothing comes twice
    /// after a reading that ended by itself or by cancellation. After a crash, or where the caller leaves the loop
    /// before the end, the events since the last saving come again; the event in the caller's hand counts as taken when
    /// the next one is asked for.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// Called on the thread that reads before it waits for more lines of files that it follows and before it saves the
    /// checkpoint, so that a caller who keeps output back hands it on first; null (the default) for nothing.
    /// </summary>
    public Action? OnPause { get; init; }

    /// <summary>
    /// Told of every problem with a source, on the thread that reads; null (the default) for nobody. The ledger has
    /// them too.
    /// </summary>
    public Action<ReadProblem>? OnProblem { get; init; }
}
