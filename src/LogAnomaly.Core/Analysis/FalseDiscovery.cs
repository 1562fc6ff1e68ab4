namespace LogAnomaly.Analysis;

/// <summary>
/// Judges many tests together (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57(1), 1995).
/// </summary>
internal static class FalseDiscovery
{
    /// <summary>The rows that stand.</summary>
    /// <param name="rows">All that were tested.</param>
    /// <param name="level">The share of false ones among those that stand.</param>
    /// <returns>Those that stand.</returns>
    public static IEnumerable<LogDifference> Keep(IReadOnlyCollection<LogDifference> rows, double level)
    {
        LogDifference[] sorted = [.. rows.OrderBy(row => row.Probability)];
        int kept = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Probability <= level * (i + 1) / sorted.Length)
            {
                kept = i + 1;
            }
        }

        return sorted.Take(kept);
    }
}
