using System.Numerics;

namespace LogAnomaly.Rules;

/// <summary>
/// Judges windows: whether the hits from the time span before one of them up to it satisfy the correlation.
/// </summary>
internal sealed class WindowJudge
{
    private readonly HashSet<ulong> _values = [];
    private double[] _numbers = new double[16];

    /// <summary>Judges the window that ends at a hit.</summary>
    /// <param name="correlation">The correlation.</param>
    /// <param name="window">The hits of the group.</param>
    /// <param name="end">Index of the last hit of the window.</param>
    /// <param name="isLate">Whether the hit that came did not come in order, so that nothing may be left out.</param>
    /// <param name="verdict">The verdict.</param>
    /// <returns>Whether the window satisfies the correlation.</returns>
    public bool IsSatisfied(
        CompiledCorrelation correlation, HitWindow window, int end, bool isLate, out WindowVerdict verdict)
    {
        verdict = default;
        SeenHit last = window.Items[end];
        if (last.IsBarrier || (correlation.IsTemporal && CompiledCorrelation.PartsOf(last) == 0))
        {
            return false;
        }

        if (!CanBeSatisfied(correlation, window, end, isLate))
        {
            return false;
        }

        int low = window.LowerBound(last.Ticks - correlation.Span, end);
        ReadOnlySpan<SeenHit> hits = window.Items[low..(end + 1)];
        if (window.HasBarriers && HasBarrier(hits))
        {
            return false;
        }

        if (!Judge(correlation, window, hits, out double number) || !KeepsGap(correlation, hits))
        {
            return false;
        }

        verdict = new WindowVerdict(low, end, number);
        return true;
    }

    private static bool HasBarrier(ReadOnlySpan<SeenHit> hits)
    {
        foreach (ref readonly SeenHit hit in hits)
        {
            if (hit.IsBarrier)
            {
                return true;
            }
        }

        return false;
    }

    // Most hits are of groups far below the bound; whether they are is seen from a single time.
    private static bool CanBeSatisfied(CompiledCorrelation correlation, HitWindow window, int end, bool isLate)
    {
        if (correlation.Type is LogRuleType.EventCount or LogRuleType.ValueCount && correlation.LeastCount > 1
            && (!window.HasWeights || correlation.Type == LogRuleType.ValueCount))
        {
            int from = end - correlation.LeastCount + 1;
            if (from < 0 || window.Items[from].Ticks < window.Items[end].Ticks - correlation.Span)
            {
                return false;
            }

            if (correlation.Type == LogRuleType.ValueCount && window.Skip > 0 && !isLate)
            {
                return false;
            }
        }

        if (correlation.IsTemporal && !isLate && window.LastOfPart is { } lasts)
        {
            long start = window.Items[end].Ticks - correlation.Span;
            uint parts = 0;
            for (int part = 0; part < lasts.Length; part++)
            {
                parts |= lasts[part] >= start ? 1u << part : 0;
            }

            // A part that hit since the window began may have hit after its end only where a hit came late.
            return correlation.Parts!.IsTrue(parts);
        }

        return true;
    }

    private bool Judge(CompiledCorrelation correlation, HitWindow window, ReadOnlySpan<SeenHit> hits, out double number)
    {
        number = 0;
        switch (correlation.Type)
        {
            case LogRuleType.EventCount:
                number = window.HasWeights ? WeightOf(correlation, hits) : hits.Length;
                break;
            case LogRuleType.ValueCount:
                number = CountValues(hits);
                window.Skip = (int)Math.Max(correlation.LeastCount - number - 1, 0);
                break;
            case LogRuleType.Temporal:
                uint parts = PartsOf(hits);
                number = BitOperations.PopCount(parts);
                return correlation.Parts!.IsTrue(parts);
            case LogRuleType.TemporalOrdered:
                number = correlation.PartCount;
                return IsOrdered(correlation, hits);
            default:
                number = Summarise(correlation, hits);
                break;
        }

        return Admits(correlation.Correlation.Bounds, number)
            && (correlation.Correlation.PerValue.Count == 0
                || Admits(correlation.Correlation.PerValue, WeightOf(correlation, hits) / Math.Max(number, 1)));
    }

