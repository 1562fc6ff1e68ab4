namespace LogAnomaly.Detection;

/// <summary>
/// Turns scores into tail probabilities by the training rows' own scores. The probability of a score lies between the share e of
/// training rows that score as high or higher, and e squared: where the score lies farther out than the slope of the tail (an
/// exponential through the 90th and the 97.5th percentile, which odd rows of up to 2.5 % cannot bend) lets expect, the gap may count
/// as much as the rarity itself, and no more.
/// </summary>
internal sealed class TailFit
{
    private const double LowerPoint = 0.9;
    private const double UpperPoint = 0.975;

    private readonly double[] _sorted;
    private readonly double _start;
    private readonly double _startTail;
    private readonly double _scale;

    private TailFit(double[] sorted, double start, double startTail, double scale)
    {
        _sorted = sorted;
        _start = start;
        _startTail = startTail;
        _scale = scale;
    }

    /// <summary>Fits the tail.</summary>
    /// <param name="scores">Scores of the training rows, at least one.</param>
    /// <returns>The fit.</returns>
    public static TailFit Of(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        Array.Sort(sorted);
        double start = sorted[(int)(LowerPoint * (sorted.Length - 1))];
        double upper = sorted[(int)(UpperPoint * (sorted.Length - 1))];
        double startTail = ShareFrom(sorted, start);
        double upperTail = ShareFrom(sorted, upper);

        // Equal points (most rows alike) leave no slope: then whatever lies above them is a gap.
        double scale = upper > start ? (upper - start) / Math.Log(startTail / upperTail) : 0;
        return new TailFit(sorted, start, startTail, scale);
    }

    /// <summary>The tail probability of a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Above 0 and at most 1.</returns>
    public double ProbabilityFrom(double score)
    {
        double share = Math.Max(ShareFrom(_sorted, score), 1.0 / (_sorted.Length + 1));
        if (score <= _start)
        {
            return share;
        }

        double expected = _scale > 0 ? _startTail * Math.Exp(-(score - _start) / _scale) : 0;
        return Math.Clamp(expected, share * share, share);
    }

    // Share of the sorted scores that are not below a score.
    private static double ShareFrom(double[] sorted, double score)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (double)(sorted.Length - low) / sorted.Length;
    }
}
