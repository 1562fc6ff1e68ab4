using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// The one engine behind all commands: takes events, and when the input ends gives the analysis. It keeps the events of a run in
/// memory until then, because what is rare is known only at the end. One analyzer serves one thread and one run.
/// </summary>
public sealed class LogAnalyzer
{
    private readonly AnalysisOptions _options;
    private readonly ParseLedger _ledger;
    private readonly TemplateMiner _miner;
    private readonly SummaryBuilder _summary = new();
    private readonly List<LogEvent> _events = [];
    private bool _complete;

    /// <summary>Creates an analyzer.</summary>
    /// <param name="options">How to analyse, or null for the defaults.</param>
    /// <param name="ledger">The account of the lines, which the reader writes; or null where events come without one: then the analyzer counts them itself.</param>
    public LogAnalyzer(AnalysisOptions? options = null, ParseLedger? ledger = null)
    {
        _options = options ?? new AnalysisOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MinimumScore);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.MinimumScore, 100);
        _ledger = ledger ?? new ParseLedger();
        _miner = new TemplateMiner(_options.MaximumTemplates);
    }

    /// <summary>Takes one event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <exception cref="InvalidOperationException">The analysis is complete.</exception>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        if (_complete)
        {
            throw new InvalidOperationException("The analysis is complete; use a new analyzer for a new run.");
        }

        _miner.Add(logEvent);
        _summary.Add(logEvent);
        _events.Add(logEvent);
    }

    /// <summary>Ends the input and finds what is wrong in it.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The analysis.</returns>
    /// <exception cref="InvalidOperationException">The analysis is complete already.</exception>
    public LogAnalysis Complete(CancellationToken cancellation = default)
    {
        if (_complete)
        {
            throw new InvalidOperationException("The analysis is complete already.");
        }

        _complete = true;
        LogAnalysis analysis = new() { Ledger = _ledger, MinimumScore = _options.MinimumScore };
        analysis.Summary = _summary.Build([]);
        analysis.Templates = _miner.ToTemplates();
        return analysis;
    }
}
