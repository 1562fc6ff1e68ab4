using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// How long requests took, as a histogram whose buckets grow by an eighth of a doubling, and how unevenly that is
/// spread over time: slow minutes come together, and so prove less than their requests are many.
/// </summary>
internal sealed class LatencyTable
{
    private const double BucketsPerDoubling = 8;
    private const int LeastBlocks = 8;
    private const int GreatestBlock = 4;

    private readonly Dictionary<int, long> _buckets = [];
    private Dictionary<long, (long Count, double Sum)> _windows = [];
    private int _shift;
    private double _sum;
    private double _squares;
    private long _live;
    private long _carried;
    private double _carriedDispersion = 1;

    /// <summary>Durations that were taken.</summary>
    public long Count => _live + _carried;

    /// <summary>Takes a duration.</summary>
    /// <param name="milliseconds">The duration; what is below a microsecond counts as one.</param>
    /// <param name="clock">The clock of the windows.</param>
    /// <param name="ticks">UTC ticks of the event, or -1.</param>
    public void Add(double milliseconds, WindowClock clock, long ticks)
    {
        if (!double.IsFinite(milliseconds))
        {
            return;
        }

        double log = Math.Log2(Math.Max(milliseconds * 1000, 1));
        int bucket = (int)(log * BucketsPerDoubling);
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + 1;
        _live++;
        _sum += log;
        _squares += log * log;
        if (ticks >= 0)
        {
            long window = clock.See(ticks);
            Widen(clock.Shift);
            (long count, double sum) = _windows.GetValueOrDefault(window);
            _windows[window] = (count + 1, sum + log);
        }
    }

    /// <summary>The histogram.</summary>
    /// <returns>Counts by bucket, the shortest first.</returns>
    public SortedDictionary<int, long> Buckets() => new(_buckets);

    /// <summary>The least duration of a bucket.</summary>
    /// <param name="bucket">The bucket, or a point between two.</param>
    /// <returns>Milliseconds.</returns>
    public static double Milliseconds(double bucket) => Math.Pow(2, bucket / BucketsPerDoubling) / 1000;

    /// <summary>How many times more means of windows vary than those of independent requests do, at least 1.</summary>
    /// <returns>The factor.</returns>
    public double Dispersion()
    {
        double live = LiveDispersion();
        return Count == 0 ? 1 : ((live * _live) + (_carriedDispersion * _carried)) / Count;
    }

    /// <summary>Writes the table as an object.</summary>
    /// <param name="writer">The writer, past the name of the object.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("count", Count);
        writer.WriteNumber("dispersion", ProfileEntry.Rounded(Dispersion()));
        writer.WriteStartObject("buckets");
        foreach ((int bucket, long count) in Buckets())
        {
            writer.WriteNumber(bucket.ToString(CultureInfo.InvariantCulture), count);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Takes over a table that was written.</summary>
    /// <param name="element">The object.</param>
    /// <param name="where">What it is called.</param>
    /// <exception cref="FormatException">It is no such object.</exception>
    public void Include(JsonElement element, string where)
    {
        double dispersion = BaselineValue.Number(element, "dispersion", where, 1);
        if (dispersion < 1)
        {
            throw new FormatException($"dispersion of {where} is no number from 1.");
        }

        JsonElement buckets = BaselineValue.Member(element, "buckets", where);
        long added = 0;
        foreach (JsonProperty property in buckets.EnumerateObject())
        {
            if (!int.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int bucket)
                || bucket > 1000)
            {
                throw new FormatException($"'{property.Name}' of {where} is no number of a bucket.");
            }

            long count = BaselineValue.Whole(buckets, property.Name, where);
            _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
            added += count;
        }

        if (_carried + added == 0)
        {
            return;
        }

        _carriedDispersion = ((_carriedDispersion * _carried) + (dispersion * added)) / (_carried + added);
        _carried += added;
    }

    private double LiveDispersion()
    {
        if (_live < 2)
        {
            return 1;
        }

        double mean = _sum / _live;
        double variance = Math.Max((_squares / _live) - (mean * mean), 1e-9);
        double greatest = 1;
        for (int shift = 0; 1 << shift <= GreatestBlock; shift++)
        {
            (long Count, double Sum)[] blocks =
            [
                .. _windows.GroupBy(pair => pair.Key >> shift)
                    .Select(group => (group.Sum(pair => pair.Value.Count), group.Sum(pair => pair.Value.Sum))),
            ];
            if (blocks.Length >= LeastBlocks)
            {
                double between = blocks.Sum(block => block.Count * Math.Pow((block.Sum / block.Count) - mean, 2))
                    / (blocks.Length - 1);
                greatest = Math.Max(greatest, between / variance);
            }
        }

        return greatest;
    }

    private void Widen(int shift)
    {
        if (shift == _shift)
        {
            return;
        }

        Dictionary<long, (long Count, double Sum)> wide = [];
        foreach ((long window, (long count, double sum)) in _windows)
        {
            long key = window >> (shift - _shift);
            (long before, double sumBefore) = wide.GetValueOrDefault(key);
            wide[key] = (before + count, sumBefore + sum);
        }

        _windows = wide;
        _shift = shift;
    }
}
