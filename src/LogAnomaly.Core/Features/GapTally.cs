namespace LogAnomaly.Features;

/// <summary>
/// The gaps between events in the order of their times, in bounded memory: least, greatest, mean and spread are exact
/// as long as events that are out of order are less than 4,096 events from their place; the median is that of a sample
/// of 2,048 to 4,096 gaps at even distances.
/// </summary>
internal sealed class GapTally
{
    private const int Most = 4_096;

    private readonly List<long> _times = [];
    private readonly List<long> _sample = [];
    private long _last = -1;
    private long _count;
    private long _stride = 1;
    private double _sum;
    private double _squares;
    private long _least = long.MaxValue;
    private long _greatest;

    /// <summary>Takes the time of an event.</summary>
    /// <param name="utcTicks">UTC ticks.</param>
    public void Add(long utcTicks)
    {
        _times.Add(utcTicks);
        if (_times.Count == Most)
        {
            Close();
        }
    }

    /// <summary>Adds the features, where there are two events at least.</summary>
    /// <param name="values">Takes them: seconds, and the coefficient of variation (deviation by mean).</param>
    public void AddTo(Dictionary<string, double> values)
    {
        Close();
        if (_count == 0)
        {
            return;
        }

        _sample.Sort();
        double median = ((double)_sample[(_sample.Count - 1) / 2] + _sample[_sample.Count / 2]) / 2;
        double mean = _sum / _count;
        double variance = Math.Max((_squares / _count) - (mean * mean), 0);
        values.Add("MedianGapSeconds", median / TimeSpan.TicksPerSecond);
        values.Add("MinGapSeconds", (double)_least / TimeSpan.TicksPerSecond);
        values.Add("MaxGapSeconds", (double)_greatest / TimeSpan.TicksPerSecond);
        values.Add("GapVariation", mean > 0 ? Math.Sqrt(variance) / mean : 0);
    }

    private void Close()
    {
        _times.Sort();
        foreach (long time in _times)
        {
            if (_last >= 0)
            {
                AddGap(Math.Max(time - _last, 0));
            }

            _last = Math.Max(time, _last);
        }

        _times.Clear();
    }

    private void AddGap(long gap)
    {
        double seconds = (double)gap / TimeSpan.TicksPerSecond;
        _sum += seconds;
        _squares += seconds * seconds;
        _least = Math.Min(_least, gap);
        _greatest = Math.Max(_greatest, gap);
        if (_count++ % _stride != 0)
        {
            return;
        }

        _sample.Add(gap);
        if (_sample.Count == Most)
        {
            // Every second one goes, and from now on only every second one comes.
            int kept = 0;
            for (int place = 0; place < Most; place += 2)
            {
                _sample[kept++] = _sample[place];
            }

            _sample.RemoveRange(kept, Most - kept);
            _stride *= 2;
        }
    }
}
