using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Finds what is known to be bad or unusual in logs and says why.</summary>
[Cmdlet(VerbsCommon.Find, "LogAnomaly", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(Anomaly))]
public sealed class FindLogAnomalyCommand : LogFileCommand
{
    private const string InputObjectSet = "InputObject";

    private LogAnalyzer? _analyzer;
    private LogFileReading? _reading;
    private LogFormat? _format;
    private LogFilter? _filter;
    private SuppressionSet? _suppressions;
    private VerdictSet? _verdicts;
    private LogBaseline? _baseline;
    private AlertBudget? _budget;
    private AnomalyFeed? _feed;

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>Threads that parse; by default one for each processor, at most 8.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, 64)]
    public int Threads { get; set; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>
    /// What is normal: a baseline, or the path of its file. Anomalies are then given as they are found.
    /// </summary>
    [Parameter]
    [BaselineTransformation]
    [ValidateNotNullOrEmpty]
    public object? Baseline { get; set; }

    /// <summary>How many findings somebody is willing to look at, such as 5/day.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AlertBudgetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AlertBudget { get; set; }

    /// <summary>
    /// Names of the detectors that judge single events by each other; the isolation forest by default.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Model { get; set; }

    /// <summary>Least score of an anomaly, 0 to 100; 25 by default.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double? MinimumScore { get; set; }

    /// <summary>Least severity of an anomaly.</summary>
    [Parameter]
    public Severity MinimumSeverity { get; set; }

    /// <summary>What looks at the events: Rules, Learned or All.</summary>
    [Parameter]
    public DetectorKinds Detector { get; set; } = DetectorKinds.All;

    /// <summary>Files and folders of Sigma rules to run beside the built-in ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RulePath { get; set; }

    /// <summary>Ids of rules that make no finding; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? ExcludeRule { get; set; }

    /// <summary>Seed of all that is random; 1 by default.</summary>
    [Parameter]
    public int Seed { get; set; } = 1;

    /// <summary>File with suppressions: findings that need not be seen.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    /// <summary>File with verdicts: what was said of earlier findings, by which these are ranked again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VerdictPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _budget = AlertArguments.ParseBudget(this, AlertBudget);
        AlertArguments.CheckModels(this, Model, hasBaseline: Baseline is not null);
        _baseline = BaselineArguments.Read(this, Baseline);
        _suppressions = SuppressionArguments.ReadSet(this, SuppressionPath);
        _verdicts = VerdictArguments.ReadSet(this, VerdictPath);
        _format = FormatArguments.Parse(this, Format);
        _filter = ToFilter();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Whether events or files come through the pipeline is known only here.
        if (ParameterSetName == InputObjectSet)
        {
            _analyzer ??= NewAnalyzer(ledger: null);
            if (_filter is null || _filter.Admits(InputObject))
            {
                Add(InputObject);
            }

            return;
        }

        ParseLedger ledger = new();
        _analyzer ??= NewAnalyzer(ledger);
        LogReaderOptions options = ToReaderOptions() with { Format = _format, Threads = Threads };
        _reading ??= new LogFileReading(this, options, ledger, Cancellation);
        _reading.Read(ResolveFiles(), Add);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading?.Finish();
        if (_analyzer is null)
        {
            return;
        }

        try
        {
            LogAnalysis analysis = _analyzer.Complete(Cancellation);
            SuppressionArguments.Tell(this, analysis);
            VerdictArguments.Tell(this, analysis);
            AlertArguments.Tell(this, analysis, AlertBudget);
            foreach (Anomaly anomaly in _feed!.Rest(analysis))
            {
                WriteObject(anomaly);
            }
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: there is nobody to write to.
            return;
        }
    }

    private void Add(LogEvent logEvent)
    {
        _analyzer!.Add(logEvent);
        foreach (Anomaly anomaly in _feed!.TakeFound())
        {
            WriteObject(anomaly);
        }
    }

    private LogAnalyzer NewAnalyzer(ParseLedger? ledger)
    {
        AnalysisOptions options = new()
        {
            Baseline = _baseline,
            AlertBudget = _budget,
            Models = Model ?? new AnalysisOptions().Models,
            MinimumScore = MinimumScore,
            MinimumSeverity = MinimumSeverity,
            Seed = Seed,
            Detectors = Detector,
            Rules = Detector.HasFlag(DetectorKinds.Rules) ? RuleArguments.Load(this, RulePath) : null,
            ExcludedRules = ExcludeRule ?? [],
            Suppressions = _suppressions,
            Verdicts = _verdicts,
        };
        LogAnalyzer analyzer = new(options, ledger);
        _feed = new AnomalyFeed(analyzer, options);
        return analyzer;
    }
}
