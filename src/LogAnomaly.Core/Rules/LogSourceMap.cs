namespace LogAnomaly.Rules;

/// <summary>
/// Which events a rule may see: Sigma names the log that a rule is for, and one log has several kinds of events.
/// What no row here knows is the log of some other product, which can only come as records
/// (<see cref="LogKind.Record"/>).
/// </summary>
internal static class LogSourceMap
{
    private static readonly LogKind[] s_host = [LogKind.Authentication, LogKind.System, LogKind.Record];
    private static readonly LogKind[] s_text =
        [LogKind.Authentication, LogKind.System, LogKind.Record, LogKind.Windows];

    /// <summary>The filter of a log source.</summary>
    /// <param name="source">The log source.</param>
    /// <returns>The filter.</returns>
    public static LogSourceFilter FilterOf(RuleLogSource source)
    {
        string product = Word(source.Product);
        string category = Word(source.Category);
        string service = Word(source.Service);
        return (product, category, service) switch
        {
            ("", "", "") => LogSourceFilter.All,
            ("windows", _, _) => WindowsSources.FilterOf(category, service),
            ("linux", not "", _) => OfLinuxCategory(category, service),
            ("linux", _, _) => OfLinuxService(service),
            ("apache" or "nginx" or "iis" or "", "webserver" or "proxy" or "", _)
                when WebOf(product, category, service) is { } web => web,
            ("", "firewall", _) => new LogSourceFilter(
                [LogKind.System, LogKind.Record], static e => e.GetValue(LogField.DestinationPort) is not null
                    || e.GetValue(LogField.DestinationIP) is not null),
            ("", "authentication", "") => new LogSourceFilter(
                [.. s_host, LogKind.ApacheError, LogKind.NginxError, LogKind.Windows], static e =>
                    e.GetValue(LogField.Category) is "authentication"),
            ("", "", "auth" or "sshd" or "sudo" or "su" or "cron" or "syslog" or "auditd" or "vsftpd" or "clamav") =>
                OfLinuxService(service),
            _ => new LogSourceFilter([LogKind.Record], null),
        };
    }

    /// <summary>Whether a program's name, as a log gives it, is one of some names.</summary>
    /// <param name="program">The name, perhaps with its folder or, in old logs, with a module in parentheses; or
    /// null.</param>
    /// <param name="names">The names.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsProgram(string? program, string[] names)
    {
        if (program is null)
        {
            return false;
        }

        ReadOnlySpan<char> name = program.AsSpan(program.LastIndexOf('/') + 1);
        int end = name.IndexOfAny('(', '[');
        name = end > 0 ? name[..end] : name;
        foreach (string known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Word(string? text) => text is null ? "" : text.Trim().ToLowerInvariant();

    private static LogSourceFilter? WebOf(string product, string category, string service) =>
        (product, category, service) switch
        {
            ("apache", _, "error") or ("", "", "apache") => new LogSourceFilter(
                [LogKind.ApacheError, LogKind.Record], IsOf("apache", "httpd", "apache2")),
            ("nginx", _, "error") or ("", "", "nginx") => new LogSourceFilter(
                [LogKind.NginxError, LogKind.Record], IsOf("nginx")),
            ("apache", "", "") => new LogSourceFilter([LogKind.Access, LogKind.ApacheError], null),
            ("nginx", "", "") => new LogSourceFilter([LogKind.Access, LogKind.NginxError], null),
            ("", "", _) => null,
            _ => new LogSourceFilter(
                [LogKind.Access, LogKind.Record], static e => e is AccessEvent || e.GetValue(LogField.Url) is not null
                    || (e.GetValue(LogField.UrlPath) is not null && e.GetValue(LogField.StatusCode) is not null)),
        };

    // An event of a web server's own kind, or a record that such a program wrote.
    private static Func<LogEvent, bool> IsOf(params string[] programs) =>
        e => e is not RecordEvent || IsProgram(e.Program, programs);

    private static LogSourceFilter OfLinuxService(string service) => service switch
    {
        "" or "syslog" or "messages" => new LogSourceFilter(
            s_host, static e => e is not RecordEvent || e.Program is not null),
        "auth" or "authpriv" or "secure" => new LogSourceFilter(s_host, IsAuthentication),
        "auditd" => new LogSourceFilter(s_text, IsAudit),
        "modsecurity" => new LogSourceFilter([LogKind.ApacheError, LogKind.NginxError, LogKind.Access], null),
        "kernel" or "kern" => Programs("kernel", "klogd"),
        "sshd" or "ssh" => Programs("sshd", "sshd-session", "sshd-auth"),
        "su" => Programs("su", "runuser"),
        "cron" => Programs("cron", "crond", "crontab", "anacron", "fcron", "cronie", "vixie-cron", "dcron"),
        "clamav" => Programs(
            "clamd", "clamav", "clamav-daemon", "clamscan", "clamdscan", "clamonacc", "freshclam", "clamav-milter"),
        "guacamole" => Programs("guacd", "guacamole", "tomcat", "tomcat7", "tomcat8", "tomcat9", "tomcat10"),
        _ => Programs(service),
    };

    private static LogSourceFilter Programs(params string[] names) =>
        new(s_host, e => IsProgram(e.Program, names), isOfProgram: true);

    // Records of the audit tell of processes, files and connections; so does Sysmon for Linux, and sudo tells of
    // commands.
    private static LogSourceFilter OfLinuxCategory(string category, string service)
    {
        if (service.Length > 0)
        {
            return OfLinuxService(service);
        }

        int[] ids = WindowsSources.SysmonIdsOf(category);
        return category == "process_creation"
            ? new LogSourceFilter(s_text, e => IsAudit(e) || IsSysmon(e, ids) || IsCommand(e))
            : new LogSourceFilter(s_text, e => IsAudit(e) || IsSysmon(e, ids));
    }

    private static bool IsCommand(LogEvent e) => e switch
    {
        AuthEvent auth => auth.Command is not null,
        RecordEvent record => record.Command is not null && record.GetValue(LogField.Channel) is null,
        _ => false,
    };

    private static bool IsSysmon(LogEvent e, int[] ids) =>
        e is WindowsEvent or RecordEvent && e.GetValue(LogField.EventId) is int id && Array.IndexOf(ids, id) >= 0
        && (e.GetValue(LogField.Channel) is string channel
            && channel.StartsWith("Linux-Sysmon", StringComparison.OrdinalIgnoreCase)
            || e.GetValue(LogField.Provider) is string provider
                && provider.StartsWith("Linux-Sysmon", StringComparison.OrdinalIgnoreCase));

    private static bool IsAuthentication(LogEvent e) => e.Kind == LogKind.Authentication
        || (e.GetValue(LogField.Facility) is string facility
            && (facility.Equals("auth", StringComparison.OrdinalIgnoreCase)
                || facility.Equals("authpriv", StringComparison.OrdinalIgnoreCase) || facility is "4" or "10"))
        || (e is RecordEvent && e.GetValue(LogField.Category) is "authentication");

    // The audit's own file, or the same records passed on to syslog or as JSON.
    private static bool IsAudit(LogEvent e) => e switch
    {
        RecordEvent record =>
            IsProgram(record.Program, s_audit) || record["type"] is string && record["auid"] is not null
                || record["auditd.message_type"] is not null,
        LineEvent line => line.Kind is LogKind.System or LogKind.Authentication
            && (line.LineSpan.StartsWith("type="u8) || line.LineSpan.StartsWith("node="u8)
                || IsProgram(line.Program, s_audit)),
        _ => false,
    };

    private static readonly string[] s_audit = ["audit", "auditd", "audispd", "audisp-syslog"];
}
