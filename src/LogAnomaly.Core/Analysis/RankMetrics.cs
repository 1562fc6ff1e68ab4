namespace LogAnomaly.Analysis;

/// <summary>
/// How well scores put what is anomalous before what is not, whatever the threshold. Neither measure depends on the
/// order of ties.
/// </summary>
internal static class RankMetrics
{
    /// <summary>
    /// Area under the ROC curve: how probable it is that an anomalous item scores higher than a normal one, ties
    /// counting half (Mann and Whitney, Annals of Mathematical Statistics 18(1), 1947).
    /// </summary>
    /// <param name="scores">A score for each item; greater is odder.</param>
    /// <param name="anomalous">Whether each item is anomalous.</param>
    /// <returns>0 to 1, 0.5 for a guess; null where all items are of one kind.</returns>
    public static double? RocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> anomalous)
    {
        int[] order = Ascending(scores, anomalous);
        long positives = 0;
        double rankSum = 0;
        for (int first = 0; first < order.Length;)
        {
            int next = EndOfTies(order, scores, first);
            int tied = CountAnomalous(order, anomalous, first, next);
            positives += tied;

            // Tied items share the mean of their ranks, which count from 1.
            rankSum += tied * ((first + 1 + next) / 2.0);
            first = next;
        }

        long negatives = order.Length - positives;
        return positives == 0 || negatives == 0
            ? null
            : (rankSum - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>
    /// Average precision: the precision at each score, weighted by the recall that it adds, in steps and not
    /// interpolated, as scikit-learn computes it.
    /// </summary>
    /// <param name="scores">A score for each item; greater is odder.</param>
    /// <param name="anomalous">Whether each item is anomalous.</param>
    /// <returns>0 to 1, the share of anomalous items for a guess; null where no item is anomalous.</returns>
    public static double? AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> anomalous)
    {
        int[] order = Ascending(scores, anomalous);
        Array.Reverse(order);
        int found = 0;
        double sum = 0;
        for (int first = 0; first < order.Length;)
        {
            int next = EndOfTies(order, scores, first);
            int tied = CountAnomalous(order, anomalous, first, next);
            found += tied;
            sum += tied * ((double)found / next);
            first = next;
        }

        return found == 0 ? null : sum / found;
    }

    private static int[] Ascending(ReadOnlySpan<double> scores, ReadOnlySpan<bool> anomalous)
    {
        if (scores.Length != anomalous.Length)
        {
            throw new ArgumentException("Each score needs a label.", nameof(anomalous));
        }

        int[] order = new int[scores.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(scores.ToArray(), order);
        return order;
    }

    private static int EndOfTies(int[] order, ReadOnlySpan<double> scores, int first)
    {
        int next = first + 1;
        while (next < order.Length && scores[order[next]].Equals(scores[order[first]]))
        {
            next++;
        }

        return next;
    }

    private static int CountAnomalous(int[] order, ReadOnlySpan<bool> anomalous, int first, int end)
    {
        int count = 0;
        for (int i = first; i < end; i++)
        {
            count += anomalous[order[i]] ? 1 : 0;
        }

        return count;
    }
}
