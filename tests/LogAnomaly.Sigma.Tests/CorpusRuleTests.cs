using System.Text.Json;
using System.Text.RegularExpressions;
using LogAnomaly.Parsing;

namespace LogAnomaly.Sigma.Tests;

/// <summary>
/// The built-in rules on logs of others, whose truth others have said. Skipped where there are no corpora.
/// </summary>
public sealed class CorpusRuleTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    // Where a scenario is seen otherwise, and why.
    private static readonly Dictionary<string, string> s_differences = new(StringComparer.Ordinal)
    {
        ["sshd-impossible-travel"] = "It needs a table of the places of networks.",
    };

    public static TheoryData<string> Scenarios =>
    [
        "CVE-2021-4034", "apache-guacamole_bf", "apache-guacamole_user_enum", "http-magento-bf",
        "auditd-postexploit-exec-from-net", "auditd-postexploit-rm", "dovecot-slow-bf", "dovecot-slow-bf-no-overlap",
        "dovecot-slow-bf-user-enum", "endlessh-logs", "endlessh-syslogs", "exim-spam", "jellyfin-syslog-bf",
        "mailscanner-highscore-spam", "nginx-mail-bf", "pgsql-logs", "postfix-relay", "postfix-spam", "proftpd-bf",
        "proftpd-user-enum", "ssh-slow-bf", "ssh-time-based-bf", "sshd-bad-keyexchange-bf", "sshd-impossible-travel",
        "sshd-invalid-bf", "sshd_banner_exchange", "sshesame",
    ];

    [Fact]
    public void Guessing_names_exactly_the_sources_that_fail_five_times_in_ten_minutes()
    {
        (List<string> lines, List<(string Host, DateTimeOffset Time)> failures) = ReadFail2ban();
        LogReaderOptions options = new()
        {
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = new DateTimeOffset(2005, 8, 14, 12, 0, 0, TimeSpan.Zero),
        };
        string[] truth = [.. failures.GroupBy(failure => failure.Host)
            .Where(group => Reaches([.. group.Select(failure => failure.Time).Order()]))
            .Select(group => group.Key).Order(StringComparer.Ordinal)];
        string[] found = [.. RuleFolder.FindInLines(lines, options).Where(finding => finding.RuleId == "SSH-01")
            .Select(finding => finding.Entity!).Order(StringComparer.Ordinal)];
        Assert.True(failures.Count > 80, $"only {failures.Count} failures were read");
        Assert.Equal(truth, found);
    }

    // The same lines, each failure five times in a row a minute apart, so that the truth is not empty.
    [Fact]
    public void Each_line_that_is_a_failure_to_others_counts_once()
    {
        (List<string> lines, _) = ReadFail2ban();
        LogReaderOptions options = new()
        {
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = new DateTimeOffset(2005, 8, 14, 12, 0, 0, TimeSpan.Zero),
        };
        string line = lines.First(text => text.Contains("Failed password for ", StringComparison.Ordinal)
            && text.Contains("sshd[", StringComparison.Ordinal));
        for (int count = 4; count <= 5; count++)
        {
            bool isFound = RuleFolder.FindInLines(Enumerable.Repeat(line, count), options)
                .Any(finding => finding.RuleId == "SSH-01");
            Assert.Equal(count == 5, isFound);
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_sources_that_a_scenario_names_are_found_and_no_other(string scenario)
    {
        string folder = Require($"crowdsec/{scenario}");
        string text = File.ReadAllText(Path.Combine(folder, "scenario.assert"));
        SortedSet<string> wanted = new(StringComparer.Ordinal);
        foreach (Match match in Regex.Matches(
            text, @"Sources\[""([^""]+)""\]\.IP ==", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            wanted.Add(match.Groups[1].Value);
        }

        Anomaly[] findings = [.. RuleFolder.FindIn(Directory.GetFiles(folder, "*.log"))
            .Where(finding => finding.Severity >= Severity.Low)];
        SortedSet<string> found = new(
            findings.Select(finding => finding.SourceIP ?? finding.Entity ?? ""), StringComparer.Ordinal);
        if (wanted.Count == 0 && text.Contains(".GetScenario() ==", StringComparison.Ordinal))
        {
            // Something is found there, but the file does not say about whom.
            Assert.NotEmpty(found);
            return;
        }

        if (s_differences.TryGetValue(scenario, out string? reason))
        {
            // What is seen alike by now has no place in the list.
            Assert.False(wanted.SetEquals(found), $"{scenario} is no difference any more: {reason}");
            return;
        }

        Assert.Equal(wanted, found);
    }

    [Theory]
    [InlineData("sudo.ini")]
    [InlineData("sshd.ini")]
    [InlineData("iptables.ini")]
    [InlineData("rsh.ini")]
    public void Lines_that_others_rate_ten_or_more_give_a_finding(string file)
    {
        string[] lines = File.ReadAllLines(Require($"wazuh/{file}"));
        List<string> missed = [];
        int cases = 0;
        foreach ((string title, int level, List<string> log) in Cases(lines).Where(one => one.Level >= 10))
        {
            cases++;
            if (RuleFolder.FindInLines(log).Count == 0)
            {
                missed.Add($"{title} ({level})");
            }
        }

        Assert.True(cases > 0, "no case was read");
        Assert.Empty(missed);
    }

    private static IEnumerable<(string Title, int Level, List<string> Log)> Cases(string[] lines)
    {
        string title = "";
        int level = 0;
        List<string> log = [];
        foreach (string line in lines.Append("[end]"))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                yield return (title, level, log);
                (title, level, log) = (line, 0, []);
            }
            else if (line.StartsWith("alert = ", StringComparison.Ordinal))
            {
                _ = int.TryParse(line["alert = ".Length..], out level);
            }
            else if (line.StartsWith("log ", StringComparison.Ordinal)
                && line.IndexOf(" pass = ", StringComparison.Ordinal) is > 0 and int at)
            {
                log.Add(line[(at + " pass = ".Length)..]);
            }
        }
    }

    private static (List<string> Lines, List<(string Host, DateTimeOffset Time)> Failures) ReadFail2ban()
    {
        List<string> lines = [];
        List<(string, DateTimeOffset)> failures = [];
        JsonElement? truth = null;
        foreach (string text in File.ReadLines(Require("fail2ban/sshd")).Where(text => text.Length > 0))
        {
            if (text.StartsWith('#'))
            {
                int at = text.IndexOf("failJSON:", StringComparison.Ordinal);
                truth = at < 0 ? truth : JsonDocument.Parse(text[(at + 9)..]).RootElement;
                continue;
            }

            lines.Add(text);
            if (truth is { } said && said.GetProperty("match").GetBoolean()
                && said.TryGetProperty("host", out JsonElement host)
                && said.TryGetProperty("time", out JsonElement time)
                && DateTime.TryParse(time.GetString(), out DateTime stamp))
            {
                failures.Add((host.GetString()!, new DateTimeOffset(stamp, TimeSpan.Zero)));
            }

            truth = null;
        }

        return (lines, failures);
    }

    private static bool Reaches(DateTimeOffset[] times)
    {
        for (int i = 4; i < times.Length; i++)
        {
            if (times[i] - times[i - 4] <= s_window)
            {
                return true;
            }
        }

        return false;
    }

    private static string Require(string path)
    {
        string? root = Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA");
        if (string.IsNullOrEmpty(root))
        {
            Assert.Skip($"{path}: LOGANOMALY_CORPORA is not set.");
        }

        return Path.Combine(root, path);
    }
}
