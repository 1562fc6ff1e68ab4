namespace LogAnomaly;

/// <summary>The kind of an event: which fields it carries.</summary>
public enum LogKind
{
    /// <summary>
    /// A line that no parser of its file understood; it has <see cref="LogEvent.Raw"/> and nothing more.
    /// </summary>
    Unparsed = 0,

    /// <summary>A line of an Apache httpd error log: <see cref="ApacheErrorEvent"/>.</summary>
    ApacheError,

    /// <summary>A request in an Apache or nginx access log: <see cref="AccessEvent"/>.</summary>
    Access,

    /// <summary>A line about authentication, privilege, accounts or sessions: <see cref="AuthEvent"/>.</summary>
    Authentication,

    /// <summary>
    /// Any other line of a syslog file or of the journal: <see cref="SystemEvent"/> with host and program.
    /// </summary>
    System,

    /// <summary>A line of an nginx error log: <see cref="NginxErrorEvent"/>.</summary>
    NginxError,

    /// <summary>A record of a structured log (JSON, logfmt, CSV, an own format): <c>RecordEvent</c>.</summary>
    Record,

    /// <summary>A record of the Windows event log: <c>WindowsEvent</c>.</summary>
    Windows,
}
