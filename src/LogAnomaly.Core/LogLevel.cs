namespace LogAnomaly;

/// <summary>
/// The level that a log line gives itself, on one scale over syslog (RFC 5424), Apache <c>LogLevel</c> and Windows.
/// Greater is graver. Where a format has no level, the parser derives one and its documentation says how.
/// </summary>
public enum LogLevel
{
    /// <summary>Apache trace1 to trace8.</summary>
    Trace = 0,

    /// <summary>syslog 7.</summary>
    Debug,

    /// <summary>syslog 6.</summary>
    Informational,

    /// <summary>syslog 5.</summary>
    Notice,

    /// <summary>syslog 4.</summary>
    Warning,

    /// <summary>syslog 3.</summary>
    Error,

    /// <summary>syslog 2.</summary>
    Critical,

    /// <summary>syslog 1.</summary>
    Alert,

    /// <summary>syslog 0.</summary>
    Emergency,
}
