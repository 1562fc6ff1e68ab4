namespace LogAnomaly.Analysis;

/// <summary>
/// The windows of time in which events are counted. They begin a second long and double whenever the time that was seen
/// needs more of them than are kept, so that any log has between half and all of them, in whatever order its events
/// come.
/// </summary>
internal sealed class WindowClock
{
    /// <summary>Most windows that are kept.</summary>
    public const int MostWindows = 64;

    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    /// <summary>Doublings of the window of one second.</summary>
    public int Shift { get; private set; }

    /// <summary>UTC ticks of the earliest event, or -1 where none had a time.</summary>
    public long FirstTicks => _last < 0 ? -1 : _first;

    /// <summary>UTC ticks of the latest event, or -1 where none had a time.</summary>
    public long LastTicks => _last < 0 ? -1 : _last;

    /// <summary>Windows from the first event to the last, empty ones too.</summary>
    public int Windows => _last < 0 ? 0 : (int)(Window(_last) - Window(_first)) + 1;

    /// <summary>The number of the first window.</summary>
    public long FirstWindow => Window(_first);

    /// <summary>Sees a time.</summary>
    /// <param name="ticks">UTC ticks of an event.</param>
    /// <returns>The number of its window.</returns>
    public long See(long ticks)
    {
        if (ticks < _first || ticks > _last)
        {
            _first = Math.Min(_first, ticks);
            _last = Math.Max(_last, ticks);
            while (Window(_last) - Window(_first) >= MostWindows)
            {
                Shift++;
            }
        }

        return Window(ticks);
    }

    private long Window(long ticks) => (ticks / TimeSpan.TicksPerSecond) >> Shift;
}
