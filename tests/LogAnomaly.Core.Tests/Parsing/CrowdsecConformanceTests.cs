using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// What another parser and its scenarios assert of their samples: source, user, request and time of the lines, found by
/// their text, or by what most of an event's fields agree with.
/// </summary>
public sealed partial class CrowdsecConformanceTests
{
    // The other's fields and those of ours that may hold the same.
    private static readonly Dictionary<string, LogField[]> s_fields = new(StringComparer.Ordinal)
    {
        ["Meta.source_ip"] = [LogField.SourceIP, LogField.SourceHost],
        ["Meta.http_status"] = [LogField.StatusCode],
        ["Meta.http_verb"] = [LogField.Method],
        ["Meta.http_path"] = [LogField.Url, LogField.UrlPath],
        ["Meta.http_user_agent"] = [LogField.UserAgent],
        ["Meta.user"] = [LogField.UserName, LogField.TargetUser],
        ["Meta.username"] = [LogField.UserName, LogField.TargetUser],
        ["Meta.target_user"] = [LogField.UserName, LogField.TargetUser],
        ["Meta.target_fqdn"] = [LogField.VirtualHost],
        ["Meta.machine"] = [LogField.HostName],
        ["Meta.rule_id"] = [LogField.RuleId],
        ["Meta.timestamp"] = [LogField.Timestamp],
        ["Parsed.remote_addr"] = [LogField.SourceIP, LogField.SourceHost],
        ["Parsed.source_ip"] = [LogField.SourceIP, LogField.SourceHost],
        ["Parsed.remote_ip"] = [LogField.SourceIP],
        ["Parsed.remote_user"] = [LogField.UserName],
        ["Parsed.http_referer"] = [LogField.Referrer],
        ["Parsed.body_bytes_sent"] = [LogField.BytesSent],
        ["Parsed.http_version"] = [LogField.HttpVersion],
        ["Parsed.verb"] = [LogField.Method],
        ["Parsed.status"] = [LogField.StatusCode],
        ["Parsed.pid"] = [LogField.ProcessId],
        ["Parsed.dovecot_user"] = [LogField.UserName],
        ["Parsed.sshd_invalid_user"] = [LogField.UserName],
        ["Parsed.username"] = [LogField.UserName, LogField.TargetUser],
        ["Parsed.src_ip"] = [LogField.SourceIP],
        ["Parsed.dst_ip"] = [LogField.DestinationIP],
    };

    // Where we see a field otherwise, and why.
    private static readonly (string Folder, string Field, string Value, string Reason)[] s_differences =
    [
        ("caddy-logs", "Meta.http_status", "0", "The server writes 0 where it sent no answer: no status."),
        ("apache-cve-2021-41773", "Meta.http_path", "",
            "The path in the message of an error that says the URI is invalid stays part of it."),
        ("windows-bf", "Meta.timestamp", "", "The scenario's time is that of its reading."),
        ("sshd_banner_exchange", "Meta.timestamp", "",
            "The year, which the line does not have, is that of the reading."),
    ];

