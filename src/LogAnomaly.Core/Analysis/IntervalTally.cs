using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>
/// Counts events, errors and failures over time in intervals of a given width, or of one that it finds itself: it
/// begins with a second and joins intervals whenever they become too many. Memory is bounded by the number of
/// intervals.
/// </summary>
internal sealed class IntervalTally
{
    private const int MostByItself = 400;

    // Of a log whose clock jumped, so small a share of the events at either end does not choose the width.
    private const double LeftOut = 0.005;

    private readonly int _maximum;
    private readonly bool _isGiven;
    private Dictionary<long, Counts> _intervals = [];
    private int _step;
    private Counts _last = new();
    private long _lastKey = -1;

    /// <summary>Creates a tally.</summary>
    /// <param name="width">Width of an interval, or null to find one.</param>
    /// <param name="maximum">Intervals that are kept, at least 2.</param>
    public IntervalTally(TimeSpan? width, int maximum)
    {
        _isGiven = width is not null;
        _maximum = _isGiven ? maximum : 2 * MostByItself;
        Width = width?.Ticks ?? TimelineBuilder.Steps[0];
    }

    /// <summary>Width of an interval in ticks.</summary>
    public long Width { get; private set; }

    /// <summary>Counts an event.</summary>
    /// <param name="utcTicks">Its time in UTC ticks.</param>
    /// <param name="isError">Whether it is an error.</param>
    /// <param name="isFailure">Whether it is a failure.</param>
    public void Add(long utcTicks, bool isError, bool isFailure)
    {
        long key = utcTicks / Width;
        if (key != _lastKey)
        {
            _last = At(key);
            _lastKey = key;
        }

        _last.Events++;
        _last.Errors += isError ? 1 : 0;
        _last.Failures += isFailure ? 1 : 0;
        if (_intervals.Count > _maximum)
        {
            Join();
        }
    }

    /// <summary>The intervals, those without events among them where that does not make them too many.</summary>
    /// <param name="offset">Offset of their starts from UTC.</param>
    /// <param name="most">Intervals up to which empty ones are added.</param>
    /// <returns>The intervals in order of time.</returns>
    public LogInterval[] Build(TimeSpan offset, int most)
    {
        while (!_isGiven && SpanOfMost() > MostByItself && _step < TimelineBuilder.Steps.Length - 1)
        {
            Join();
        }

        if (_intervals.Count == 0)
        {
            return [];
        }

        long first = _intervals.Keys.Min();
        long last = _intervals.Keys.Max();
        IEnumerable<long> keys = last - first < most
            ? Enumerable.Range(0, (int)(last - first) + 1).Select(place => first + place)
            : _intervals.Keys.Order();
        Counts none = new();
        return [.. keys.Select(key => ToInterval(key, _intervals.GetValueOrDefault(key, none), offset))];
    }

    /// <summary>
    /// A moment with an offset from UTC; at the ends of the calendar, where local time does not exist, it stays in UTC.
    /// </summary>
    /// <param name="utcTicks">UTC ticks.</param>
    /// <param name="offset">The offset.</param>
    /// <returns>The moment.</returns>
    public static DateTimeOffset MomentOf(long utcTicks, TimeSpan offset)
    {
        long local = utcTicks + offset.Ticks;
        DateTimeOffset moment = new(utcTicks, TimeSpan.Zero);
        return local < 0 || local > DateTime.MaxValue.Ticks ? moment : moment.ToOffset(offset);
    }

    private LogInterval ToInterval(long key, Counts counts, TimeSpan offset) => new(
        MomentOf(key * Width, offset),
        new TimeSpan(Width),
        counts.Events,
        counts.Errors,
        counts.Failures,
        IsSpike: false);

    // Intervals from the first to the last one, without the few events at either end.
    private long SpanOfMost()
    {
        long[] keys = [.. _intervals.Keys.Order()];
        long total = keys.Sum(key => _intervals[key].Events);
        long left = (long)(total * LeftOut);
        int first = 0;
        int last = keys.Length - 1;
        for (long sum = 0; first < last && (sum += _intervals[keys[first]].Events) <= left;)
        {
            first++;
        }

        for (long sum = 0; last > first && (sum += _intervals[keys[last]].Events) <= left;)
        {
            last--;
        }

        return keys.Length == 0 ? 0 : keys[last] - keys[first] + 1;
    }

    private Counts At(long key)
    {
        ref Counts? counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_intervals, key, out _);
        return counts ??= new Counts();
    }

    private void Join()
    {
        if (!_isGiven && _step == TimelineBuilder.Steps.Length - 1)
        {
            return;
        }

        long factor = _isGiven ? 2 : TimelineBuilder.Steps[_step + 1] / TimelineBuilder.Steps[_step];
        _step++;
        Width *= factor;
        Dictionary<long, Counts> finer = _intervals;
        _intervals = [];
        foreach ((long key, Counts counts) in finer)
        {
            Counts joined = At(key / factor);
            joined.Events += counts.Events;
            joined.Errors += counts.Errors;
            joined.Failures += counts.Failures;
        }

        _lastKey = -1;
    }

    private sealed class Counts
    {
        public long Events;
        public long Errors;
        public long Failures;
    }
}
