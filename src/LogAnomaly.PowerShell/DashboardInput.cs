using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Places;

namespace LogAnomaly.PowerShell;

/// <summary>
/// What a page is made of: anomalies, whose analysis gives the context, or events, which are analysed here.
/// </summary>
internal sealed class DashboardInput
{
    private readonly PSCmdlet _command;
    private readonly List<Anomaly> _anomalies = [];
    private readonly HashSet<LogAnalysis> _analyses = [];
    private LogAnalysis? _first;
    private LogAnalyzer? _analyzer;

    /// <summary>Creates an input without anything in it.</summary>
    /// <param name="command">The cmdlet that takes it, for its errors.</param>
    public DashboardInput(PSCmdlet command) => _command = command;

    /// <summary>Where sources come from; countries are told while events are counted.</summary>
    public SourcePlaces Places { get; set; } = SourcePlaces.Shipped;

    /// <summary>The account of files that are read for the page.</summary>
    public ParseLedger Ledger { get; } = new();

    /// <summary>Whether anything was taken in: an anomaly, an event, or a file, though it may hold no event.</summary>
    public bool HasInput => _anomalies.Count > 0 || _analyzer is not null || Ledger.LinesRead > 0;

    /// <summary>Analyses that the anomalies come from.</summary>
    public int AnalysisCount => _analyses.Count;

    /// <summary>Takes an object from the pipeline.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The error where it cannot be taken, or null.</returns>
    public ErrorRecord? TryAdd(object input)
    {
        switch (input)
        {
            case Anomaly when _analyzer is not null:
            case LogEvent when _anomalies.Count > 0:
                return Errors.MixedInput(input);
            case Anomaly anomaly:
                Add(anomaly);
                return null;
            case LogEvent logEvent:
                (_analyzer ??= NewAnalyzer(ledger: null)).Add(logEvent);
                return null;
            default:
                return Errors.UnsupportedInput(input);
        }
    }

    /// <summary>Takes an event of a file whose account is <see cref="Ledger"/>.</summary>
    /// <param name="logEvent">The event.</param>
    public void AddRead(LogEvent logEvent) => (_analyzer ??= NewAnalyzer(Ledger)).Add(logEvent);

    /// <summary>The analysis to draw; an empty one where there was no input.</summary>
    /// <param name="stopping">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The analysis.</returns>
    public LogAnalysis ToAnalysis(CancellationToken stopping) => _anomalies.Count > 0
        ? (_first ?? new LogAnalyzer().Complete(stopping)).WithAnomalies(_anomalies)
        : (_analyzer ?? new LogAnalyzer(ledger: Ledger)).Complete(stopping);

    private LogAnalyzer NewAnalyzer(ParseLedger? ledger) =>
        new(
            new AnalysisOptions { Rules = RuleArguments.Load(_command, paths: null), CountryOf = Places.CountryOf },
            ledger);

    private void Add(Anomaly anomaly)
    {
        _anomalies.Add(anomaly);
        if (anomaly.GetAnalysis() is { } analysis)
        {
            _first ??= analysis;
            _analyses.Add(analysis);
        }
    }
}
