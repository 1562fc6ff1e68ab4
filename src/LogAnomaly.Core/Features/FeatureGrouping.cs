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

    /// <summary>
    /// All events of one session: of a session, request or trace id; of a process that serves one login; of an id that
    /// the message names; or of a source, until it is silent for long.
    /// </summary>
    Session,
}
