using System.Globalization;
using System.Text;
using LogAnomaly.Detection;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Detection;

/// <summary>Runs one learned detector over a log, and writes such logs.</summary>
internal sealed class LearnedRun : IRuleSink
{
    public static readonly DateTime Start = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<RuleHit> _hits = [];

    public static LogRule Rule(string detector, Severity severity, params (string Name, string Value)[] parameters) =>
        new()
        {
            Id = "T-01",
            Title = detector,
            Type = LogRuleType.Learned,
            Severity = severity,
            Detector = detector,
            Parameters = parameters.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal),
        };

    public static List<RuleHit> Hits(string detector, string log, params (string Name, string Value)[] parameters) =>
        Hits(detector, log, withTemplates: false, parameters);

    public static List<RuleHit> Hits(
        string detector, string log, bool withTemplates, params (string Name, string Value)[] parameters)
    {
        LearnedRun run = new();
        LearnedRules rules = new([Rule(detector, Severity.Medium, parameters)], run);
        TemplateMiner miner = new(1000);
        LogReaderOptions options = new()
        {
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        };
        foreach (LogEvent logEvent in Samples.Read(log, out ParseLedger ledger, options))
        {
            Assert.Equal(0, ledger.Unparsed);
            if (withTemplates)
            {
                miner.Add(logEvent);
            }

            rules.Add(logEvent);
        }

        rules.Complete();
        return run._hits;
    }

    public void Take(in RuleHit hit) => _hits.Add(hit);

    public static string Syslog(DateTime time, string message, string host = "web1") =>
        string.Create(CultureInfo.InvariantCulture, $"{time:MMM} {time.Day,2} {time:HH:mm:ss} {host} {message}\n");

    public static string Login(DateTime time, string user, string address) =>
        Syslog(time, $"sshd[1234]: Accepted password for {user} from {address} port 50022 ssh2");

    public static string Sudo(DateTime time, string user, string command) =>
        Syslog(time, $"sudo: {user} : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND={command}");

    public static string Cron(DateTime time, string command) => Syslog(time, $"CRON[4321]: (root) CMD ({command})");

    public static string Request(
        DateTime time, string source, string path = "/", int status = 200, long bytes = 1000) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{source} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {path} HTTP/1.1\" {status} {bytes} \"-\" \"curl/8\"\n");

    public static string Error(DateTime time, string text, string level = "error") => string.Create(
        CultureInfo.InvariantCulture,
        $"[{time:ddd MMM dd HH:mm:ss.ffffff yyyy}] [core:{level}] [pid 10:tid 1] {text}\n");

    /// <summary>Lines that are made for numbers from 0, one after the other.</summary>
    public static string Each(int count, Func<int, string> line)
    {
        StringBuilder log = new();
        for (int i = 0; i < count; i++)
        {
            log.Append(line(i));
        }

        return log.ToString();
    }
}
