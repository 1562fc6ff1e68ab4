using System.IO.Enumeration;
using LogAnomaly.Detection;
using LogAnomaly.Features;
using LogAnomaly.Rules;
using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// The one engine behind all commands: takes events, and when the input ends gives the analysis. Rules judge each event
/// as it comes; the learned detectors take it as a row of features and judge when the input ends, because what is rare
/// is known only then. One analyzer serves one thread and one run; what it does with events it does in stages beside
/// that thread.
/// </summary>
public sealed class LogAnalyzer
{
    private readonly AnalysisOptions _options;
    private readonly ParseLedger _ledger;
    private readonly TemplateMiner _miner;
    private readonly SummaryBuilder _summary = new();
    private readonly EventRows?[] _rows = new EventRows?[Enum.GetValues<LogKind>().Length];
    private readonly LogAnalysis _analysis;
    private readonly IReadOnlyList<IBaselinePart>? _parts;
    private readonly BaselineRun? _baseline;
    private readonly BehavioursPart _behaviours = new();
    private readonly List<Anomaly> _found = [];
    private readonly RuleRun? _rules;
    private readonly bool _learns;
    private readonly Dictionary<LogSource, LedgerEntry>? _entries;
    private readonly CubeBuilder? _cube;
    private readonly EventStages? _stages;
    private long _mined;
    private bool _complete;

    /// <summary>Creates an analyzer.</summary>
    /// <param name="options">How to analyse, or null for the defaults.</param>
    /// <param name="ledger">The account of the lines, which the reader writes; or null where the events bring it, or
    /// come without one: then the analyzer counts them itself.</param>
    public LogAnalyzer(AnalysisOptions? options = null, ParseLedger? ledger = null)
    {
        _options = options ?? new AnalysisOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MinimumScore ?? 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.MinimumScore ?? 0, 100);
        _ledger = ledger ?? new ParseLedger();
        _entries = ledger is null ? [] : null;
        _miner = new TemplateMiner(_options.MaximumTemplates);
        _learns = _options.Detectors.HasFlag(DetectorKinds.Learned);
        if (_options.Rules is { } rules && _options.Detectors.HasFlag(DetectorKinds.Rules))
        {
            _rules = new RuleRun(rules);
        }

        _cube = _options.KeepCube ? new CubeBuilder(_options.CountryOf) : null;
        _analysis = new LogAnalysis { Ledger = _ledger, Cube = _cube };
        _parts = _options.Baseline?.Restore();
        if (_parts is not null && _learns)
        {
            _baseline = new BaselineRun(_parts, _options, StreamingScore(), _analysis);
            return;
        }

