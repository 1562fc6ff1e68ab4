namespace LogAnomaly.Analysis;

/// <summary>One interval, or several in a row, with far more than those around it.</summary>
/// <param name="Of">Of what there was more: <c>Events</c>, <c>Errors</c> or <c>Failures</c>.</param>
/// <param name="Start">Start of its first interval.</param>
/// <param name="End">End of its last interval.</param>
/// <param name="Count">How many there were in it.</param>
/// <param name="Typical">How many are usual in that time: the median of the intervals around, times the number of
/// intervals.</param>
/// <param name="Score">By how many robust standard deviations its highest interval stands above those around
/// it.</param>
public sealed record LogSpike(
    string Of, DateTimeOffset Start, DateTimeOffset End, long Count, double Typical, double Score)
{
    /// <summary>How many times the usual; null where nothing is usual.</summary>
    public double? Ratio => Typical > 0 ? Count / Typical : null;
}
