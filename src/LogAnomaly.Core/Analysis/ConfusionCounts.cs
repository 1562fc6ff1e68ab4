namespace LogAnomaly.Analysis;

/// <summary>What was found and what was not, at one threshold.</summary>
/// <param name="TruePositives">Anomalous items that were found.</param>
/// <param name="FalsePositives">Normal items that were reported.</param>
/// <param name="FalseNegatives">Anomalous items that were missed.</param>
/// <param name="TrueNegatives">Normal items that were let be.</param>
internal readonly record struct ConfusionCounts(
    long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>Share of what was reported that is anomalous; 0 where nothing was reported.</summary>
    public double Precision => Share(TruePositives, FalsePositives);

    /// <summary>Share of what is anomalous that was found; 0 where nothing is anomalous.</summary>
    public double Recall => Share(TruePositives, FalseNegatives);

    /// <summary>Harmonic mean of precision and recall; 0 where nothing anomalous was found.</summary>
    public double F1 =>
        TruePositives == 0 ? 0 : 2.0 * TruePositives / ((2.0 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Counts.</summary>
    /// <param name="reported">Whether each item was reported.</param>
    /// <param name="anomalous">Whether each item is anomalous.</param>
    /// <returns>The counts.</returns>
    public static ConfusionCounts Of(ReadOnlySpan<bool> reported, ReadOnlySpan<bool> anomalous)
    {
        if (reported.Length != anomalous.Length)
        {
            throw new ArgumentException("Each item needs a label.", nameof(anomalous));
        }

        long[] cells = new long[4];
        for (int i = 0; i < reported.Length; i++)
        {
            cells[(reported[i] ? 2 : 0) + (anomalous[i] ? 1 : 0)]++;
        }

        return new ConfusionCounts(cells[3], cells[2], cells[1], cells[0]);
    }

    private static double Share(long part, long rest) => part == 0 ? 0 : (double)part / (part + rest);
}
