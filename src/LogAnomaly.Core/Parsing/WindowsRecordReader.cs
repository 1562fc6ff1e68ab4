namespace LogAnomaly.Parsing;

/// <summary>
/// Makes events of Windows records that come as objects, tests them against the filter and keeps their account.
/// </summary>
public sealed class WindowsRecordReader
{
    private const string Name = "(event records)";

    private readonly LogReaderOptions _options;
    private readonly LogSource _source;
    private readonly LedgerEntry _entry;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">The filter, or null for none.</param>
    /// <param name="ledger">The account to write, or null for a new one.</param>
    public WindowsRecordReader(LogReaderOptions? options = null, ParseLedger? ledger = null)
    {
        _options = options ?? new LogReaderOptions();
        _entry = (ledger ?? new ParseLedger()).Open(Name, "windows-record");
        _source = new LogSource(Name) { Entry = _entry };
    }

    /// <summary>Makes an event of a record.</summary>
    /// <param name="record">The record; it counts as a line.</param>
    /// <returns>The event, or null where the filter leaves it out.</returns>
    public LogEvent? Read(WindowsRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _entry.LinesRead++;
        LogEvent made = WindowsEvents.FromRecord(record, _source, _entry.LinesRead);
        _entry.Unparsed += made.Kind == LogKind.Unparsed ? 1 : 0;
        _entry.Parsed += made.Kind == LogKind.Unparsed ? 0 : 1;
        bool isWanted = _options.Filter?.Admits(made) ?? true;
        _entry.Filtered += isWanted ? 0 : 1;
        return isWanted ? made : null;
    }
}
