using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Shows what each suppression hides in logs, and which hide nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogSuppression", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SuppressionUse))]
public sealed class TestLogSuppressionCommand : LogFileCommand
{
    private readonly ParseLedger _ledger = new();
    private SuppressionSet? _suppressions;
    private LogAnalyzer? _analyzer;
    private LogFileReading? _reading;
    private DateTimeOffset _now;

    /// <summary>File with the suppressions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string SuppressionPath { get; set; } = SuppressionFile.DefaultName;

    /// <summary>Name of the format of the logs; by default it is found out for each file.</summary>
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
        _now = DateTimeOffset.Now;
        _suppressions = SuppressionArguments.ReadSet(this, SuppressionPath);
        LogReaderOptions options = ToReaderOptions() with
        {
            Format = FormatArguments.Parse(this, Format),
            Threads = Math.Min(Environment.ProcessorCount, 8),
        };
        _reading = new LogFileReading(this, options, _ledger, Cancellation);
        AnalysisOptions analysis = new()
        {
            KeepCube = false,
            Rules = RuleArguments.Load(this, RulePath),
            Suppressions = _suppressions,
            SuppressionTime = _now,
        };
        _analyzer = new LogAnalyzer(analysis, _ledger);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _reading!.Read(ResolveFiles(), _analyzer!.Add);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading!.Finish();
        try
        {
            LogAnalysis analysis = _analyzer!.Complete(Cancellation);
            WriteObject(SuppressionUse.Of(analysis, _suppressions!, _now), enumerateCollection: true);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: there is nobody to write to.
            return;
        }
    }
}