        EventStage?[] beside = [Count, _cube is null ? null : Break, _rules is null ? null : _rules.Judge];
        _stages = new EventStages(Mine, [.. beside.OfType<EventStage>()]);
    }

    /// <summary>
    /// Anomalies that were found as their events came, which only a run with a baseline does; they are part of the
    /// analysis too. What suppressions or verdicts change is known when the run is complete.
    /// </summary>
    public IReadOnlyList<Anomaly> FoundSoFar => _found;

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

        if (_entries is not null)
        {
            Account(logEvent, _entries);
        }

        if (_stages is null)
        {
            AddAtOnce(logEvent);
        }
        else if (_stages.Add(logEvent))
        {
            LeaveBlocks(_stages);
        }
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
        _stages?.Wait();
        LogAnalysis analysis = _analysis;
        analysis.Templates = _miner.ToTemplates();
        foreach (LogTemplate template in analysis.Templates)
        {
            template.Share = (double)template.Count / _mined;
        }

        analysis.Anomalies = Find(analysis, cancellation);
        _options.Suppressions?.Apply(analysis, _options.SuppressionTime ?? DateTimeOffset.UtcNow);
        analysis.Summary = _summary.Build(analysis.Anomalies);
        return analysis;
    }

    private List<Anomaly> Find(LogAnalysis analysis, CancellationToken cancellation)
    {
        List<Anomaly> found = [.. FindByRules(analysis)];
        int families = _baseline is null ? FindByLearning(analysis, found, cancellation) : FindByBaseline(found);
        IReadOnlyList<Anomaly> wanted =
            [.. _options.Verdicts?.Apply(analysis, found, _options.SuppressionTime ?? DateTimeOffset.UtcNow) ?? found];
        wanted = AlertThreshold.Apply(
            analysis,
            [.. wanted.Where(IsWanted)],
            _options,
            _parts?.OfType<AlertsPart>().Single().History,
            _summary.Days,
            families);
        analysis.HeldBack += _baseline?.HeldBack ?? 0;

        // A stable sort: equal scores stay in the order of the input, kind by kind.
        return [.. wanted.OrderByDescending(anomaly => anomaly.Score)];
    }

    private int FindByLearning(LogAnalysis analysis, List<Anomaly> found, CancellationToken cancellation)
    {
        AnomalyFinder finder = new(_options, analysis);
        double minimumScore = _options.MinimumScore ?? Score.Reported;
        int families = 0;
        foreach (EventRows? rows in _rows)
        {
            if (rows is not null)
            {
                families++;
                found.AddRange(finder.Find(rows, minimumScore, cancellation));
            }
        }

        if (!_learns)
        {
            return 0;
        }

        _behaviours.EndLearning(cancellation);
        foreach (DetectorFinding finding in _behaviours.Set.Findings)
        {
            double score = _behaviours.ScoreOf(finding);
            if (score >= minimumScore)
            {
                found.Add(BehaviourAnomaly.Of(finding, score, _options, analysis));
            }
        }

        return families + 1;
    }

    private int FindByBaseline(List<Anomaly> found)
    {
        _baseline!.Complete(_found);
        found.AddRange(_found);
        return 2;
    }

    // A budget needs a history to be kept while events come; where there is none, what is found is weighed at the end.
    private double StreamingScore()
    {
        double least = _options.MinimumScore ?? Score.Reported;
        AlertHistory? history = _parts?.OfType<AlertsPart>().Single().History;
        return _options.AlertBudget is { } budget && history is { Days: > 0 }
            ? history.ScoreFor(budget.PerDay, least)
            : least;
    }

    private IEnumerable<Anomaly> FindByRules(LogAnalysis analysis) =>
        _rules is null ? [] : _rules.Complete().Select(finding => RuleAnomaly.Of(finding, analysis));

    // With a baseline, what an event tells is told before the next one comes.
    private void AddAtOnce(LogEvent logEvent)
    {
        _summary.Add(logEvent);
        if (_learns || _rules?.ReadsTemplates(logEvent.Kind) == true)
        {
            _miner.Add(logEvent);
            _mined++;
        }

        _cube?.Add(logEvent);
        _rules?.Add(logEvent);
        _baseline?.Add(logEvent, _found);
    }

    // The behaviours read a template as far as it is known at its event, so they go with the miner.
    private void Mine(ReadOnlySpan<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            if (_learns || _rules?.ReadsTemplates(logEvent.Kind) == true)
            {
                _miner.Add(logEvent);
                _mined++;
            }

            if (_learns)
            {
                _behaviours.Learn(logEvent);
            }
        }
    }

    private void Count(ReadOnlySpan<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            _summary.Add(logEvent);
            if (_learns)
            {
                Learn(logEvent);
            }
        }
    }

    private void Break(ReadOnlySpan<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            _cube!.Add(logEvent);
        }
    }

    // Kinds are judged apart: what is usual for a request says nothing about a login.
    private void Learn(LogEvent logEvent)
    {
        EventRows rows = _rows[(int)logEvent.Kind] ??= new EventRows(
            logEvent.Kind, _options.MinimumScore < Score.Reported ? EventHolding.All : EventHolding.Odd);
        rows.Add(logEvent);
        if (rows.IsFull)
        {
            rows.Sweep();
        }
    }

    // On the thread of the caller, who may read events too, and while no stage does.
    private void LeaveBlocks(EventStages stages)
    {
        foreach (EventRows? rows in _rows)
        {
            if (rows is { HoldsBlocks: true })
            {
                stages.Wait();
                rows.LeaveBlocks();
            }
        }
    }

    private bool IsWanted(Anomaly anomaly) =>
        anomaly.Severity >= _options.MinimumSeverity
        && anomaly.Score >= (_options.MinimumScore ?? 0)
        && !(anomaly.RuleId is { } id && _options.ExcludedRules.Any(
            pattern => FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: true)));

    // Events that a reader made bring its account with them, which also knows of lines that no event reached this
    // analyzer for.
    private void Account(LogEvent logEvent, Dictionary<LogSource, LedgerEntry> entries)
    {
        if (!entries.TryGetValue(logEvent.Source, out LedgerEntry? entry))
        {
            entry = logEvent.Source.Entry ?? new LedgerEntry(logEvent.Path, logEvent.Kind.ToString());
            _ledger.Include(entry);
            entries.Add(logEvent.Source, entry);
        }

        if (logEvent.Source.Entry is not null)
        {
            return;
        }

        entry.LinesRead++;
        entry.Bytes += System.Text.Encoding.UTF8.GetByteCount(logEvent.Raw);
        if (logEvent.Kind == LogKind.Unparsed)
        {
            entry.Unparsed++;
        }
        else
        {
            entry.Parsed++;
        }
    }
}
