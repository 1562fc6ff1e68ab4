namespace LogAnomaly;

/// <summary>
/// Events that were counted while they came, from which the counts of a page are made when it is written.
/// </summary>
internal interface ILogCounts
{
    /// <summary>Makes the counts.</summary>
    /// <param name="anomalies">What anomalies name is broken down first.</param>
    /// <param name="options">How to tell the counts, or null for the defaults.</param>
    /// <returns>The counts.</returns>
    LogCube Build(IReadOnlyList<Anomaly> anomalies, CubeOptions? options);
}
