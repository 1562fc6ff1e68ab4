using LogAnomaly.Numerics;

namespace LogAnomaly.Analysis;

/// <summary>
/// Compares how events divide into values: Pearson's chi-square, divided by how much more than independent events the
/// shares vary (first order of Rao and Scott, Annals of Statistics 12(1), 1984) and held against F, with Cramer's V as
/// the size of the effect.
/// </summary>
/// <param name="Probability">The probability of so great a difference.</param>
/// <param name="Effect">Cramer's V, 0 to 1.</param>
/// <param name="Value">The value whose share moved most.</param>
/// <param name="Reference">Its share in the reference.</param>
/// <param name="Difference">Its share in the log that is compared with it.</param>
internal readonly record struct MixTest(
    double Probability, double Effect, string Value, double Reference, double Difference)
{
    private const double LeastExpected = 5;
    private const string Other = "(other)";

    /// <summary>Compares two mixes.</summary>
    /// <param name="reference">That of the reference.</param>
    /// <param name="difference">That which is compared with it.</param>
    /// <param name="degrees">Degrees of freedom of the dispersions; 0 or less where they are assumed.</param>
    /// <returns>The result, or null where there is too little to compare.</returns>
    public static MixTest? Of(
        SortedDictionary<string, ProfileEntry> reference,
        SortedDictionary<string, ProfileEntry> difference,
        double degrees)
    {
        double first = reference.Values.Sum(entry => (double)entry.Count);
        double second = difference.Values.Sum(entry => (double)entry.Count);
        if (first < LeastExpected || second < LeastExpected)
        {
            return null;
        }

        List<(string Value, double First, double Second, double Dispersion)> rows = Rows(
            reference, difference, first, second);
        if (rows.Count < 2)
        {
            return null;
        }

        double all = first + second;
        double square = 0;
        double design = 0;
        (string Value, double Part, double First, double Second) greatest = ("", -1, 0, 0);
        foreach ((string value, double a, double b, double dispersion) in rows)
        {
            double share = (a + b) / all;
            double part = (Math.Pow(a - (first * share), 2) / (first * share))
                + (Math.Pow(b - (second * share), 2) / (second * share));
            square += part;
            design += (1 - share) * dispersion;
            greatest = part > greatest.Part ? (value, part, a / first, b / second) : greatest;
        }

        int between = rows.Count - 1;
        double scaled = square / between / Math.Max(design / between, 1);
        double probability = BetaFunction.FisherTail(scaled, between, degrees > 0 ? degrees : 1e7);
        return new MixTest(probability, Math.Sqrt(square / all), greatest.Value, greatest.First, greatest.Second);
    }

    // The chi-square is one only where enough is expected of each value; what is rarer counts together.
    private static List<(string Value, double First, double Second, double Dispersion)> Rows(
        SortedDictionary<string, ProfileEntry> reference,
        SortedDictionary<string, ProfileEntry> difference,
        double first,
        double second)
    {
        List<(string Value, double First, double Second, double Dispersion)> rows = [];
        (double First, double Second, double Dispersion) rest = (0, 0, 1);
        double least = Math.Min(first, second) / (first + second);
        foreach (string value in reference.Keys.Union(difference.Keys).Order(StringComparer.Ordinal))
        {
            ProfileEntry sum = ProfileEntry.Sum(
                reference.GetValueOrDefault(value),
                difference.GetValueOrDefault(value) ?? new ProfileEntry(0, -1, -1, 1));
            double a = reference.GetValueOrDefault(value)?.Count ?? 0;
            double b = difference.GetValueOrDefault(value)?.Count ?? 0;
            if ((a + b) * least / sum.Dispersion >= LeastExpected)
            {
                rows.Add((value, a, b, sum.Dispersion));
            }
            else
            {
                rest = (rest.First + a, rest.Second + b, Math.Max(rest.Dispersion, sum.Dispersion));
            }
        }

        if ((rest.First + rest.Second) * least / rest.Dispersion >= LeastExpected)
        {
            rows.Add((Other, rest.First, rest.Second, rest.Dispersion));
        }

        return rows;
    }
}
