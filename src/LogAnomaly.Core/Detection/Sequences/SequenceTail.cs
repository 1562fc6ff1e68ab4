namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// Where normal scores end, judged by the scores of normal sessions under models that had not seen them. The scores are
/// surprises, whose tail falls off exponentially; beyond the greatest score seen, probabilities go on that way.
/// </summary>
internal sealed class SequenceTail
{
    private const double Half = 0.5;

    // The tail is taken from twenty times the share that is asked for, but no more than a fifth of all.
    private const double TailFactor = 20;
    private const double LargestTail = 0.2;

    // A training session that the others let expect once in ten thousand sessions or less is no measure of what is
    // normal.
    private const double Contamination = 0.01;

    private readonly double[] _sorted;

    /// <summary>Creates the tail.</summary>
    /// <param name="scores">The scores, at least one.</param>
    public SequenceTail(IEnumerable<double> scores)
    {
        _sorted = [.. scores.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(_sorted.Length, nameof(scores));
    }

    /// <summary>The score that no more than a share of normal sessions exceeds.</summary>
    /// <param name="share">The share, above 0 and below 1; where it is less than one session, it is the greatest
    /// score.</param>
    /// <param name="leastShare">The share that is extrapolated to where it is less; 1, the default, for none.</param>
    /// <returns>The threshold: greater scores are anomalies.</returns>
    public double Threshold(double share, double leastShare = 1)
    {
        int beyond = (int)(share * _sorted.Length);
        double threshold = _sorted[_sorted.Length - 1 - beyond];
        int rest = _sorted.Length - 1;
        if (rest < 2)
        {
            return threshold;
        }

        // From few sessions a small share can only be extrapolated; what they show of it is too low a threshold for
        // many.
        ReadOnlySpan<double> body = _sorted.AsSpan(0, rest - beyond + 1);
        double wanted = leastShare < share ? Extrapolate(body, share, leastShare) : threshold;
        return Math.Min(
            Math.Max(threshold, wanted), Extrapolate(_sorted.AsSpan(0, rest), share, share * Contamination));
    }

    /// <summary>How probable a score this great or greater is for a normal session.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Above 0 and at most 1.</returns>
    public double Probability(double score)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _sorted[middle] < score ? (middle + 1, high) : (low, middle);
        }

        int asGreat = _sorted.Length - low;
        double share = asGreat == _sorted.Length ? 1 : (asGreat + Half) / (_sorted.Length + 1);
        if (asGreat > 0)
        {
            return share;
        }

        double scale = MeanExcess(_sorted, LargestTail, out _, out _);
        return Math.Max(share * Math.Exp(-(score - _sorted[^1]) / scale), double.Epsilon);
    }

    private static double Extrapolate(ReadOnlySpan<double> sorted, double share, double target)
    {
        double scale = MeanExcess(sorted, Math.Min(LargestTail, TailFactor * share), out double start, out int count);
        double ratio = (double)count / sorted.Length / target;

        // What a further score exceeds, where the scale is itself known from so few scores; with many it is the
        // logarithm of the ratio.
        return start + (scale * count * (Math.Pow(ratio, 1.0 / count) - 1));
    }

    private static double MeanExcess(ReadOnlySpan<double> sorted, double share, out double start, out int count)
    {
        count = Math.Clamp((int)(share * sorted.Length), 1, sorted.Length);
        start = sorted[Math.Max(sorted.Length - 1 - count, 0)];

        // The mean excess by the median one, so that a few odd sessions among the training ones do not stretch the
        // tail.
        double excess = (sorted[^((count / 2) + 1)] - start) / Math.Log(2);

        // Scores are nats: that a probability falls more steeply than they say is more than a few equal scores can
        // tell.
        return Math.Max(excess, 1);
    }
}
