namespace LogAnomaly.Analysis;

/// <summary>
/// Counts events over time without knowing the period beforehand: starts with steps of a second and joins them into
/// longer ones whenever they become too many.
/// </summary>
internal sealed class TimelineBuilder
{
    private const int MostBuckets = 400;
    private const int BeforeJoining = 2 * MostBuckets;
    private const int LevelPlaces = (int)LogLevel.Emergency + 2;

    // Each is a multiple of the one before it, so steps join without being split.
    private static readonly long[] s_steps =
    [
        TimeSpan.TicksPerSecond,
        5 * TimeSpan.TicksPerSecond,
        15 * TimeSpan.TicksPerSecond,
        TimeSpan.TicksPerMinute,
        5 * TimeSpan.TicksPerMinute,
        15 * TimeSpan.TicksPerMinute,
        TimeSpan.TicksPerHour,
        6 * TimeSpan.TicksPerHour,
        TimeSpan.TicksPerDay,
        7 * TimeSpan.TicksPerDay,
        28 * TimeSpan.TicksPerDay,
        364 * TimeSpan.TicksPerDay,
        3640 * TimeSpan.TicksPerDay,
    ];

    private Dictionary<long, long[]> _buckets = [];
    private int _step;
    private long _lastKey = long.MinValue;
    private long[] _last = [];

    /// <summary>The widths that a step may have, in ticks; each is a multiple of the one before it.</summary>
    public static ReadOnlySpan<long> Steps => s_steps;

    /// <summary>Width of a step.</summary>
    public TimeSpan Step => new(s_steps[_step]);

    /// <summary>Counts an event.</summary>
    /// <param name="utcTicks">Its time in UTC ticks.</param>
    /// <param name="level">Its level, or null.</param>
    public void Add(long utcTicks, LogLevel? level)
    {
        long key = utcTicks / s_steps[_step];
        if (key != _lastKey)
        {
            _last = BucketAt(key);
            _lastKey = key;
        }

        _last[level is { } known ? (int)known + 1 : 0]++;
        if (_buckets.Count > BeforeJoining)
        {
            Join();
        }
    }

    /// <summary>The timeline.</summary>
    /// <param name="anomalies">The anomalies, to be counted in their steps.</param>
    /// <param name="offset">Offset of the starts from UTC.</param>
    /// <returns>The steps that hold events, in time order.</returns>
    public IReadOnlyList<TimelineBucket> Build(IReadOnlyList<Anomaly> anomalies, TimeSpan offset)
    {
        while (_buckets.Count > MostBuckets && _step < s_steps.Length - 1)
        {
            Join();
        }

        long step = s_steps[_step];
        Dictionary<long, long> marked = anomalies
            .Where(anomaly => anomaly.Timestamp is not null)
            .GroupBy(anomaly => anomaly.Timestamp!.Value.UtcTicks / step)
            .ToDictionary(group => group.Key, group => group.LongCount());
        return _buckets.OrderBy(pair => pair.Key)
            .Select(pair => new TimelineBucket(
                StartOf(pair.Key * step, offset),
                pair.Value,
                marked.GetValueOrDefault(pair.Key)))
            .ToArray();
    }

    // At the ends of the calendar the local time does not exist; then the start stays in UTC.
    private static DateTimeOffset StartOf(long utcTicks, TimeSpan offset)
    {
        long local = utcTicks + offset.Ticks;
        DateTimeOffset start = new(utcTicks, TimeSpan.Zero);
        return local < 0 || local > DateTime.MaxValue.Ticks ? start : start.ToOffset(offset);
    }

    private long[] BucketAt(long key)
    {
        if (!_buckets.TryGetValue(key, out long[]? bucket))
        {
            bucket = new long[LevelPlaces];
            _buckets.Add(key, bucket);
        }

        return bucket;
    }

    private void Join()
    {
        if (_step == s_steps.Length - 1)
        {
            return;
        }

        long factor = s_steps[_step + 1] / s_steps[_step];
        _step++;
        Dictionary<long, long[]> finer = _buckets;
        _buckets = [];
        foreach ((long key, long[] counts) in finer)
        {
            long[] bucket = BucketAt(key / factor);
            for (int i = 0; i < counts.Length; i++)
            {
                bucket[i] += counts[i];
            }
        }

        _lastKey = long.MinValue;
    }
}
