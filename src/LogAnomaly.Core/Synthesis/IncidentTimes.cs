namespace LogAnomaly.Synthesis;

/// <summary>The time of day at which an incident begins.</summary>
internal enum IncidentTimes
{
    /// <summary>At any time.</summary>
    Any = 0,

    /// <summary>From nine to sixteen o'clock on a workday.</summary>
    Day,

    /// <summary>From midnight to five.</summary>
    Night,
}
