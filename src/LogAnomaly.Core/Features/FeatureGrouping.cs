namespace LogAnomaly.Features;

/// <summary>What a row of features is about.</summary>
public enum FeatureGrouping
{
    /// <summary>One event.</summary>
    Event = 0,

    /// <summary>All events from one source address.</summary>
    SourceIP,

    /// <summary>All events of one user.</summary>
    UserName,

    /// <summary>All events of one host.</summary>
    HostName,

    /// <summary>All events of one program (for Apache errors: module).</summary>
    Program,

    /// <summary>All events of one window of time.</summary>
    Window,
}
