using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Learns from logs what is normal, or makes one baseline of several.</summary>
[Cmdlet(VerbsCommon.New, "LogBaseline", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(LogBaseline))]
public sealed class NewLogBaselineCommand : LogFileCommand
{
    private const string InputObjectSet = "InputObject";
    private const string MergeSet = "Merge";

    private BaselineLearner? _learner;
    private LogFileReading? _reading;
    private LogFormat? _format;
    private LogFilter? _filter;
    private LogBaseline? _previous;

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>Baselines, such as those of several hosts, to make one of.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MergeSet)]
    [BaselineTransformation]
    [ValidateNotNullOrEmpty]
    public LogBaseline[] Merge { get; set; } = [];

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>What the baseline is called.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// How long it learns, in the time of the log from its first event, such as 14d; all of it by default.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [TimeAmountTransformation]
    public TimeSpan? LearningPeriod { get; set; }

    /// <summary>The baseline to go on from, or the path of its file.</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [BaselineTransformation]
    [ValidateNotNullOrEmpty]
    public object? Baseline { get; set; }

    /// <summary>
    /// How long before the latest event a value may have been seen last to be kept, such as 90d; all are kept by
    /// default.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [TimeAmountTransformation]
    public TimeSpan? MaximumAge { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _previous = BaselineArguments.Read(this, Baseline);
        _format = FormatArguments.Parse(this, Format);
        _filter = ToFilter();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == MergeSet)
        {
            return;
        }

        // Whether events or files come through the pipeline is known only here.
        _learner ??= NewLearner();
        if (ParameterSetName == InputObjectSet)
        {
            if (_filter is null || _filter.Admits(InputObject))
            {
                _learner.Add(InputObject);
            }

            return;
        }

        LogReaderOptions options = ToReaderOptions() with
        {
            Format = _format,
            Threads = Math.Min(Environment.ProcessorCount, 8),
        };
        _reading ??= new LogFileReading(this, options, new ParseLedger(), Cancellation);
        _reading.Read(ResolveFiles(), logEvent => _learner.Add(logEvent));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading?.Finish();
        try
        {
            if (ParameterSetName == MergeSet)
            {
                WriteObject(LogBaseline.Merge(Merge, Name));
            }
            else if (_learner is { Learned: > 0 })
            {
                WriteVerbose(FormattableString.Invariant(
                    $"{_learner.Learned} events were learned from; {_learner.LeftOut} lie after the learning period."));
                WriteObject(_learner.Complete(Cancellation));
            }
            else
            {
                WriteError(Errors.NothingLearned(Name ?? "baseline"));
            }
        }
        catch (InvalidDataException error)
        {
            ThrowTerminatingError(Errors.BadBaseline(error, Name ?? "baseline"));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: there is nobody to write to.
            return;
        }
    }

    private BaselineLearner NewLearner() => new(new BaselineOptions
    {
        Name = Name,
        LearningPeriod = LearningPeriod,
        Previous = _previous,
        MaximumAge = MaximumAge,
        TimeZone = TimeZone.Id,
        Rules = RuleArguments.Load(this, paths: null),
    });
}
