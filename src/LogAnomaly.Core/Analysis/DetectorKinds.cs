namespace LogAnomaly.Analysis;

/// <summary>Which detectors an analysis runs.</summary>
[Flags]
public enum DetectorKinds
{
    /// <summary>None: only what the log holds is counted.</summary>
    None = 0,

    /// <summary>
    /// What is known to be bad: rules and correlations. They stream, in memory that does not grow with the log.
    /// </summary>
    Rules = 1,

    /// <summary>
    /// What is unusual: rare messages, odd events and changed behaviour. Memory follows the variety of the log, not its
    /// length.
    /// </summary>
    Learned = 2,

    /// <summary>All of them.</summary>
    All = Rules | Learned,
}
