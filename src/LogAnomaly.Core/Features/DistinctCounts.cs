using System.Runtime.InteropServices;

namespace LogAnomaly.Features;

/// <summary>
/// The distinct values of a field in one row and their entropy; beyond a thousand distinct ones further values count
/// together.
/// </summary>
internal sealed class DistinctCounts
{
    private const int Most = 1_000;

    private Dictionary<string, long>? _counts;
    private long _total;
    private long _further;

    /// <summary>Distinct values, a lower bound beyond a thousand.</summary>
    public int Count => _counts?.Count ?? 0;

    /// <summary>Entropy of the values in bits; 0 where there is one.</summary>
    public double Entropy
    {
        get
        {
            double entropy = _further == 0 ? 0 : Part(_further);
            foreach (long count in _counts?.Values ?? Enumerable.Empty<long>())
            {
                entropy += Part(count);
            }

            return entropy;
        }
    }

    /// <summary>Counts a value.</summary>
    /// <param name="value">The value; null is not counted.</param>
    public void Add(string? value)
    {
        if (value is null)
        {
            return;
        }

        _total++;
        _counts ??= new Dictionary<string, long>(StringComparer.Ordinal);
        if (_counts.Count >= Most && !_counts.ContainsKey(value))
        {
            _further++;
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _)++;
    }

    private double Part(long count) => -((double)count / _total) * Math.Log2((double)count / _total);
}