    private static bool Admits(IReadOnlyList<CorrelationBound> bounds, double number)
    {
        for (int index = 0; index < bounds.Count; index++)
        {
            if (!bounds[index].Admits(number))
            {
                return false;
            }
        }

        return true;
    }

    private static double WeightOf(CompiledCorrelation correlation, ReadOnlySpan<SeenHit> hits)
    {
        long sum = 0;
        foreach (ref readonly SeenHit hit in hits)
        {
            sum += correlation.WeightOf(hit);
        }

        return sum;
    }

    private int CountValues(ReadOnlySpan<SeenHit> hits)
    {
        _values.Clear();
        foreach (ref readonly SeenHit hit in hits)
        {
            _values.Add(hit.Load >> CompiledCorrelation.ValueShift);
        }

        return _values.Count;
    }

    private static uint PartsOf(ReadOnlySpan<SeenHit> hits)
    {
        uint parts = 0;
        foreach (ref readonly SeenHit hit in hits)
        {
            parts |= CompiledCorrelation.PartsOf(hit);
        }

        return parts;
    }

    // From the end: the last part is the last hit, and each part before it some hit before that of the next.
    private static bool IsOrdered(CompiledCorrelation correlation, ReadOnlySpan<SeenHit> hits)
    {
        int part = correlation.PartCount - 1;
        if ((CompiledCorrelation.PartsOf(hits[^1]) & (1u << part)) == 0)
        {
            return false;
        }

        for (int index = hits.Length - 2; index >= 0 && part > 0; index--)
        {
            part -= (CompiledCorrelation.PartsOf(hits[index]) & (1u << (part - 1))) != 0 ? 1 : 0;
        }

        return part == 0;
    }

    private double Summarise(CompiledCorrelation correlation, ReadOnlySpan<SeenHit> hits)
    {
        Span<double> numbers = Room(hits.Length);
        double sum = 0;
        for (int index = 0; index < hits.Length; index++)
        {
            numbers[index] = BitConverter.UInt64BitsToDouble(hits[index].Load);
            sum += numbers[index];
        }

        return correlation.Type switch
        {
            LogRuleType.ValueSum => sum,
            LogRuleType.ValueAverage => sum / numbers.Length,
            _ => PercentileOf(numbers, correlation.Correlation.Percentile),
        };
    }

    // Between the two nearest ranks in proportion (Hyndman and Fan 1996, type 7).
    private static double PercentileOf(Span<double> numbers, double percentile)
    {
        numbers.Sort();
        double rank = Math.Clamp(percentile, 0, 100) / 100 * (numbers.Length - 1);
        int below = (int)rank;
        int above = Math.Min(below + 1, numbers.Length - 1);
        return numbers[below] + ((rank - below) * (numbers[above] - numbers[below]));
    }

    private bool KeepsGap(CompiledCorrelation correlation, ReadOnlySpan<SeenHit> hits)
    {
        long least = correlation.Correlation.LeastMedianGap.Ticks;
        if (least <= 0)
        {
            return true;
        }

        if (hits.Length < 2)
        {
            return false;
        }

        Span<double> gaps = Room(hits.Length - 1);
        for (int index = 0; index < gaps.Length; index++)
        {
            gaps[index] = hits[index + 1].Ticks - hits[index].Ticks;
        }

        return PercentileOf(gaps, 50) >= least;
    }

    private Span<double> Room(int length)
    {
        if (_numbers.Length < length)
        {
            _numbers = new double[BitOperations.RoundUpToPowerOf2((uint)length)];
        }

        return _numbers.AsSpan(0, length);
    }
}
