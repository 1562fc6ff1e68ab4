using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>Judges the events of a run by a baseline, each as it comes.</summary>
internal sealed class BaselineRun
{
    // The judgements of a day or so, until the run has made more: the first hour is not looked at more closely than the
    // rest.
    private const long LeastJudgements = 5_000;

    private readonly LogAnalysis _analysis;
    private readonly AnalysisOptions _options;
    private readonly double _minimumScore;
    private readonly EventsPart _events;
    private readonly BehavioursPart _behaviours;
    private readonly double _askedScore;

    /// <summary>Creates a run.</summary>
    /// <param name="parts">The parts of the baseline.</param>
    /// <param name="options">How to analyse.</param>
    /// <param name="minimumScore">Least score that is reported.</param>
    /// <param name="analysis">The analysis that the anomalies come from.</param>
    public BaselineRun(
        IReadOnlyList<IBaselinePart> parts, AnalysisOptions options, double minimumScore, LogAnalysis analysis)
    {
        _options = options;
        _minimumScore = minimumScore;
        _analysis = analysis;
        _events = parts.OfType<EventsPart>().Single();
        _behaviours = parts.OfType<BehavioursPart>().Single();
        _askedScore = options.MinimumScore ?? Score.Reported;
    }

    /// <summary>Findings of at least the score that was asked for which the budget of alerts held back.</summary>
    public long HeldBack { get; private set; }

    /// <summary>Judges an event.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    /// <param name="found">Receives the anomalies.</param>
    public void Add(LogEvent logEvent, ICollection<Anomaly> found)
    {
        _behaviours.Set.Add(logEvent);
        TellBehaviours(found);
        double probability = _events.ProbabilityOf(logEvent, out EventProfile? profile, out string detector);
        if (profile is null)
        {
            return;
        }

        double score = Score.Of(probability, probability * profile.PerDay, profile.PerDay);
        if (IsReported(score))
        {
            found.Add(EventAnomaly.Of(
                logEvent,
                score,
                detector,
                profile.ReasonsFor(logEvent),
                profile.NormalIf(logEvent),
                _options,
                _analysis));
        }
    }

    /// <summary>Ends the input.</summary>
    /// <param name="found">Receives the anomalies that only the end tells.</param>
    public void Complete(ICollection<Anomaly> found)
    {
        _behaviours.Set.Complete();
        TellBehaviours(found);
    }

    private void TellBehaviours(ICollection<Anomaly> found)
    {
        foreach (DetectorFinding finding in _behaviours.Set.TakeFindings())
        {
            double score = _behaviours.ScoreOf(finding, LeastJudgements);
            if (IsReported(score))
            {
                found.Add(BehaviourAnomaly.Of(finding, score, _options, _analysis));
            }
        }
    }

    private bool IsReported(double score)
    {
        if (score >= _minimumScore)
        {
            return true;
        }

        HeldBack += score >= _askedScore ? 1 : 0;
        return false;
    }
}
