using System.Globalization;
using System.Text;
using System.Text.Json;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class SystemCorporaTests
{
    private const double Floor = 0.98;

    // Cases that are no message of the program itself, or none at all, with the reason.
    private static readonly Dictionary<string, string> s_differences = new(StringComparer.Ordinal)
    {
        ["%ASA-4-401004 Shunned"] = "the mnemonic has no colon, which no device writes",
        ["%ASA-4-106023: "] = "a header of another host than the device's stands before a name in place of an address",
    };

    [Theory]
    [InlineData("wazuh/systemd.ini", 2)]
    [InlineData("wazuh/iptables.ini", 8)]
    [InlineData("wazuh/firewalld.ini", 3)]
    [InlineData("wazuh/cisco_ios.ini", 10)]
    [InlineData("wazuh/cisco_asa.ini", 50)]
    [InlineData("wazuh/named.ini", 3)]
    [InlineData("wazuh/pfsense.ini", 2)]
    [InlineData("wazuh/rsh.ini", 2)]
    public void Cases_of_others_are_system_events(string path, int least)
    {
        List<string> lines = [.. Corpora.Lines(path)
            .Select(Corpora.Text)
            .Where(text => text.StartsWith("log ", StringComparison.Ordinal))
            .Select(text => text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim())
            .Where(text => text.Length > 0).Distinct()];
        List<string> wrong =
            [.. lines.Where(line => AuthLine.Parse(line) is not { Kind: LogKind.System or LogKind.Authentication })];
        wrong.RemoveAll(line => s_differences.Keys.Any(start => line.StartsWith(start, StringComparison.Ordinal)));
        Assert.True(lines.Count >= least, $"only {lines.Count} cases");
        Assert.True(
            wrong.Count <= (1 - Floor) * lines.Count, $"{wrong.Count} of {lines.Count}\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Packets_have_the_source_the_ports_and_the_verdict_that_their_text_names()
    {
        int total = 0;
        List<string> wrong = [];
        foreach (LogLine line in Corpora.Lines("wazuh/iptables.ini")
            .Concat(Corpora.Lines("crowdsec/iptables-logs/iptables-logs.log")))
        {
            string text = Corpora.Text(line);
            text = text.StartsWith("log ", StringComparison.Ordinal)
                ? text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()
                : text;
            if (!text.Contains(" SRC=", StringComparison.Ordinal) || !text.Contains("IN=", StringComparison.Ordinal))
            {
                continue;
            }

            total++;
            string Word(string name) => text.Contains(name, StringComparison.Ordinal)
                ? text[(text.IndexOf(name, StringComparison.Ordinal) + name.Length)..].Split(' ')[0] : "";
            bool isAlike = AuthLine.Parse(text) is SystemEvent { Category: "network" } made
                && made.SourceIP == Word(" SRC=")
                && made.DestinationIP == Word(" DST=")
                && (made.SourcePort?.ToString(CultureInfo.InvariantCulture) ?? "") == Word(" SPT=")
                && (made.DestinationPort?.ToString(CultureInfo.InvariantCulture) ?? "") == Word(" DPT=");
            if (!isAlike)
            {
                wrong.Add(text);
            }
        }

        Assert.True(total >= 10, $"only {total} packets");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("darwin-syslog-sample.log")]
    [InlineData("suse-syslog.log")]
    public void Events_have_the_fields_that_filebeat_expects(string file)
    {
        string path = Corpora.Require("elastic-filebeat/system/syslog/" + file);
        List<LogEvent> events = Samples.Read(
            File.ReadAllBytes(path),
            out _,
            new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = new SyslogFormat() });
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(path + "-expected.json"));
        Assert.Equal(expected.RootElement.GetArrayLength(), events.Count);
        foreach ((LogEvent made, JsonElement record) in events.Zip(expected.RootElement.EnumerateArray()))
        {
            bool isRepeat = made.GetValue(LogField.RepeatCount) is int
                && made.Message.Contains("repeated", StringComparison.Ordinal);
            // filebeat ends the lines of a message anew; ours keeps the ends that it had.
            Assert.Equal(Text(record, "message"), made.Message.Replace("\r\n", "\n", StringComparison.Ordinal));
            if (!isRepeat)
            {
                // A repetition has host and program of what it repeats; filebeat leaves them out.
                Assert.Equal(Text(record, "host.hostname"), made.HostName);
                Assert.Equal(Text(record, "process.name"), made.Program);
                Assert.Equal(
                    record.TryGetProperty("process.pid", out JsonElement id) ? id.GetInt32() : null, made.ProcessId);
            }
        }
    }

    [Theory]
    [InlineData("loghub/Linux/Linux_full.log", "syslog")]
    [InlineData("loghub/Mac/Mac_2k.log", "syslog")]
    [InlineData("crowdsec/bind9-syslog/bind9-syslog.log", "syslog")]
    [InlineData("crowdsec/asterisk-syslogs/asterisk-logs.log", "syslog")]
    [InlineData("crowdsec/endlessh-syslogs/endlessh-logs.log", "syslog")]
    [InlineData("crowdsec/pfsense-rfc5424-nginx/pfsense-rfc5424-nginx.log", "syslog")]
    [InlineData("crowdsec/jellyfin-syslog-bf/jellyfin-syslog-bf.log", "syslog")]
    [InlineData("crowdsec/auditd-logs/auditd-logs.log", "audit")]
    [InlineData("crowdsec/auditd-postexploit-rm/auditd-postexploit-rm.log", "audit")]
    [InlineData("crowdsec/auditd-suid-crash/auditd-suid-crash.log", "audit")]
    [InlineData("lnav/logfile_journald.json", "journal-json")]
    public void Every_line_of_a_real_log_is_read(string path, string format)
    {
        byte[] bytes = File.ReadAllBytes(Corpora.Require(path));
        Assert.True(LogFormats.TryGet(format, out LogFormat? known));
        List<LogEvent> events = Samples.Read(
            bytes, out ParseLedger ledger, new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = known });
        Assert.Equal((0, true), ((int)ledger.Entries[0].Unparsed, events.Count > 0));
        Assert.All(events, made => Assert.NotNull(made.Timestamp));
    }

    [Fact]
    public void Refused_questions_have_the_address_that_asked()
    {
        foreach (LogLine line in Corpora.Lines("crowdsec/bind9-syslog/bind9-syslog.log"))
        {
            SystemEvent made = Assert.IsType<SystemEvent>(AuthLine.Parse(Corpora.Text(line)));
            Assert.Equal(Outcome.Failure, made.Outcome);
            Assert.Contains($" {made.SourceIP}#{made.SourcePort}", Corpora.Text(line), StringComparison.Ordinal);
        }
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
