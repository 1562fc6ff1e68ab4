namespace LogAnomaly;

/// <summary>The kind of an event: which fields it carries.</summary>
public enum LogKind
{
    /// <summary>A line that no parser of its file understood; it has <see cref="LogEvent.Raw"/> and nothing more.</summary>
    Unparsed = 0,

    /// <summary>A line of an Apache httpd error log: <see cref="ApacheErrorEvent"/>.</summary>
    ApacheError,

    /// <summary>A request in an Apache or nginx access log: <see cref="AccessEvent"/>.</summary>
    Access,

    /// <summary>A line about authentication, privilege, accounts or sessions: <see cref="AuthEvent"/>.</summary>
    Authentication,

    /// <summary>Any other line of a syslog file or of the journal: <see cref="LogEvent"/> with host and program.</summary>
    System,
}