    [Theory]
    [InlineData("CVE-2017-9841", "Access")]
    [InlineData("CVE-2021-4034", "Authentication")]
    [InlineData("CVE-2022-40684", "Access")]
    [InlineData("apache-cve-2021-41773", "Access,ApacheError")]
    [InlineData("apache-http-probing", "Access")]
    [InlineData("apache2-http-sensitive-files", "Access")]
    [InlineData("apache2-malformed", "Access")]
    [InlineData("apache_log4j2_cve-2021-44228", "Access")]
    [InlineData("auditd-postexploit-rm", "System")]
    [InlineData("auditd-suid-crash", "System")]
    [InlineData("bind9-syslog", "System")]
    [InlineData("bunkerweb-http-malformed", "Access")]
    [InlineData("caddy-basic-auth-bf", "Access")]
    [InlineData("caddy-logs", "Access,Record")]
    [InlineData("dovecot-logs", "Authentication")]
    [InlineData("dovecot-slow-bf", "Authentication")]
    [InlineData("endlessh-syslogs", "System")]
    [InlineData("haproxy-logs", "Access")]
    [InlineData("http-bf-wordpress-bf", "Access")]
    [InlineData("http-dos-bypass-cache", "Access")]
    [InlineData("http-dos-random-uri", "Access")]
    [InlineData("http-wordpress_wpconfig", "Access")]
    [InlineData("iptables-logs", "System")]
    [InlineData("litespeed-http-sensitive-files", "Access")]
    [InlineData("modsecurity", "ApacheError")]
    [InlineData("modsecurity-logs-nginx", "NginxError")]
    [InlineData("modsecurity-nginx", "NginxError")]
    [InlineData("nginx-bad-user-agent", "Access")]
    [InlineData("nginx-http-open-proxy", "Access")]
    [InlineData("nginx-http-xss-probing", "Access")]
    [InlineData("nginx-mail-bf", "NginxError")]
    [InlineData("nginx-proxy-manager-logs", "Access,NginxError")]
    [InlineData("nginx-proxy-manager-malformed", "Access")]
    [InlineData("nginx_http-catch-npm", "Access")]
    [InlineData("pfsense-rfc5424-nginx", "NginxError")]
    [InlineData("postfix-relay", "Authentication")]
    [InlineData("postfix-spam", "Authentication")]
    [InlineData("proftpd-bf", "Authentication")]
    [InlineData("proftpd-user-enum", "Authentication")]
    [InlineData("ssh-slow-bf", "Authentication")]
    [InlineData("ssh-time-based-bf", "Authentication")]
    [InlineData("sshd-bad-keyexchange-bf", "Authentication")]
    [InlineData("sshd-impossible-travel", "Authentication")]
    [InlineData("sshd-invalid-bf", "Authentication")]
    [InlineData("sshd_banner_exchange", "Authentication")]
    [InlineData("syslog-logs", "Authentication,System")]
    [InlineData("traefik_base-http-scenario", "Access")]
    [InlineData("vsftpd-logs", "Authentication")]
    [InlineData("windows-bf", "Windows")]
    [InlineData("windows-logs", "Windows")]
    [InlineData("zoneminder_cve-39291", "Access")]
    public void Kind_and_fields_of_each_line_are_those_that_are_asserted(string folder, string kinds)
    {
        List<LogEvent> events = Read(folder);
        string[] allowed = kinds.Split(',');
        Assert.NotEmpty(events);
        Assert.All(events, made => Assert.Contains(made.Kind.ToString(), allowed));
        int compared = 0;
        List<string> wrong = [];
        foreach (Dictionary<string, string> asserted in Lines(folder).Concat(Overflows(folder)))
        {
            Dictionary<string, string> known = asserted
                .Where(pair => s_fields.ContainsKey(pair.Key) && pair.Value is not ("" or "-"))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            asserted.TryGetValue("Parsed.message", out string? message);
            LogEvent? made = events
                .Where(candidate => message is null || candidate.Raw.Contains(message, StringComparison.Ordinal))
                .MaxBy(candidate => known.Count(pair => IsAlike(candidate, pair.Key, pair.Value)));
            compared += known.Count;
            wrong.AddRange(known
                .Where(pair =>
                    (made is null || !IsAlike(made, pair.Key, pair.Value)) && !IsKnown(folder, pair.Key, pair.Value))
                .Select(pair => $"{pair.Key} is asserted as '{pair.Value}': {made?.Raw}"));
        }

        Assert.True(
            compared > 0 || folder is "auditd-logs" or "windows-logs" or "syslog-logs", "Nothing was compared.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool IsKnown(string folder, string field, string value) => Array.Exists(
        s_differences,
        known => known.Folder == folder && known.Field == field && (known.Value == value || known.Value.Length == 0));

    private static bool IsAlike(LogEvent made, string field, string value) =>
        Array.Exists(s_fields[field], ours => made.GetValue(ours) switch
        {
            DateTimeOffset time => DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
                && (at - time).Duration() < TimeSpan.FromSeconds(1),
            object found => Convert.ToString(
                found, CultureInfo.InvariantCulture) == value.Replace("::ffff:", "", StringComparison.Ordinal),
            _ => false,
        });

    private static List<LogEvent> Read(string folder)
    {
        string root = Corpora.Require($"crowdsec/{folder}");
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        return [.. Directory.GetFiles(root, "*.log")
            .SelectMany(path => reader.ReadFiles([path], TestContext.Current.CancellationToken))];
    }

    // Fields of each line that the other parsed.
    private static IEnumerable<Dictionary<string, string>> Lines(string folder) =>
        Group(folder, "parser.assert", ParserAssertion())
            .Where(group => group.ContainsKey("Parsed.message"));

    // Fields of the lines that made a scenario overflow.
    private static List<Dictionary<string, string>> Overflows(string folder) =>
        Group(folder, "scenario.assert", ScenarioAssertion());

    private static List<Dictionary<string, string>> Group(string folder, string file, Regex pattern)
    {
        string path = Corpora.Require($"crowdsec/{folder}/{file}");
        Dictionary<string, Dictionary<string, string>> groups = new(StringComparer.Ordinal);
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            Match match = pattern.Match(line.Trim());
            if (match.Success)
            {
                string key = match.Groups["event"].Value;
                groups.TryAdd(key, new Dictionary<string, string>(StringComparer.Ordinal));
                string set = match.Groups["set"].Success ? match.Groups["set"].Value : "Meta";
                groups[key][$"{set}.{match.Groups["field"].Value}"] =
                    JsonSerializer.Deserialize<string>(match.Groups["value"].Value)!;
            }
        }

        return [.. groups.Values];
    }

    [GeneratedRegex(
        """^results\["s01-parse"\](?<event>\["[^"]+"\]\[\d+\])\.Evt\.(?<set>Parsed|Meta)\["(?<field>\w+)"\] == (?<value>"(?:[^"\\]|\\.)*")$""")]
    private static partial Regex ParserAssertion();

    [GeneratedRegex(
        """^results(?<event>\[\d+\]\.Overflow\.Alert\.Events\[\d+\])\.GetMeta\("(?<field>\w+)"\) == (?<value>"(?:[^"\\]|\\.)*")$""")]
    private static partial Regex ScenarioAssertion();
}
