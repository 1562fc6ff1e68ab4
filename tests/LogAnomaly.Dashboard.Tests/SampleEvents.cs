using System.Text;
using LogAnomaly.Analysis;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>Events for sample analyses, made without a parser, and what is counted of them.</summary>
internal static class SampleEvents
{
    private const int EventCount = 40_000;
    private static readonly LogSource s_auth = new("/var/log/auth.log.1");
    private static readonly LogSource s_web = new("/var/log/apache2/access.log");
    private static readonly LogSource s_error = new("/var/log/apache2/error.log");
    private static readonly string[] s_paths =
        ["/", "/index.html", "/login", "/wp-login.php", "/api/orders", "/static/app.js"];
    private static readonly int[] s_statuses = [200, 200, 200, 200, 304, 404, 403, 500];

    private static readonly string[] s_agents =
        ["Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "curl/8.5.0", "python-requests/2.31", "-"];

    /// <summary>
    /// A month of a server: logins, requests, errors of the web server and lines that no parser knows.
    /// </summary>
    /// <param name="templates">Templates to give them.</param>
    /// <returns>The events in order of time.</returns>
    internal static List<LogEvent> Busy(List<LogTemplate> templates)
    {
        Random random = new(11);
        List<LogEvent> events = new(EventCount);
        for (int index = 0; index < EventCount; index++)
        {
            // A day without events: the server was down.
            double day = 29.9 * index / EventCount;
            DateTimeOffset time = SampleAnalysis.Start.AddDays(day is > 17 and < 18 ? day - 1 : day);
            string address = $"203.0.113.{Skewed(random, 250) + 1}";
            LogEvent made = random.Next(100) switch
            {
                < 50 => Login(random, index + 1, address),
                < 85 => Request(random, index + 1, address),
                < 97 => Error(random, index + 1, address),
                _ => Unparsed($"-- MARK -- rotated by logrotate [{index}]", index + 1),
            };
            if (made.Kind != LogKind.Unparsed)
            {
                made.Timestamp = time;
                made.Mined = templates[Skewed(random, templates.Count)];
            }

            events.Add(made);
        }

        return events;
    }

    /// <summary>An event whose every text is the given one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The event.</returns>
    internal static LogEvent Of(string text)
    {
        LogLine line = LogLine.FromString(text);
        LogEvent made = new AuthEvent(line, new LogSource(text))
        {
            Action = text, UserName = text, SourceIP = text, HostName = text, Program = text, Outcome = Outcome.Failure,
        };
        made.Timestamp = SampleAnalysis.Start;
        made.Level = LogLevel.Warning;
        return made;
    }

    /// <summary>A line that no parser knows.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its number.</param>
    /// <returns>The event.</returns>
    internal static LogEvent Unparsed(string text, int number) =>
        new LineEvent(LogKind.Unparsed, LogLine.FromString(text, number), s_auth);

    /// <summary>Counts events.</summary>
    /// <param name="events">The events.</param>
    /// <returns>The counts.</returns>
    internal static CubeBuilder Count(List<LogEvent> events)
    {
        CubeBuilder builder = new();
        events.ForEach(builder.Add);
        return builder;
    }

    /// <summary>Sums events up.</summary>
    /// <param name="events">The events.</param>
    /// <param name="anomalies">The anomalies among them.</param>
    /// <returns>The summary.</returns>
    internal static LogSummary Summarise(List<LogEvent> events, List<Anomaly> anomalies)
    {
        SummaryBuilder summary = new();
        events.ForEach(summary.Add);
        return summary.Build(anomalies);
    }

    private static int Skewed(Random random, int count) => (int)(count * Math.Pow(random.NextDouble(), 3));

    private static LogEvent Login(Random random, int number, string address)
    {
        bool failed = random.Next(6) > 0;
        string user = random.Next(3) == 0 ? "root" : $"user{Skewed(random, 40)}";
        string raw =
            $"web1 sshd[4711]: {(failed ? "Failed" : "Accepted")} password for {user} from {address} port 4711 ssh2";
        LogEvent made = new AuthEvent(LogLine.FromString(raw, number), s_auth)
        {
            HostName = random.Next(400) == 0 ? "web2.internal.example.org" : "web1",
            Program = random.Next(5) == 0 ? "login" : "sshd",
            Category = "authentication",
            Action = "ssh_login",
            UserName = user,
            SourceIP = address,
            Outcome = failed ? Outcome.Failure : Outcome.Success,
        };
        made.Level = failed ? LogLevel.Warning : LogLevel.Informational;
        return made;
    }

    private static AccessEvent Request(Random random, int number, string address)
    {
        int status = s_statuses[Skewed(random, s_statuses.Length)];
        AccessEvent made = new(
            number, s_web, s_paths[Skewed(random, s_paths.Length)], RequestWords.Get, RequestWords.Version11, status,
            random.Next(90_000), isCombined: true)
        {
            SourceIP = address,
            UserAgent = s_agents[Skewed(random, s_agents.Length)],
        };
        if (random.Next(10) == 0)
        {
            made.DurationMs = random.Next(5_000);
        }

        ((LogEvent)made).Level = AccessEvent.LevelOf(status);
        return made;
    }

    private static LogEvent Error(Random random, int number, string address)
    {
        byte[] text = Encoding.UTF8.GetBytes($"[authz_core:error] [client {address}:4711] AH01630: client denied");
        LogEvent made = new ApacheErrorEvent(new LogLine(text, 0, text.Length, number, 0), s_error)
        {
            Module = random.Next(3) == 0 ? "core" : "authz_core",
            SourceIP = address,
        };
        made.Level = (LogLevel)((int)LogLevel.Notice + Skewed(random, 4));
        return made;
    }
}
