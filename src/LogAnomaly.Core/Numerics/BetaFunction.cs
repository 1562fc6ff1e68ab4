using static System.Math;

namespace LogAnomaly.Numerics;

/// <summary>
/// The regularised incomplete beta function and the tail probabilities that are made of it: binomial with real counts,
/// Student's t and F. By the continued fraction of Lentz (DiDonato and Morris, ACM TOMS 18(3), 1992, describe when it
/// converges fast).
/// </summary>
internal static class BetaFunction
{
    private const int MostTerms = 400;
    private const double Precision = 1e-14;
    private const double Tiny = 1e-300;
    private const int Halvings = 100;

    // Lanczos' approximation for g = 7 and nine terms, right to 15 digits.
    private static readonly double[] s_lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The share of the beta distribution that lies at or below a point.</summary>
    /// <param name="x">The point, 0 to 1.</param>
    /// <param name="a">First shape; at 0 all lies at 0.</param>
    /// <param name="b">Second shape; at 0 all lies at 1.</param>
    /// <returns>The share, 0 to 1.</returns>
    public static double Regularized(double x, double a, double b)
    {
        if (x <= 0 || (b <= 0 && x < 1))
        {
            return 0;
        }

        if (x >= 1 || a <= 0)
        {
            return 1;
        }

        double front = Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Log(x)) + (b * Log(1 - x)));
        return x < (a + 1) / (a + b + 2)
            ? Clamp(front * Fraction(x, a, b) / a, 0, 1)
            : Clamp(1 - (front * Fraction(1 - x, b, a) / b), 0, 1);
    }

    /// <summary>The point at or below which a share of the beta distribution lies.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="a">First shape.</param>
    /// <param name="b">Second shape.</param>
    /// <returns>The point, 0 to 1.</returns>
    public static double Quantile(double share, double a, double b)
    {
        double low = 0;
        double high = 1;
        for (int i = 0; i < Halvings && high - low > Precision * high; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Regularized(middle, a, b) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The probability that a Student's t is at least as far from 0.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>The probability of both tails.</returns>
    public static double StudentTails(double t, double degrees) =>
        Regularized(degrees / (degrees + (t * t)), degrees / 2, 0.5);

    /// <summary>The probability that a Student's t is as great or greater.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>The probability of the upper tail.</returns>
    public static double StudentUpperTail(double t, double degrees) =>
        t >= 0 ? StudentTails(t, degrees) / 2 : 1 - (StudentTails(t, degrees) / 2);

    /// <summary>The value beyond which both tails of a Student's t have a probability.</summary>
    /// <param name="probability">The probability of both tails, above 0.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>The value, 0 or more.</returns>
    public static double StudentBound(double probability, double degrees)
    {
        double point = Quantile(Min(probability, 1), degrees / 2, 0.5);
        return point <= 0 ? double.PositiveInfinity : Sqrt(degrees * (1 - point) / point);
    }

    /// <summary>The probability that an F is as great or greater.</summary>
    /// <param name="value">The value.</param>
    /// <param name="between">Degrees of freedom of the numerator.</param>
    /// <param name="within">Degrees of freedom of the denominator.</param>
    /// <returns>The probability.</returns>
    public static double FisherTail(double value, double between, double within) =>
        value <= 0 ? 1 : Regularized(within / (within + (between * value)), within / 2, between / 2);

    /// <summary>The logarithm of the gamma function.</summary>
    /// <param name="x">A number above 0.</param>
    /// <returns>The logarithm.</returns>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Log(PI / Sin(PI * x)) - LogGamma(1 - x);
        }

        double y = x - 1;
        double sum = s_lanczos[0];
        for (int i = 1; i < s_lanczos.Length; i++)
        {
            sum += s_lanczos[i] / (y + i);
        }

        double t = y + 7.5;
        return (0.5 * Log(2 * PI)) + ((y + 0.5) * Log(t)) - t + Log(sum);
    }

    private static double Fraction(double x, double a, double b)
    {
        double c = 1;
        double d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        double result = d;
        for (int m = 1; m <= MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            double step = d * c;
            result *= step;
            if (Abs(step - 1) < Precision)
            {
                break;
            }
        }

        return result;
    }

    private static double NotZero(double value) => Abs(value) < Tiny ? Tiny : value;
}
