using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>
/// The rules of an analysis. They run beside the thread that gives them events (see <see cref="EventStages"/>), by
/// themselves or as a stage among those of another run.
/// </summary>
internal sealed class RuleRun
{
    private readonly RuleEngine _engine;
    private readonly LearnedRules _learned;
    private readonly EventStages _stages;

    /// <summary>Creates a run.</summary>
    /// <param name="rules">The rules.</param>
    public RuleRun(RuleSet rules)
    {
        _engine = new RuleEngine(rules);
        _learned = new LearnedRules(rules.Rules.Where(rule => rule.Type == LogRuleType.Learned), _engine);
        _stages = new EventStages(null, Judge);
    }

    /// <summary>Whether a rule asks events of a kind for their templates.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether one does; the events must then be mined before they are added.</returns>
    public bool ReadsTemplates(LogKind kind) => _learned.ReadsTemplates(kind);

    /// <summary>Takes an event, to be judged soon.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent) => _stages.Add(logEvent);

    /// <summary>Waits until all events so far have been judged.</summary>
    public void Wait() => _stages.Wait();

    /// <summary>Judges events at once; as a stage of a run, in place of <see cref="Add"/>.</summary>
    /// <param name="events">The events.</param>
    public void Judge(ReadOnlySpan<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            _engine.Add(logEvent);
            _learned.Add(logEvent);
        }
    }

    /// <summary>Ends the input.</summary>
    /// <returns>The findings, in the order of their opening.</returns>
    public IReadOnlyList<RuleFinding> Complete()
    {
        Wait();
        _learned.Complete();
        _engine.Complete();
        return _engine.Findings;
    }
}
