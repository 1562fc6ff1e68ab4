namespace LogAnomaly;

/// <summary>
/// How grave an anomaly is. For learned detectors it is a band of <see cref="Anomaly.Score"/>:
/// below 25 Informational, from 25 Low, from 50 Medium, from 75 High, from 90 Critical. A rule sets it itself.
/// </summary>
public enum Severity
{
    /// <summary>Score below 25.</summary>
    Informational = 0,

    /// <summary>Score from 25.</summary>
    Low,

    /// <summary>Score from 50.</summary>
    Medium,

    /// <summary>Score from 75.</summary>
    High,

    /// <summary>Score from 90.</summary>
    Critical,
}
