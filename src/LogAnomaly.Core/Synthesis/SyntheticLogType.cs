namespace LogAnomaly.Synthesis;

/// <summary>The kind of log that is made.</summary>
public enum SyntheticLogType
{
    /// <summary>The error log of an Apache httpd 2.4 with the event MPM.</summary>
    ApacheError = 0,

    /// <summary>An access log in Apache's combined format.</summary>
    Access,

    /// <summary>An auth.log with RFC 3164 stamps, as rsyslog writes it on Debian in its traditional format.</summary>
    Auth,

    /// <summary>
    /// A syslog with RFC 3164 stamps: kernel, systemd, cron, daemons and an application. It is made with scenarios
    /// only.
    /// </summary>
    System,
}
