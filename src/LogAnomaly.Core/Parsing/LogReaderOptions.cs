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
    /// Settles the year of stamps that have none: the latest year that puts no stamp more than a day after this time. Null (the
    /// default) takes the file's last line, whose own year its time of last change settles; now where there is no file.
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
    /// Told of every problem with a source, on the thread that reads; null (the default) for nobody. The ledger has
    /// them too.
    /// </summary>
    public Action<ReadProblem>? OnProblem { get; init; }
}
