namespace LogAnomaly;

/// <summary>How the counted events of a log are told.</summary>
public sealed record CubeOptions
{
    /// <summary>
    /// Most rows of the table of all dimensions, at least 1; 40,000 by default. What does not fit is folded.
    /// </summary>
    public int MaximumRows { get; init; } = 40_000;

    /// <summary>
    /// Most rows of each further table, which breaks down the values of one dimension where the first does not; 6,000
    /// by default. The most frequent values get them, those that anomalies name first.
    /// </summary>
    public int MaximumFurtherRows { get; init; } = 6_000;

    /// <summary>Most values of a further table, beside those that anomalies name; 100 by default.</summary>
    public int MaximumFurtherValues { get; init; } = 100;

    /// <summary>
    /// Gives the country of a source, as the page tells it, or null for one that has none; null for no countries. Asked
    /// only where <c>AnalysisOptions.CountryOf</c> was not, which costs nothing of what is exact.
    /// </summary>
    public Func<string, string?>? CountryOf { get; init; }
}
