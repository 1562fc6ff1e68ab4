namespace LogAnomaly.Analysis;

/// <summary>What a story has of one stage so far.</summary>
internal sealed class StagePart
{
    private const int Most = 5;

    private readonly List<Evidence> _evidence = new(1);
    private DateTimeOffset? _start;
    private DateTimeOffset? _end;
    private long _lines;

    /// <summary>Events, repeated ones as often as the log says.</summary>
    public long Count { get; private set; }

    /// <summary>From the first event to the last.</summary>
    public TimeSpan Length => _start is { } start && _end is { } end ? end - start : TimeSpan.Zero;

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="count">How often it happened.</param>
    public void Add(LogEvent logEvent, int count)
    {
        Count += count;
        _lines++;
        if (logEvent.Timestamp is { } time)
        {
            _start = _start is { } start && start <= time ? start : time;
            _end = _end is { } end && end >= time ? end : time;
        }

        // Then each line whose number is a power of two takes the last place: few strings are made, and late lines show
        // too.
        if (_evidence.Count < Most)
        {
            _evidence.Add(Evidence.Of(logEvent));
        }
        else if ((_lines & (_lines - 1)) == 0)
        {
            _evidence[Most - 1] = Evidence.Of(logEvent);
        }
    }

    /// <summary>The phase.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>What there is of it.</returns>
    public SessionPhase ToPhase(SessionStage stage) => new(stage, _start, _end, Count, [.. _evidence]);
}
