namespace LogAnomaly.Detection;

/// <summary>
/// Turns scores into tail probabilities by the training rows' own scores. The probability of a score is the share e of training rows
/// that score as high or higher, or less where a gap parts it from the rows below it: the slope of the tail is taken between ten and a
/// hundred times the share, and where the score lies farther out than an exponential of that slope lets expect, it is that much less
/// probable. Looking so far down sees past the odd rows themselves, so that a cluster of them does not hide its own members, and a tail
/// that stays heavy makes no gap. A gap has its limit: a share of <see cref="LargestGap"/> at the most reaches a probability of one in a
/// hundred to one in a thousand, lesser shares by their square; and in logs of more than <see cref="UsualSize"/> rows less still, because what is said
/// thousands of times is usual, however far it lies from the rest.
/// </summary>
internal sealed class TailFit
{
    private const double UsualSize = 10_000;
    private const double LargestGap = 0.03;
    private const double Step = 10;
    private const double LargestAnchor = 0.5;
    private const double LargestReference = 0.9;

    private readonly double[] _sorted;
    private readonly double[] _probability;

    private TailFit(double[] sorted, double[] probability)
    {
        _sorted = sorted;
        _probability = probability;
    }

    /// <summary>Fits the tail.</summary>
    /// <param name="scores">Scores of the training rows, at least one.</param>
    /// <returns>The fit.</returns>
    public static TailFit Of(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        Array.Sort(sorted);
        double[] probability = new double[sorted.Length];
        double least = 1;
        for (int first = 0; first < sorted.Length;)
        {
            // Equal scores have one probability, and a greater score is never more probable than a lesser one.
            int next = first + 1;
            while (next < sorted.Length && sorted[next].Equals(sorted[first]))
            {
                next++;
            }

            least = Math.Min(least, Judge(sorted, first));
            probability.AsSpan(first, next - first).Fill(least);
            first = next;
        }

        return new TailFit(sorted, probability);
    }

    /// <summary>The tail probability of a score.</summary>
    /// <param name="score">The score; one beyond all training rows counts as the greatest of them.</param>
    /// <returns>Above 0 and at most 1.</returns>
    public double ProbabilityFrom(double score)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sorted[middle] < score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _probability[Math.Min(low, _sorted.Length - 1)];
    }

    private static double Judge(double[] sorted, int first)
    {
        int count = sorted.Length;
        double share = (double)(count - first) / count;
        double anchorShare = Math.Min(share * Step, LargestAnchor);
        if (share >= anchorShare)
        {
            return share;
        }

        double referenceShare = Math.Min(anchorShare * Step, LargestReference);
        double anchor = At(sorted, anchorShare);
        double scale = (anchor - At(sorted, referenceShare)) / Math.Log(referenceShare / anchorShare);
        double beyond = sorted[first] - anchor;
        double expected = scale > 0 ? anchorShare * Math.Exp(-beyond / scale) : 0;
        double floor = AtLargestGap(count) * Math.Pow(share / LargestGap, 2) * Math.Max(1, count / UsualSize);
        return Math.Clamp(expected, Math.Min(floor, share), share);
    }

    // The probability that a cluster of the largest share may reach: that of ten rows of all, between one in a hundred and one in a thousand.
    private static double AtLargestGap(int count) => Math.Clamp(10.0 / Math.Max(count, 1), 0.001, 0.01);

    // The score that a share of the rows reaches.
    private static double At(double[] sorted, double share) =>
        sorted[Math.Clamp((int)((1 - share) * sorted.Length), 0, sorted.Length - 1)];
}
