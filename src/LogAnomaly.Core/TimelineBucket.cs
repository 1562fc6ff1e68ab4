namespace LogAnomaly;

/// <summary>The events of one step of the timeline.</summary>
/// <param name="Start">Start of the step.</param>
/// <param name="Counts">Events by level: index 0 for events without a level, then one place for each
/// <see cref="LogLevel"/>, Trace first.</param>
/// <param name="Anomalies">Anomalies in the step.</param>
public sealed record TimelineBucket(DateTimeOffset Start, IReadOnlyList<long> Counts, long Anomalies);
