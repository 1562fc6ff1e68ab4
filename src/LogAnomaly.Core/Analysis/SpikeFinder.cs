namespace LogAnomaly.Analysis;

/// <summary>
/// Finds intervals that stand far above those around them: by the median of up to twelve neighbours on either side, in
/// units of their median absolute deviation, or of what chance alone does to a count (its square root) where that is
/// more. What is as high elsewhere in more than a twentieth of the log, such as the work of every full hour, is no
/// spike.
/// </summary>
internal static class SpikeFinder
{
    private const int Neighbours = 12;
    private const int FewestNeighbours = 6;
    private const double LeastScore = 6;
    private const int LeastMore = 5;
    private const double LeastRatio = 2;
    private const double CommonShare = 0.05;
    private const int CommonCount = 3;
    private const double AsHigh = 2.0 / 3;
    private const int MostSpikes = 50;

    // By which the median deviation of a normal distribution gives its standard deviation.
    private const double Consistency = 1.4826;

    /// <summary>Finds the spikes of all three series and marks their intervals.</summary>
    /// <param name="intervals">The intervals in order of time; those of a spike are replaced.</param>
    /// <returns>The spikes, the highest score first, at most 50.</returns>
    public static LogSpike[] Find(LogInterval[] intervals)
    {
        List<LogSpike> spikes = [];
        FindIn("Events", intervals, interval => interval.Count, spikes);
        FindIn("Errors", intervals, interval => interval.Errors, spikes);
        FindIn("Failures", intervals, interval => interval.Failures, spikes);
        return [.. spikes.OrderByDescending(spike => spike.Score).ThenBy(spike => spike.Start).Take(MostSpikes)];
    }

    private static void FindIn(
        string name, LogInterval[] intervals, Func<LogInterval, long> valueOf, List<LogSpike> spikes)
    {
        double[] values = Array.ConvertAll(intervals, interval => (double)valueOf(interval));
        double[] sorted = [.. values.Order()];
        for (int start = 0; start < values.Length; start++)
        {
            int end = start;
            double typical = 0;
            double score = 0;
            while (end < values.Length && TryJudge(values, sorted, end, out double median, out double own))
            {
                typical += median;
                score = Math.Max(score, own);
                intervals[end] = intervals[end] with { IsSpike = true };
                end++;
            }

            if (end > start)
            {
                long count = (long)values.AsSpan(start, end - start).ToArray().Sum();
                LogInterval last = intervals[end - 1];
                spikes.Add(new LogSpike(name, intervals[start].Start, last.Start + last.Length, count, typical, score));
                start = end;
            }
        }
    }

    private static bool TryJudge(double[] values, double[] sorted, int place, out double median, out double score)
    {
        (median, score) = (0, 0);
        double value = values[place];
        if (value < LeastMore || IsCommon(sorted, value))
        {
            return false;
        }

        int from = Math.Max(place - Neighbours, 0);
        int to = Math.Min(place + Neighbours, values.Length - 1);
        double[] around = [.. values[from..place], .. values[(place + 1)..(to + 1)]];
        if (around.Length < FewestNeighbours)
        {
            return false;
        }

        median = MedianOf(around);
        double middle = median;
        double deviation = MedianOf(Array.ConvertAll(around, other => Math.Abs(other - middle)));
        score = (value - median) / Math.Max(Consistency * deviation, Math.Sqrt(Math.Max(median, 1)));
        return score >= LeastScore && value >= median + LeastMore && value >= LeastRatio * median;
    }

    private static bool IsCommon(double[] sorted, double value)
    {
        int place = Array.BinarySearch(sorted, value * AsHigh);
        for (place = place < 0 ? ~place : place; place > 0 && sorted[place - 1] >= value * AsHigh; place--)
        {
        }

        return sorted.Length - place > Math.Max(CommonCount, CommonShare * sorted.Length);
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        int half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
