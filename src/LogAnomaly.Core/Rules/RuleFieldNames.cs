using System.Collections.Frozen;

namespace LogAnomaly.Rules;

/// <summary>
/// Names that rules use and <see cref="LogFields"/> does not have: they would take names away from the logs' own values
/// if they stood there, and in rules the log's own value goes before them.
/// </summary>
internal static class RuleFieldNames
{
    private static readonly FrozenDictionary<string, LogField> s_fields = new Dictionary<string, LogField>
    {
        ["src_ip"] = LogField.SourceIP,
        ["SourceAddress"] = LogField.SourceIP,
        ["src_port"] = LogField.SourcePort,
        ["dst_ip"] = LogField.DestinationIP,
        ["DestAddress"] = LogField.DestinationIP,
        ["dst_port"] = LogField.DestinationPort,
        ["DestPort"] = LogField.DestinationPort,
        ["uri"] = LogField.Url,
        ["http.request.uri"] = LogField.Url,
        ["c-uri-stem"] = LogField.UrlPath,
        ["c-uri-path"] = LogField.UrlPath,
        ["cs-uri-path"] = LogField.UrlPath,
        ["c-uri-query"] = LogField.UrlQuery,
        ["User-Agent"] = LogField.UserAgent,
        ["cs-useragent"] = LogField.UserAgent,
        ["user_agent"] = LogField.UserAgent,
        ["cs-referrer"] = LogField.Referrer,
        ["cs(Referer)"] = LogField.Referrer,
        ["cs(User-Agent)"] = LogField.UserAgent,
        ["r-dns"] = LogField.VirtualHost,
        ["status_code"] = LogField.StatusCode,
        ["sc_status"] = LogField.StatusCode,
        ["User"] = LogField.UserName,
        ["SubjectUserName"] = LogField.UserName,
        ["SubjectDomainName"] = LogField.UserDomain,
        ["CurrentDirectory"] = LogField.WorkingDirectory,
        ["Computer"] = LogField.HostName,
        ["Hostname"] = LogField.HostName,
        ["syslog.facility"] = LogField.Facility,
        ["programname"] = LogField.Program,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Sysmon's name, then what the Security log, the audit and ECS call the same.
    private static readonly FrozenDictionary<string, string[]> s_own = new Dictionary<string, string[]>
    {
        ["Image"] = ["NewProcessName", "exe", "process.executable"],
        ["ParentImage"] = ["ParentProcessName", "process.parent.executable"],
        ["ParentCommandLine"] = ["process.parent.command_line"],
        ["TargetFilename"] = ["file.path", "name"],
        ["DestinationHostname"] = ["destination.domain"],
        ["OriginalFileName"] = ["process.pe.original_file_name"],
        ["QueryName"] = ["dns.question.name"],
        ["ScriptBlockText"] = ["powershell.file.script_block_text"],
        ["CommandLine"] = ["ProcessCommandLine"],
        ["TargetObject"] = ["ObjectName", "registry.path"],
        ["cs-cookie"] = ["http.request.cookies", "cs(Cookie)"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The field that a name stands for in rules only.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The field, or null.</returns>
    public static LogField? FieldOf(string name) => s_fields.TryGetValue(name, out LogField field) ? field : null;

    /// <summary>Other names under which logs have the same.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The names, the best first; mostly empty.</returns>
    public static string[] OwnNamesOf(string name) => s_own.GetValueOrDefault(name) ?? [];
}
