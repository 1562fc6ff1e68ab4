using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>
/// Runs the rules of an analysis beside the thread that gives it events, in batches and in order, so that a log on two processors
/// takes little longer than the slower of the two parts. What a rule throws is thrown where the next batch is given.
/// </summary>
internal sealed class RuleRun
{
    private const int BatchSize = 1_024;
    private const int MostBatches = 16;

    private readonly RuleEngine _engine;
    private readonly LearnedRules _learned;
    private readonly Queue<Task> _pending = new();
    private Task _last = Task.CompletedTask;
    private LogEvent[] _batch = new LogEvent[BatchSize];
    private int _count;

    /// <summary>Creates a run.</summary>
    /// <param name="rules">The rules.</param>
    public RuleRun(RuleSet rules)
    {
        _engine = new RuleEngine(rules);
        _learned = new LearnedRules(rules.Rules.Where(rule => rule.Type == LogRuleType.Learned), _engine);
    }

    /// <summary>Whether a rule asks events of a kind for their templates.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether one does; the events must then be mined before they are added.</returns>
    public bool ReadsTemplates(LogKind kind) => _learned.ReadsTemplates(kind);

    /// <summary>Takes an event, to be judged soon.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        _batch[_count++] = logEvent;
        if (_count < BatchSize)
        {
            return;
        }

        LogEvent[] batch = _batch;
        _batch = new LogEvent[BatchSize];
        _count = 0;
        if (_pending.Count >= MostBatches)
        {
            _pending.Dequeue().GetAwaiter().GetResult();
        }

        _last = _last.ContinueWith(
            previous =>
            {
                // A batch after one that failed is not run: its failure goes on to whoever waits.
                previous.GetAwaiter().GetResult();
                Run(batch);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        _pending.Enqueue(_last);
    }

    /// <summary>Waits until all events so far have been judged.</summary>
    public void Wait()
    {
        _pending.Clear();
        _last.GetAwaiter().GetResult();
        Run(_batch.AsSpan(0, _count));
        _count = 0;
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

    private void Run(ReadOnlySpan<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            _engine.Add(logEvent);
            _learned.Add(logEvent);
        }
    }
}
