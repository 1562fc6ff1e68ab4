using System.Numerics;
using System.Runtime.CompilerServices;

namespace LogAnomaly.Numerics;

/// <summary>
/// A histogram of whole numbers from 0 whose buckets grow with the numbers, eight for each doubling: its quantiles are
/// right to an eighth, in 4 KB whatever it is given (the idea of HdrHistogram). Numbers may bear weights.
/// </summary>
internal sealed class LogHistogram
{
    private const int SubBits = 3;
    private const int SubBuckets = 1 << SubBits;
    private const int BucketCount = (64 - SubBits) * SubBuckets;

    private readonly long[] _weights = new long[BucketCount];

    /// <summary>Sum of the weights.</summary>
    public long Total { get; private set; }

    /// <summary>Takes a number.</summary>
    /// <param name="value">The number; below 0 it is taken for 0.</param>
    /// <param name="weight">Its weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value, long weight = 1)
    {
        _weights[IndexOf(value)] += weight;
        Total += weight;
    }

    /// <summary>The least number at or below which a share of the weight lies.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <returns>The upper end of the bucket in which it lies; 0 where nothing was taken.</returns>
    public long Quantile(double share)
    {
        double wanted = share * Total;
        long sum = 0;
        for (int index = 0; index < BucketCount && Total > 0; index++)
        {
            sum += _weights[index];
            if (sum > 0 && sum >= wanted)
            {
                return UpperEnd(index);
            }
        }

        return 0;
    }

    /// <summary>Halves all weights, so that what is older counts less.</summary>
    public void Halve()
    {
        Total = 0;
        for (int index = 0; index < BucketCount; index++)
        {
            _weights[index] >>= 1;
            Total += _weights[index];
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_weights);
        Total = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(long value)
    {
        if (value < SubBuckets)
        {
            return value < 0 ? 0 : (int)value;
        }

        int shift = BitOperations.Log2((ulong)value) - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) & (SubBuckets - 1));
    }

    private static long UpperEnd(int index)
    {
        if (index < SubBuckets)
        {
            return index;
        }

        int shift = (index >> SubBits) - 1;
        return ((long)(SubBuckets + (index & (SubBuckets - 1)) + 1) << shift) - 1;
    }
}
