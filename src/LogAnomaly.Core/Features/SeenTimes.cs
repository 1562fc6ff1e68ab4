namespace LogAnomaly.Features;

/// <summary>
/// The earliest and the latest time of some events. It keeps no event: that would keep the block of the file that the
/// event was read from.
/// </summary>
internal struct SeenTimes
{
    private bool _any;
    private DateTimeOffset _first;
    private DateTimeOffset _last;

    /// <summary>The earliest time, or null where no event had one.</summary>
    public readonly DateTimeOffset? First => _any ? _first : null;

    /// <summary>The latest time, or null where no event had one.</summary>
    public readonly DateTimeOffset? Last => _any ? _last : null;

    /// <summary>From the earliest to the latest time.</summary>
    public readonly TimeSpan Length => _last - _first;

    /// <summary>Takes an event; one without a time changes nothing.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        long ticks = logEvent.UtcTicks;
        if (ticks < 0)
        {
            return;
        }

        if (!_any)
        {
            _first = _last = logEvent.Timestamp!.Value;
            _any = true;
        }
        else if (ticks < _first.UtcTicks)
        {
            _first = logEvent.Timestamp!.Value;
        }
        else if (ticks > _last.UtcTicks)
        {
            _last = logEvent.Timestamp!.Value;
        }
    }

    /// <summary>Takes the times of other events.</summary>
    /// <param name="other">Their times.</param>
    public void Include(in SeenTimes other)
    {
        if (!other._any)
        {
            return;
        }

        _first = _any && _first <= other._first ? _first : other._first;
        _last = _any && _last >= other._last ? _last : other._last;
        _any = true;
    }
}
