using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Measures how well detectors find what is labelled in logs, beside simple ones.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "LogDetector", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DetectorMeasurement))]
public sealed class MeasureLogDetectorCommand : LogFileCommand
{
    private LogEvaluation? _evaluation;
    private LogLabelSource? _labels;
    private LogFileReading? _reading;

    /// <summary>Where it is said which lines are anomalous.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Label { get; set; } = "";

    /// <summary>Names of the detectors; all by default. The simple ones always stand beside.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DetectorCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Detector { get; set; } = [.. LogEvaluation.DetectorNames];

    /// <summary>Share of the events, the earliest, to learn from.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.99)]
    public double TrainingShare { get; set; } = 0.5;

    /// <summary>Number of runs, each with the next seed.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Repeat { get; set; } = 1;

    /// <summary>Seed of the first run.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>Least severity of a finding that counts.</summary>
    [Parameter]
    public Severity MinimumSeverity { get; set; } = Severity.Medium;

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>Files and folders of Sigma rules to run beside the built-in ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RulePath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _labels = new LogLabelSource(Label);
            _evaluation = new LogEvaluation(new LogEvaluationOptions
            {
                Labels = _labels,
                Detectors = Detector,
                TrainingShare = TrainingShare,
                Runs = Repeat,
                Seed = Seed,
                MinimumSeverity = MinimumSeverity,
                Rules = RuleArguments.Load(this, RulePath),
            });
        }
        catch (FormatException error)
        {
            ThrowTerminatingError(Errors.BadLabel(error, Label));
        }
        catch (ArgumentException error)
        {
            ThrowTerminatingError(Errors.UnknownDetector(error, Detector));
        }

        LogReaderOptions options = ToReaderOptions() with
        {
            Format = FormatArguments.Parse(this, Format),
            Threads = Math.Min(Environment.ProcessorCount, 8),
        };
        _reading = new LogFileReading(this, options, new ParseLedger(), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!_labels!.CutsColumn)
        {
            _reading!.Read(ResolveFiles(), _evaluation!.Add);
            return;
        }

        foreach (string path in ResolveFiles())
        {
            try
            {
                _reading!.Read(_labels.Open(path, Cancellation), path, _evaluation!.Add);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                WriteError(Errors.FileNotRead(path, error));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading!.Finish();
        try
        {
            WriteObject(_evaluation!.Complete(Cancellation), enumerateCollection: true);
        }
        catch (InvalidDataException error)
        {
            ThrowTerminatingError(Errors.NotMeasured(error, Label));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: nothing may be written any more.
            return;
        }
    }
}
