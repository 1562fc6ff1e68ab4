using LogAnomaly.Numerics;

namespace LogAnomaly.Analysis;

/// <summary>
/// Compares two counts. Given their sum, the second is binomial where both are Poisson (Przyborowski and Wilenski,
/// Biometrika 31, 1940); counts that vary more than that are divided by how much more (quasi-Poisson), and probability
/// and interval made wider by Student's t, because how much more is itself an estimate. The interval is that of Clopper
/// and Pearson.
/// </summary>
/// <param name="Probability">The probability of so great a difference, both sides.</param>
/// <param name="Low">Lower end of the interval of the ratio, 95 %.</param>
/// <param name="High">Upper end.</param>
/// <param name="Weight">The sum of the counts after the division.</param>
/// <param name="Least">The least probability that this sum allows, whatever the two counts.</param>
internal readonly record struct RateTest(double Probability, double Low, double High, double Weight, double Least)
{
    private const double Tail = 0.05;
    private const double Many = 1e7;

    /// <summary>Compares two counts.</summary>
    /// <param name="first">The count of the reference.</param>
    /// <param name="second">The count that is compared with it.</param>
    /// <param name="dispersion">How many times more than Poisson they vary, at least 1.</param>
    /// <param name="share">Share of the second in the time or events of both, above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom of the dispersion; 0 or less where it is assumed.</param>
    /// <returns>The result.</returns>
    public static RateTest Of(double first, double second, double dispersion, double share, double degrees)
    {
        double a = first / dispersion;
        double b = second / dispersion;
        double least = (b <= 0 ? 1 : BetaFunction.Regularized(share, b, a + 1));
        double most = (a <= 0 ? 1 : 1 - BetaFunction.Regularized(share, b + 1, a));
        double probability = Widened(Math.Min(1, 2 * Math.Min(least, most)), degrees);
        double tail = degrees > 0 ? BetaFunction.StudentTails(BetaFunction.StudentBound(Tail, degrees), Many) : Tail;
        double low = b <= 0 ? 0 : BetaFunction.Quantile(tail / 2, b, a + 1);
        double high = a <= 0 ? 1 : BetaFunction.Quantile(1 - (tail / 2), b + 1, a);
        double scale = (1 - share) / share;
        double extreme = Math.Min(1, 2 * Math.Pow(Math.Min(share, 1 - share), a + b));
        return new RateTest(
            probability,
            low / (1 - low) * scale,
            high >= 1 ? double.PositiveInfinity : high / (1 - high) * scale,
            a + b,
            Widened(extreme, degrees));
    }

    /// <summary>A probability of the normal distribution as one of Student's t at the same distance.</summary>
    /// <param name="probability">The probability of both tails.</param>
    /// <param name="degrees">Degrees of freedom; 0 or less leaves it.</param>
    /// <returns>The probability.</returns>
    private static double Widened(double probability, double degrees) => degrees <= 0 || probability >= 0.5
        ? probability
        : BetaFunction.StudentTails(BetaFunction.StudentBound(Math.Max(probability, 1e-300), Many), degrees);
}
