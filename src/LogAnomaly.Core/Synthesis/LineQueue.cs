namespace LogAnomaly.Synthesis;

/// <summary>
/// Lines that are due, by time. What one visitor or program does is written ahead as a whole, and the queue puts the
/// lines of all of them in order; it holds no more than what goes on at the same time.
/// </summary>
internal sealed class LineQueue
{
    private readonly PriorityQueue<SyntheticLine, (long Ticks, long Order)> _lines = new();
    private readonly TimeSpan _offset;
    private readonly long _resolution;
    private readonly List<(long From, long To, long Shift)> _warps = [];
    private long _order;

    /// <summary>Creates a queue.</summary>
    /// <param name="offset">Offset from UTC of all stamps.</param>
    /// <param name="resolution">Ticks of the finest unit of time that the log shows.</param>
    public LineQueue(TimeSpan offset, long resolution)
    {
        _offset = offset;
        _resolution = resolution;
    }

    /// <summary>Label of the lines that are added: that of the incident that is written, or null.</summary>
    public string? Label { get; set; }

    /// <summary>Id of the incident whose lines are added, or null.</summary>
    public string? IncidentId { get; set; }

    /// <summary>Lines added so far.</summary>
    public long Added => _order;

    /// <summary>Local ticks of the earliest line; <see cref="long.MaxValue"/> where there is none.</summary>
    public long NextTicks => _lines.TryPeek(out _, out (long Ticks, long Order) key) ? key.Ticks : long.MaxValue;

    /// <summary>
    /// Sets the clock that lines are stamped by wrong for a time; their order stays that of true time.
    /// </summary>
    /// <param name="from">Local ticks from which on it is wrong.</param>
    /// <param name="to">Local ticks at which it is right again.</param>
    /// <param name="shift">Ticks that it is ahead of true time; negative where it is behind.</param>
    public void SetWrong(long from, long to, long shift) => _warps.Add((from, to, shift));

    /// <summary>The time that a line shows.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <returns>The time, cut to the resolution of the log.</returns>
    public DateTimeOffset Stamp(long ticks)
    {
        foreach ((long from, long to, long shift) in _warps)
        {
            if (ticks >= from && ticks < to)
            {
                ticks += shift;
                break;
            }
        }

        return new DateTimeOffset(ticks - (ticks % _resolution), _offset);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="ticks">Local ticks at which it is due.</param>
    /// <param name="text">The line.</param>
    public void Add(long ticks, string text) =>
        _lines.Enqueue(
            new SyntheticLine(text, Label, Stamp(ticks)) { IncidentId = IncidentId }, (ticks, _order++));

    /// <summary>Takes the earliest line; of equal times the one added first.</summary>
    /// <returns>The line.</returns>
    public SyntheticLine Take() => _lines.Dequeue();
}
