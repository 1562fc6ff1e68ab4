namespace LogAnomaly.Analysis;

/// <summary>How a log is measured.</summary>
public sealed record MeasurementOptions
{
    /// <summary>
    /// Width of the intervals in which events are counted; null, the default, chooses one by the length of the log, so
    /// that there are at most about 400. Intervals begin at multiples of their width since year 1 UTC.
    /// </summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Values that are listed of a field, 10 by default.</summary>
    public int Top { get; init; } = 10;

    /// <summary>
    /// Intervals that are kept; where there are more their width doubles until they fit. 100,000 by default.
    /// </summary>
    public int MaximumIntervals { get; init; } = 100_000;

    /// <summary>
    /// Groups, sources of logins and values of a field that are kept apart; further ones count together. 100,000 by
    /// default.
    /// </summary>
    public int MaximumValues { get; init; } = 100_000;
}
