namespace LogAnomaly.Analysis;

/// <summary>
/// The median of the gaps between times, exact for a few and by an even sample of them for many, in bounded memory.
/// </summary>
internal sealed class GapSample
{
    private const int Most = 128;

    private readonly List<long> _gaps = [];
    private long _last = -1;
    private long _seen;
    private int _stride = 1;

    /// <summary>Takes the next time.</summary>
    /// <param name="ticks">Its ticks; negative ones are no time.</param>
    public void Add(long ticks)
    {
        long gap = Math.Abs(ticks - _last);
        bool isFirst = _last < 0;
        if (ticks < 0)
        {
            return;
        }

        _last = ticks;
        if (isFirst || _seen++ % _stride != 0)
        {
            return;
        }

        if (_gaps.Count == Most)
        {
            Halve();
        }

        _gaps.Add(gap);
    }

    /// <summary>The median of the gaps.</summary>
    /// <returns>The median, or null where there is no gap.</returns>
    public TimeSpan? ToMedian()
    {
        if (_gaps.Count == 0)
        {
            return null;
        }

        long[] sorted = [.. _gaps.Order()];
        int middle = sorted.Length / 2;
        return new TimeSpan(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    // Every second gap goes, and from now on twice as many are passed over.
    private void Halve()
    {
        for (int i = 0; i < Most / 2; i++)
        {
            _gaps[i] = _gaps[2 * i];
        }

        _gaps.RemoveRange(Most / 2, Most / 2);
        _stride *= 2;
    }
}
