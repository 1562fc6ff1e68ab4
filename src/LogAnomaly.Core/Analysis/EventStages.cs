namespace LogAnomaly.Analysis;

/// <summary>
/// Runs the parts of an analysis beside the thread that gives it events, in batches and each part in order, so that a
/// log takes little longer than the slowest part where there are processors enough. What a part throws is thrown where
/// a later batch is given.
/// </summary>
internal sealed class EventStages
{
    private const int BatchSize = 1_024;
    private const int MostBatches = 16;

    private readonly EventStage? _first;
    private readonly EventStage[] _others;
    private readonly Task[] _last;
    private readonly Queue<Task> _pending = new();
    private Task _lastOfFirst = Task.CompletedTask;
    private LogEvent[] _batch = new LogEvent[BatchSize];
    private int _count;

    /// <summary>Creates the stages.</summary>
    /// <param name="first">What is done to a batch before the others see it, or null for nothing.</param>
    /// <param name="others">What is done then, side by side.</param>
    public EventStages(EventStage? first, params EventStage[] others)
    {
        _first = first;
        _others = others;
        _last = [.. others.Select(_ => Task.CompletedTask)];
    }

    /// <summary>Takes an event, to be handed on soon.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Whether it filled a batch, which was handed on.</returns>
    public bool Add(LogEvent logEvent)
    {
        _batch[_count++] = logEvent;
        if (_count < BatchSize)
        {
            return false;
        }

        HandOn();
        return true;
    }

    /// <summary>Waits until all events so far went through all stages.</summary>
    public void Wait()
    {
        if (_count > 0)
        {
            HandOn();
        }

        _pending.Clear();
        _lastOfFirst.GetAwaiter().GetResult();
        foreach (Task last in _last)
        {
            last.GetAwaiter().GetResult();
        }
    }

    private void HandOn()
    {
        ReadOnlyMemory<LogEvent> batch = _batch.AsMemory(0, _count);
        _batch = new LogEvent[BatchSize];
        _count = 0;
        while (_pending.Count >= MostBatches * Math.Max(_others.Length, 1))
        {
            _pending.Dequeue().GetAwaiter().GetResult();
        }

        if (_first is { } first)
        {
            _lastOfFirst = After(_lastOfFirst, batch, first);
        }

        for (int i = 0; i < _others.Length; i++)
        {
            Task before = _first is null ? _last[i] : Task.WhenAll(_lastOfFirst, _last[i]);
            _last[i] = After(before, batch, _others[i]);
            _pending.Enqueue(_last[i]);
        }

        if (_others.Length == 0)
        {
            _pending.Enqueue(_lastOfFirst);
        }
    }

    // A batch after one that failed is not run: its failure goes on to whoever waits.
    private static Task After(Task before, ReadOnlyMemory<LogEvent> batch, EventStage stage) => before.ContinueWith(
        previous =>
        {
            previous.GetAwaiter().GetResult();
            stage(batch.Span);
        },
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);
}
