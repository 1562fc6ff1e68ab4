namespace LogAnomaly.Numerics;

/// <summary>
/// The last values of a series and what is usual among them: their median, and the median of their distances to it
/// (MAD), which a few odd ones do not move.
/// </summary>
/// <param name="capacity">How many values are kept, at least 1.</param>
internal sealed class RobustWindow(int capacity)
{
    /// <summary>By which the MAD of a normal distribution gives its standard deviation.</summary>
    public const double Consistency = 1.4826;

    private readonly double[] _values = new double[capacity];
    private double[]? _sorted;
    private int _next;

    /// <summary>How many values it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a value; the oldest one goes where it is full.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        _values[_next] = value;
        _next = _next + 1 == _values.Length ? 0 : _next + 1;
        Count = Math.Min(Count + 1, _values.Length);
    }

    /// <summary>Takes a value many times, such as the zeros of a silence.</summary>
    /// <param name="value">The value.</param>
    /// <param name="times">How often.</param>
    public void Add(double value, long times)
    {
        for (long left = Math.Min(times, _values.Length); left > 0; left--)
        {
            Add(value);
        }
    }

    /// <summary>Median and MAD of the values; both 0 where there is none.</summary>
    /// <returns>Both.</returns>
    public (double Median, double Deviation) Measure()
    {
        _sorted ??= new double[_values.Length];
        Span<double> sorted = _sorted.AsSpan(0, Count);
        _values.AsSpan(0, Count).CopyTo(sorted);
        double median = MedianOf(sorted);
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - median);
        }

        return (median, MedianOf(sorted));
    }

    private static double MedianOf(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        values.Sort();
        int half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
