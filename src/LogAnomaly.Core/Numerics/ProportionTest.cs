namespace LogAnomaly.Numerics;

/// <summary>
/// Tells whether two shares differ by more than chance: the G-test of two proportions (the likelihood ratio test; Sokal
/// and Rohlf, "Biometry", 1995) with the correction of Williams for small counts, and Holm's step-down correction for
/// many tests at once ("A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6,
/// 1979).
/// </summary>
internal static class ProportionTest
{
    private const int SeriesTerms = 40;
    private const int FractionTerms = 60;

    /// <summary>Probability that chance makes two shares differ as much as they do, or more.</summary>
    /// <param name="first">Hits of the first.</param>
    /// <param name="firstOf">All of the first.</param>
    /// <param name="second">Hits of the second.</param>
    /// <param name="secondOf">All of the second.</param>
    /// <returns>0 to 1; 1 where one of the two is empty.</returns>
    public static double ProbabilityOf(long first, long firstOf, long second, long secondOf)
    {
        double all = (double)firstOf + secondOf;
        double hits = (double)first + second;
        if (firstOf == 0 || secondOf == 0 || hits == 0 || hits == all)
        {
            return 1;
        }

        double g = 2 * (Term(first, hits * firstOf / all) + Term(firstOf - first, (all - hits) * firstOf / all)
            + Term(second, hits * secondOf / all) + Term(secondOf - second, (all - hits) * secondOf / all));
        double williams = 1
            + ((((all / firstOf) + (all / secondOf) - 1) * ((all / hits) + (all / (all - hits)) - 1)) / (6 * all));
        return ComplementOfError(Math.Sqrt(Math.Max(g / williams, 0) / 2));
    }

    /// <summary>
    /// Corrects the probabilities of many tests, so that one of them all is false with the probability it says.
    /// </summary>
    /// <param name="probabilities">One for each test.</param>
    /// <returns>The corrected ones, in the same order.</returns>
    public static double[] Correct(double[] probabilities)
    {
        int[] order = [.. Enumerable.Range(0, probabilities.Length).OrderBy(place => probabilities[place])];
        double[] corrected = new double[probabilities.Length];
        double most = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            most = Math.Max(most, Math.Min(probabilities[order[rank]] * (order.Length - rank), 1));
            corrected[order[rank]] = most;
        }

        return corrected;
    }

    private static double Term(double observed, double expected) =>
        observed <= 0 ? 0 : observed * Math.Log(observed / expected);

    // erfc(x) for x >= 0; chi-square of one degree of freedom is erfc(sqrt(x / 2)). Near 0 the series, and beyond it
    // the continued fraction, which keeps its precision where the result is tiny (Abramowitz and Stegun, "Handbook of
    // Mathematical Functions", 7.1.6 and 7.1.14).
    private static double ComplementOfError(double x)
    {
        if (x < 2)
        {
            double term = x;
            double sum = x;
            for (int n = 1; n <= SeriesTerms; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return Math.Clamp(1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum), 0, 1);
        }

        double fraction = x;
        for (int n = FractionTerms; n >= 1; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
