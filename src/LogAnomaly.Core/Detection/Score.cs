namespace LogAnomaly.Detection;

/// <summary>Tail probabilities as one score from 0 to 100.</summary>
internal static class Score
{
    // One in a thousand is where an event begins to deserve a look; beyond it the scale is half as steep, so that High
    // (one in a million) and Critical stay rare.
    private const double MediumDecades = 3;
    private const double PointsBelowMedium = 50 / MediumDecades;
    private const double PointsAboveMedium = PointsBelowMedium / 2;

    // From here on the scale says how improbable something is in the whole log; 25 points, the least that is called
    // Low.
    private const double FamilyDecades = 1.5;
    private const double GreatestBelowLow = 24.9;

    // Below this the tangent of the Cauchy combination loses its digits; its limit, the harmonic mean, is exact enough.
    private const double Tiny = 1e-6;

    /// <summary>
    /// The tail probability that is odd by the training data alone: that of ten in all, but no more than one in a
    /// hundred and no less than one in a thousand, so that a few odd ones among the training data do not hide others.
    /// </summary>
    /// <param name="count">Number of training rows.</param>
    /// <returns>The probability, 0.001 to 0.01.</returns>
    public static double ReportedProbability(int count) => Math.Clamp(10.0 / Math.Max(count, 1), 0.001, 0.01);

    /// <summary>
    /// The score from which findings are reported where no other is asked for: the least that is called Low.
    /// </summary>
    public const double Reported = 25;

    /// <summary>
    /// Combines the tail probabilities of several detectors that looked at the same event (Cauchy combination test; Liu
    /// and Xie, JASA 115(529), 2020): valid also where detectors depend on each other, near the least one times their
    /// number.
    /// </summary>
    /// <param name="probabilities">Tail probabilities, each above 0 and at most 1.</param>
    /// <returns>The combined tail probability, above 0 and at most 1.</returns>
    public static double Combine(ReadOnlySpan<double> probabilities)
    {
        double sum = 0;
        double inverse = 0;
        double least = 1;
        foreach (double probability in probabilities)
        {
            // At 1 the tangent is minus infinity and would outweigh any evidence.
            double bounded = Math.Min(probability, 0.99);
            sum += Math.Tan((0.5 - bounded) * Math.PI);
            inverse += 1 / probability;
            least = Math.Min(least, probability);
        }

        return least < Tiny
            ? Math.Min(1, probabilities.Length / inverse)
            : 0.5 - (Math.Atan(sum / probabilities.Length) / Math.PI);
    }

    /// <summary>
    /// The score of a tail probability: 0 for 1, 50 for one in a thousand, 75 for one in a million, 100 for one in a
    /// thousand million and beyond; between these it grows with the power of ten.
    /// </summary>
    /// <param name="probability">A tail probability above 0.</param>
    /// <returns>The score, rounded to a tenth.</returns>
    public static double Of(double probability)
    {
        double decades = -Math.Log10(probability);
        double score = (Math.Min(decades, MediumDecades) * PointsBelowMedium)
            + (Math.Max(decades - MediumDecades, 0) * PointsAboveMedium);
        return Math.Round(Math.Clamp(score, 0, 100), 1, MidpointRounding.AwayFromZero);
    }

    /// <summary>
    /// The score of one of many judgements. From 25 on it is that of the probability that any of so many usual things
    /// is this odd (Bonferroni's bound): 25 for one log in thirty, 50 for one log in a thousand. What lies below, and
    /// is to be expected in any log of that length, is ranked by its own probability.
    /// </summary>
    /// <param name="probability">Tail probability of the one judgement, above 0.</param>
    /// <param name="expected">How many as odd are to be expected by chance among all judgements, above 0.</param>
    /// <param name="judgements">Number of judgements, at least 1.</param>
    /// <returns>The score, rounded to a tenth.</returns>
    public static double Of(double probability, double expected, double judgements)
    {
        if (-Math.Log10(expected) >= FamilyDecades)
        {
            return Of(Math.Min(expected, 1));
        }

        double share = -Math.Log10(Math.Min(probability, 1)) / (Math.Log10(judgements) + FamilyDecades);
        double score = Math.Round(
            Math.Clamp(share, 0, 1) * (PointsBelowMedium * FamilyDecades), 1, MidpointRounding.AwayFromZero);
        return Math.Min(score, GreatestBelowLow);
    }

    /// <summary>
    /// How many findings of a score or more chance alone puts into a log, by one detector on one kind of event.
    /// </summary>
    /// <param name="score">The score, 0 to 100 or beyond.</param>
    /// <returns>The expected number; for a score below 25, which ranks what is usual, at least that of 25.</returns>
    public static double ExpectedFrom(double score)
    {
        double decades = score <= 50 ? score / PointsBelowMedium : MediumDecades + ((score - 50) / PointsAboveMedium);
        return Math.Pow(10, -decades);
    }

    /// <summary>The band of a score.</summary>
    /// <param name="score">The score, 0 to 100.</param>
    /// <returns>Its severity.</returns>
    public static Severity SeverityOf(double score) => score switch
    {
        >= 90 => Severity.Critical,
        >= 75 => Severity.High,
        >= 50 => Severity.Medium,
        >= 25 => Severity.Low,
        _ => Severity.Informational,
    };
}
