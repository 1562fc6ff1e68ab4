namespace LogAnomaly.Rules;

/// <summary>
/// The time of the log. Each source has a clock of its own, so that two files of different years may be read side by
/// side. A clock goes with the latest line; that lines come late does not set it back, but when many have come far
/// behind it, it was the clock that jumped.
/// </summary>
internal sealed class RuleClock
{
    private const int LinesOfJump = 100;
    private const long LinesOfSilence = 65_536;
    private const int MostSources = (1 << 24) - 1;

    private readonly Dictionary<LogSource, int> _numbers = [];
    private readonly List<LogSource> _sources = [];
    private SourceClock[] _clocks = new SourceClock[4];
    private LogSource? _source;
    private int _number;
    private long _count;

    /// <summary>Number of the source of the event at hand.</summary>
    public int Source => _number;

    /// <summary>The event at hand, or null.</summary>
    public LogEvent? Event { get; private set; }

    /// <summary>UTC ticks of the event at hand, or of the one before it that had a time; 0 where none had.</summary>
    public long Ticks { get; private set; }

    /// <summary>Takes the time of an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Observe(LogEvent logEvent)
    {
        _count++;
        Event = logEvent;
        if (!ReferenceEquals(logEvent.Source, _source))
        {
            _source = logEvent.Source;
            _number = NumberOf(_source);
        }

        long ticks = logEvent.UtcTicks;
        Ticks = ticks < 0 ? Ticks : ticks;
        ref SourceClock clock = ref _clocks[_number];
        clock.LastCount = _count;
        if (Ticks >= clock.Ticks - RuleSetCompiler.Lateness)
        {
            clock.Behind = 0;
            clock.Ticks = Math.Max(clock.Ticks, Ticks);
        }
        else if (++clock.Behind >= LinesOfJump)
        {
            clock.Behind = 0;
            clock.Ticks = Ticks;
        }
    }

    /// <summary>Whether a hit is out of reach of all that may still come.</summary>
    /// <param name="hit">The hit.</param>
    /// <param name="horizon">Ticks for which it matters.</param>
    /// <returns>Whether it is.</returns>
    public bool IsPast(in SeenHit hit, long horizon) => IsPast(hit.Source, hit.Ticks, horizon);

    /// <summary>Whether a time is out of reach of all that may still come.</summary>
    /// <param name="source">Number of the source that it was read in.</param>
    /// <param name="ticks">The time.</param>
    /// <param name="horizon">Ticks for which it matters.</param>
    /// <returns>Whether it is.</returns>
    public bool IsPast(int source, long ticks, long horizon)
    {
        ref readonly SourceClock own = ref _clocks[source];

        // The clock of a source that has ended stands still; then that of the present one counts.
        long now = _count - own.LastCount <= LinesOfSilence ? own.Ticks : _clocks[_number].Ticks;
        return ticks < now - horizon || ticks > now + horizon;
    }

    /// <summary>Path of a source.</summary>
    /// <param name="source">Its number.</param>
    /// <returns>The path.</returns>
    public string PathOf(int source) => _sources[source].Path;

    private int NumberOf(LogSource source)
    {
        if (_numbers.TryGetValue(source, out int number))
        {
            return number;
        }

        if (_sources.Count > MostSources)
        {
            throw new InvalidOperationException("More than 16 million sources.");
        }

        number = _sources.Count;
        _sources.Add(source);
        _numbers.Add(source, number);
        if (number == _clocks.Length)
        {
            Array.Resize(ref _clocks, number * 2);
        }

        return number;
    }

    private struct SourceClock
    {
        public long Ticks;
        public long LastCount;
        public int Behind;
    }
}
