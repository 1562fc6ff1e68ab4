using System.Collections.Frozen;

namespace LogAnomaly;

/// <summary>
/// Field names: ours (the members of <see cref="LogField"/>), those of ECS 9 and those of Sigma's taxonomies, without
/// regard to case.
/// </summary>
public static class LogFields
{
    private static readonly FrozenDictionary<string, LogField> s_byName = Build();

    /// <summary>All names of all fields.</summary>
    internal static IReadOnlyList<string> Names => s_byName.Keys;

    /// <summary>Finds a field by any of its names.</summary>
    /// <param name="name">Our name, an ECS name such as <c>source.ip</c>, or a Sigma name such as <c>c-ip</c>.</param>
    /// <param name="field">The field.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryParse(string name, out LogField field)
    {
        ArgumentNullException.ThrowIfNull(name);
        return s_byName.TryGetValue(name, out field);
    }

    private static FrozenDictionary<string, LogField> Build()
    {
        Dictionary<string, LogField> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (LogField field in Enum.GetValues<LogField>())
        {
            names.Add(field.ToString(), field);
        }

        (string Name, LogField Field)[] aliases =
        [
            ("@timestamp", LogField.Timestamp),
            ("host.name", LogField.HostName),
            ("host.hostname", LogField.HostName),
            ("log.syslog.hostname", LogField.HostName),
            ("ComputerName", LogField.HostName),
            ("process.name", LogField.Program),
            ("log.syslog.appname", LogField.Program),
            ("process.pid", LogField.ProcessId),
            ("pid", LogField.ProcessId),
            ("log.syslog.procid", LogField.ProcessId),
            ("process.thread.id", LogField.ThreadId),
            ("tid", LogField.ThreadId),
            ("log.level", LogField.Level),
            ("log.syslog.severity.name", LogField.Level),
            ("event.category", LogField.Category),
            ("event.action", LogField.Action),
            ("event.outcome", LogField.Outcome),
            ("user.name", LogField.UserName),
            ("cs-username", LogField.UserName),
            ("pam_user", LogField.UserName),
            ("user.target.name", LogField.TargetUser),
            ("TargetUserName", LogField.TargetUser),
            ("source.ip", LogField.SourceIP),
            ("c-ip", LogField.SourceIP),
            ("IpAddress", LogField.SourceIP),
            ("source.port", LogField.SourcePort),
            ("IpPort", LogField.SourcePort),
            ("source.domain", LogField.SourceHost),
            ("http.request.method", LogField.Method),
            ("cs-method", LogField.Method),
            ("event.reason", LogField.Reason),
            ("process.command_line", LogField.Command),
            ("CommandLine", LogField.Command),
            ("process.working_directory", LogField.WorkingDirectory),
            ("url.original", LogField.Url),
            ("cs-uri", LogField.Url),
            ("c-uri", LogField.Url),
            ("url.path", LogField.UrlPath),
            ("cs-uri-stem", LogField.UrlPath),
            ("url.query", LogField.UrlQuery),
            ("cs-uri-query", LogField.UrlQuery),
            ("http.version", LogField.HttpVersion),
            ("cs-version", LogField.HttpVersion),
            ("http.response.status_code", LogField.StatusCode),
            ("sc-status", LogField.StatusCode),
            ("http.response.body.bytes", LogField.BytesSent),
            ("sc-bytes", LogField.BytesSent),
            ("http.request.referrer", LogField.Referrer),
            ("cs-referer", LogField.Referrer),
            ("user_agent.original", LogField.UserAgent),
            ("cs-user-agent", LogField.UserAgent),
            ("c-useragent", LogField.UserAgent),
            ("url.domain", LogField.VirtualHost),
            ("cs-host", LogField.VirtualHost),
            ("log.logger", LogField.Module),
            ("error.code", LogField.ErrorCode),
            ("log.syslog.facility.name", LogField.Facility),
            ("destination.ip", LogField.DestinationIP),
            ("s-ip", LogField.DestinationIP),
            ("destination.port", LogField.DestinationPort),
            ("s-port", LogField.DestinationPort),
            ("network.transport", LogField.Protocol),
            ("observer.ingress.interface.name", LogField.InInterface),
            ("observer.egress.interface.name", LogField.OutInterface),
            ("service.name", LogField.ServiceName),
            ("package.name", LogField.PackageName),
            ("package.version", LogField.PackageVersion),
            ("http.request.bytes", LogField.BytesReceived),
            ("cs-bytes", LogField.BytesReceived),
            ("http.request.id", LogField.RequestId),
            ("rule.id", LogField.RuleId),
            ("rule.name", LogField.RuleName),
            ("event.code", LogField.EventId),
            ("event.provider", LogField.Provider),
            ("Provider_Name", LogField.Provider),
            ("winlog.channel", LogField.Channel),
            ("winlog.record_id", LogField.RecordId),
            ("EventRecordID", LogField.RecordId),
            ("user.domain", LogField.UserDomain),
            ("user.effective.name", LogField.EffectiveUser),
            ("log.file.path", LogField.Path),
            ("log.origin.file.line", LogField.LineNumber),
            ("event.original", LogField.Raw),
        ];
        foreach ((string name, LogField field) in aliases)
        {
            names.Add(name, field);
        }

        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
