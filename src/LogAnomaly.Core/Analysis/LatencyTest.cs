using LogAnomaly.Numerics;

namespace LogAnomaly.Analysis;

/// <summary>
/// Compares how long requests took: by ranks (Mann and Whitney, 1947, with its correction for ties) for the median, and
/// by the share of slow requests for the 95th percentile; both allow for slow requests that come together.
/// </summary>
/// <param name="Name"><c>median</c> or <c>p95</c>.</param>
/// <param name="Probability">The probability of so great a difference.</param>
/// <param name="Reference">Milliseconds in the reference.</param>
/// <param name="Difference">Milliseconds in the log that is compared with it.</param>
/// <param name="Low">Lower end of the interval of the ratio, 95 %.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct LatencyTest(
    string Name, double Probability, double Reference, double Difference, double Low, double High)
{
    private const int Fewest = 20;
    private const double Many = 1e7;

    /// <summary>Compares two tables.</summary>
    /// <param name="reference">That of the reference.</param>
    /// <param name="difference">That which is compared with it.</param>
    /// <param name="degrees">Degrees of freedom of the dispersions; 0 or less where they are assumed.</param>
    /// <returns>The results; none where there is too little to compare.</returns>
    public static IEnumerable<LatencyTest> Of(LatencyTable reference, LatencyTable difference, double degrees)
    {
        if (reference.Count < Fewest || difference.Count < Fewest)
        {
            yield break;
        }

        SortedDictionary<int, long> first = reference.Buckets();
        SortedDictionary<int, long> second = difference.Buckets();
        double all = reference.Count + difference.Count;
        double dispersion = ((reference.Count * reference.Dispersion()) + (difference.Count * difference.Dispersion()))
            / all;
        double freedom = degrees > 0 ? degrees : Many;
        foreach ((string name, double share, double z) in new[]
        {
            ("median", 0.5, RankDistance(first, second)),
            ("p95", 0.95, SlowDistance(first, second)),
        })
        {
            double probability = BetaFunction.StudentTails(z / Math.Sqrt(dispersion), freedom);
            (double a, double aWidth) = Quantile(first, reference.Count, share, dispersion);
            (double b, double bWidth) = Quantile(second, difference.Count, share, dispersion);
            double width = Math.Sqrt((aWidth * aWidth) + (bWidth * bWidth));
            yield return new LatencyTest(
                name, probability, LatencyTable.Milliseconds(a), LatencyTable.Milliseconds(b),
                LatencyTable.Milliseconds(b - a - width) * 1000, LatencyTable.Milliseconds(b - a + width) * 1000);
        }
    }

    private static double RankDistance(SortedDictionary<int, long> first, SortedDictionary<int, long> second)
    {
        double n = first.Values.Sum();
        double m = second.Values.Sum();
        double before = 0;
        double rankSum = 0;
        double ties = 0;
        foreach (int bucket in first.Keys.Union(second.Keys).Order())
        {
            double both = first.GetValueOrDefault(bucket) + second.GetValueOrDefault(bucket);
            rankSum += second.GetValueOrDefault(bucket) * (before + ((both + 1) / 2));
            ties += (both * both * both) - both;
            before += both;
        }

        double all = n + m;
        double variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
        return variance > 0 ? (rankSum - (m * (all + 1) / 2)) / Math.Sqrt(variance) : 0;
    }

    // Slow is what lies in the slowest twentieth of both together.
    private static double SlowDistance(SortedDictionary<int, long> first, SortedDictionary<int, long> second)
    {
        double n = first.Values.Sum();
        double m = second.Values.Sum();
        double seen = 0;
        double slowFirst = 0;
        double slowSecond = 0;
        foreach (int bucket in first.Keys.Union(second.Keys).OrderDescending())
        {
            double both = first.GetValueOrDefault(bucket) + second.GetValueOrDefault(bucket);
            if (seen > 0 && seen + both > 0.08 * (n + m))
            {
                break;
            }

            seen += both;
            slowFirst += first.GetValueOrDefault(bucket);
            slowSecond += second.GetValueOrDefault(bucket);
            if (seen >= 0.05 * (n + m))
            {
                break;
            }
        }

        double share = seen / (n + m);
        double variance = share * (1 - share) * ((1 / n) + (1 / m));
        return variance > 0 ? ((slowSecond / m) - (slowFirst / n)) / Math.Sqrt(variance) : 0;
    }

    // A quantile in buckets, and half the width of its interval: between the quantiles two standard errors of the share
    // away.
    private static (double Point, double Width) Quantile(
        SortedDictionary<int, long> buckets, double count, double share, double dispersion)
    {
        double error = 1.96 * Math.Sqrt(share * (1 - share) * dispersion / count);
        double low = PointAt(buckets, count * Math.Max(share - error, 0));
        double high = PointAt(buckets, count * Math.Min(share + error, 1));
        return (PointAt(buckets, count * share), (high - low) / 2);
    }

    private static double PointAt(SortedDictionary<int, long> buckets, double wanted)
    {
        double before = 0;
        double point = 0;
        foreach ((int bucket, long count) in buckets)
        {
            point = bucket + Math.Clamp((wanted - before) / count, 0, 1);
            before += count;
            if (before >= wanted)
            {
                break;
            }
        }

        return point;
    }
}
