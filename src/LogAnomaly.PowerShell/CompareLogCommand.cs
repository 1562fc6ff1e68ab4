using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Tells how a log differs from a reference, such as the time after a deploy from the time before.</summary>
[Cmdlet(VerbsData.Compare, "Log")]
[OutputType(typeof(LogDifference))]
public sealed class CompareLogCommand : CancellableCommand
{
    private LogComparison? _comparison;
    private LogReaderOptions? _options;
    private bool _failed;

    /// <summary>The reference: paths of logs or of baselines, events, or baselines.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Reference { get; set; } = [];

    /// <summary>What is compared with it: paths of logs or of baselines, events, or baselines.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Difference { get; set; } = [];

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>Zone of stamps that name none, as an id or an offset; by default the machine's.</summary>
    [Parameter]
    [TimeZoneTransformation]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNull]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>Least factor by which a rate must have grown or shrunk; 1.5 by default.</summary>
    [Parameter]
    [ValidateRange(1.0, 1000.0)]
    public double MinimumRatio { get; set; } = new ComparisonOptions().MinimumRatio;

    /// <summary>Also gives templates and values of one side alone that are too few to be told from chance.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _comparison = new LogComparison(new ComparisonOptions { MinimumRatio = MinimumRatio, IncludesUncertain = All });
        _options = new LogReaderOptions
        {
            TimeZone = TimeZone,
            Format = FormatArguments.Parse(this, Format),
            Threads = Math.Min(Environment.ProcessorCount, 8),
        };
        Take(Reference, _comparison.AddReference, _comparison.IncludeReference);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Take(Difference, _comparison!.AddDifference, _comparison!.IncludeDifference);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            IReadOnlyList<LogDifference> found = _comparison!.Complete(Cancellation);
            if (_comparison.ReferenceEvents == 0 || _comparison.DifferenceEvents == 0)
            {
                WriteError(Errors.NothingToCompare(_comparison.ReferenceEvents == 0 ? "Reference" : "Difference"));
                return;
            }

            WriteObject(found, enumerateCollection: true);
            WriteVerbose(FormattableString.Invariant(
                $"{_comparison.ReferenceEvents} and {_comparison.DifferenceEvents} events, {_comparison.Tests} tests."));
            WriteVerbose(FormattableString.Invariant(
                $"{_comparison.Uncertain} templates and values of one side alone may be chance; -All gives them too."));
            if (_failed)
            {
                WriteWarning("Not all of the input could be read: what is new or gone may stand in the rest.");
            }
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: there is nobody to write to.
            return;
        }
    }

    private void Take(PSObject[] inputs, Action<LogEvent> add, Action<LogBaseline> include)
    {
        List<string> paths = [];
        foreach (PSObject input in inputs)
        {
            switch (BaselineTransformationAttribute.Of(input))
            {
                case LogBaseline baseline:
                    include(baseline);
                    break;
                case PSObject { BaseObject: LogEvent logEvent }:
                    add(logEvent);
                    break;
                case PSObject { BaseObject: string path }:
                    paths.AddRange(Expand(path));
                    break;
                case PSObject { BaseObject: FileInfo file }:
                    paths.Add(file.FullName);
                    break;
                default:
                    _failed = true;
                    WriteError(Errors.NotComparable(input.BaseObject));
                    break;
            }
        }

        Read(paths, add, include);
    }

    private IReadOnlyList<string> Expand(string path)
    {
        IReadOnlyList<string> files = FileArguments.Expand(this, path);
        _failed |= files.Count == 0;
        return files;
    }

    private void Read(List<string> paths, Action<LogEvent> add, Action<LogBaseline> include)
    {
        foreach (string path in paths.Where(BaselineFile.IsBaseline))
        {
            try
            {
                include(BaselineFile.Read(path));
            }
            catch (InvalidDataException error)
            {
                _failed = true;
                WriteError(Errors.BadBaseline(error, path));
            }
        }

        string[] logs = [.. paths.Where(path => !BaselineFile.IsBaseline(path))];
        if (logs.Length > 0)
        {
            LogFileReading reading = new(this, _options!, new ParseLedger(), Cancellation);
            reading.Read(logs, add);
            reading.Finish();
            _failed |= reading.HasFailed;
        }
    }
}
