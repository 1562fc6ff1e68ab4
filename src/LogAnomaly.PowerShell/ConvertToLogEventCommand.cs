using System.Collections;
using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Turns strings, objects and event records of Windows that come through the pipeline into typed events.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "LogEvent")]
[OutputType(typeof(LogEvent))]
public sealed class ConvertToLogEventCommand : LogFilterCommand
{
    private const string SourceName = "(pipeline)";

    private readonly ParseLedger _ledger = new();
    private LogReaderOptions _options = new();
    private LogTextReader? _text;
    private LogTextReader? _objects;
    private WindowsRecordReader? _records;

    /// <summary>A line, several lines, an object with properties, a record of Get-WinEvent, or an event.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Name of the format of the lines; by default it is found out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>Pattern with named groups that reads the lines, in place of a format.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Pattern { get; set; }

    /// <summary>JSON file with a format of your own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FormatPath { get; set; }

    /// <summary>
    /// LogFormat of Apache or log_format of nginx by which the server wrote the lines, or @file:name.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogFormat { get; set; }

    /// <summary>ErrorLogFormat of Apache by which the server wrote the lines, or @file with one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ErrorLogFormat { get; set; }

    /// <summary>Names that fields have in structured logs, such as @{ SourceIP = 'client_addr' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Property { get; set; }

    /// <summary>Settles the year of stamps that have none; now by default.</summary>
    [Parameter]
    public DateTimeOffset? ReferenceTime { get; set; }

    /// <summary>Zone of stamps that name none, as an id or an offset; by default the machine's.</summary>
    [Parameter]
    [TimeZoneTransformation]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNull]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>Name of a variable that takes the account of every line.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LedgerVariable { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _options = new LogReaderOptions
    {
        Format = OwnFormat.Choose(this, new FormatRequest
        {
            Name = Format,
            Pattern = Pattern,
            Path = FormatPath,
            LogFormat = LogFormat,
            ErrorLogFormat = ErrorLogFormat,
        }),
        PropertyNames = OwnFormat.ReadProperties(this, Property),
        ReferenceTime = ReferenceTime,
        TimeZone = TimeZone,
        Filter = ToFilter(),
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (InputObject?.BaseObject)
        {
            case null:
                break;
            case LogEvent logEvent:
                Write(_options.Filter?.Admits(logEvent) == false ? [] : [logEvent]);
                break;
            case string line:
                _text ??= new LogTextReader(_options, _ledger, SourceName);
                Write(_text.Add(line));
                break;
            default:
                ConvertObject(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (LogTextReader? reader in (LogTextReader?[])[_text, _objects])
        {
            Write(reader?.Complete() ?? []);
        }

        long unparsed = _ledger.Unparsed;
        if (unparsed > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"{unparsed} of {_ledger.LinesRead} lines of the pipeline could not be parsed; they are events of kind Unparsed."));
        }

        LedgerOutput.Set(this, LedgerVariable, _ledger);
    }

    private void ConvertObject(PSObject input)
    {
        if (WindowsRecordShape.IsRecord(input))
        {
            _records ??= new WindowsRecordReader(_options, _ledger);
            Write(_records.Read(WindowsRecordShape.Read(input)) is { } made ? [made] : []);
            return;
        }

        // What ConvertFrom-Json or Import-Csv gave goes back through the same reader as a line of JSON.
        _objects ??= new LogTextReader(_options with { Format = FormatArguments.Known("json") }, _ledger, SourceName);
        Write(_objects.Add(ObjectJson.Of(input)));
    }

    private void Write(IEnumerable<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            WriteObject(EventObject.Of(logEvent));
        }
    }
}
