using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Measures logs: how much, how bad, when, from whom.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Log", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(LogMeasurement), typeof(LogGroup), typeof(LogInterval))]
public sealed class MeasureLogCommand : LogFileCommand
{
    private const string InputObjectSet = "InputObject";

    private LogMeasurer? _measurer;
    private LogGrouper? _grouper;
    private LogFileReading? _reading;
    private LogFilter? _filter;
    private Action<LogEvent> _add = _ => { };

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>Fields by whose values events are taken together; a row comes out for each group.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? GroupBy { get; set; }

    /// <summary>
    /// Width of the intervals to count in; a row comes out for each interval, or for each group in it.
    /// </summary>
    [Parameter]
    public TimeSpan? Interval { get; set; }

    /// <summary>Values that are listed of a field.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Top { get; set; } = new MeasurementOptions().Top;

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Interval <= TimeSpan.Zero)
        {
            ThrowTerminatingError(Errors.IntervalNotPositive(Interval.Value, nameof(Interval)));
        }

        MeasurementOptions options = new() { Interval = Interval, Top = Top };
        _grouper = GroupBy is null ? null : new LogGrouper(GroupBy, options);
        _measurer = GroupBy is null ? new LogMeasurer(options) : null;
        _add = _grouper is null ? _measurer!.Add : _grouper.Add;
        _filter = ToFilter();
        LogReaderOptions reader = ToReaderOptions() with
        {
            Format = FormatArguments.Parse(this, Format),
            Threads = Math.Min(Environment.ProcessorCount, 8),
        };
        _reading = new LogFileReading(this, reader, new ParseLedger(), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputObjectSet)
        {
            _reading!.Read(ResolveFiles(), _add);
        }
        else if (_filter is null || _filter.Admits(InputObject))
        {
            _add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading!.Finish();
        if (Cancellation.IsCancellationRequested)
        {
            return;
        }

        if (_measurer is not null)
        {
            LogMeasurement measurement = _measurer.Complete();
            WriteObject(Interval is null ? measurement : measurement.Intervals, enumerateCollection: true);
            return;
        }

        foreach (string field in _grouper!.MissingFields)
        {
            WriteWarning($"No event has a field '{VisibleText.Escape(field)}'.");
        }

        foreach (LogGroup group in _grouper.Complete())
        {
            WriteObject(GroupObject.Of(group));
        }
    }
}
