namespace LogAnomaly;

/// <summary>A finding whose score a verdict changed.</summary>
/// <param name="Before">The finding as it was.</param>
/// <param name="After">The finding as it is reported.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Similarity">How much the finding is like the one that was judged, above 0, at most 1.</param>
public sealed record VerdictChange(Anomaly Before, Anomaly After, LogVerdict Verdict, double Similarity);
