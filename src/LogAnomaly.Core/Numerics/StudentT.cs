namespace LogAnomaly.Numerics;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    private const int MostSteps = 300;
    private const double Tolerance = 1e-14;
    private const double Smallest = 1e-300;

    /// <summary>The probability of a value this great or greater.</summary>
    /// <param name="value">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <returns>The upper tail, 0 to 1.</returns>
    public static double UpperTail(double value, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        double half = 0.5 * IncompleteBeta(degrees / 2, 0.5, degrees / (degrees + (value * value)));
        return value >= 0 ? half : 1 - half;
    }

    // The regularised incomplete beta function by its continued fraction (NIST DLMF 8.17.22), evaluated by Lentz's method.
    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        if (x >= 1)
        {
            return 1;
        }

        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - (front * Fraction(b, a, 1 - x) / b);
    }

    private static double Fraction(double a, double b, double x)
    {
        double c = 1;
        double d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        double result = d;
        for (int m = 1; m <= MostSteps; m++)
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
            if (Math.Abs(step - 1) < Tolerance)
            {
                break;
            }
        }

        return result;
    }

    private static double NotZero(double value) => Math.Abs(value) < Smallest ? Smallest : value;

    // Stirling's series (NIST DLMF 5.11.1), shifted up to where it converges.
    private static double LogGamma(double value)
    {
        double shift = 0;
        while (value < 10)
        {
            shift += Math.Log(value);
            value++;
        }

        double inverse = 1 / (value * value);
        double series = ((1.0 / 12) - (inverse * ((1.0 / 360) - (inverse * ((1.0 / 1260) - (inverse / 1680)))))) / value;
        return ((value - 0.5) * Math.Log(value)) - value + (0.5 * Math.Log(Math.Tau)) + series - shift;
    }
}
