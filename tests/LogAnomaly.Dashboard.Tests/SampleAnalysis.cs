using LogAnomaly.Analysis;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>Analyses for tests of the page: a busy server's month, one of hostile text, and empty ones.</summary>
internal static class SampleAnalysis
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.FromHours(1));

    internal static readonly DashboardOptions Fixed = new()
    {
        GeneratedAt = new DateTimeOffset(2026, 2, 4, 7, 0, 0, TimeSpan.Zero),
    };

    private static readonly TimeSpan s_step = TimeSpan.FromHours(2);

    private static readonly (string Detector, string Title, string Template, string Program)[] s_findings =
    [
        ("RareTemplate", "Message never seen before",
            "kernel: <*> invoked oom-killer: gfp_mask=<hex>, order=<num>", "kernel"),
        ("IsolationForest", "Unusual burst of failed logins",
            "Failed password for <*> from <ip> port <num> ssh2", "sshd"),
        ("Rule", "Login after many failures",
            "Accepted password for <*> from <ip> port <num> ssh2", "sshd"),
        ("Spike", "Far more errors than at this hour",
            "AH01630: client denied by server configuration: <path>", "authz_core"),
        ("RareValue", "New source address for this user",
            "session opened for user <*> by (uid=<num>)", "systemd-logind"),
        ("Sequence", "Unusual order of messages",
            "<*>: job <num> started without its predecessor, a message long enough to wrap in a table", "cron"),
    ];

    /// <summary>A month of a server: 360 steps, anomalies of every severity, two files, unparsed shapes.</summary>
    /// <param name="anomalyCount">Anomalies to make.</param>
    /// <returns>The analysis.</returns>
    internal static LogAnalysis Busy(int anomalyCount = 300)
    {
        Random random = new(7);
        List<Anomaly> anomalies = Enumerable.Range(0, anomalyCount).Select(index => Finding(index, random))
            .OrderByDescending(anomaly => anomaly.Score).ToList();
        List<LogTemplate> templates = Templates();
        List<LogEvent> events = SampleEvents.Busy(templates);
        return new LogAnalysis
        {
            MinimumScore = 25,
            Ledger = Ledger(events.Count),
            Summary = SampleEvents.Summarise(events, anomalies),
            Templates = templates,
            Anomalies = anomalies,
            Cube = SampleEvents.Count(events),
        };
    }

    /// <summary>An analysis of nothing: no file, no event, no anomaly.</summary>
    /// <returns>The analysis.</returns>
    internal static LogAnalysis Nothing() => new() { MinimumScore = 25 };

    /// <summary>Events without times, addresses and anomalies.</summary>
    /// <returns>The analysis.</returns>
    internal static LogAnalysis Quiet()
    {
        ParseLedger ledger = new();
        LedgerEntry entry = ledger.Open("(standard input)", "unknown");
        entry.LinesRead = entry.Unparsed = 12;
        entry.Bytes = 480;
        return new LogAnalysis
        {
            MinimumScore = 25,
            Ledger = ledger,
            Summary = new LogSummary { EventCount = 12, Levels = [new NameCount("None", 12)] },
            Cube = SampleEvents.Count([.. Enumerable.Range(1, 12).Select(
                number => SampleEvents.Unparsed($"a line that no parser knows, {number:000}", number))]),
        };
    }

    /// <summary>One anomaly whose every text is the given one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The analysis.</returns>
    internal static LogAnalysis Of(string text)
    {
        ParseLedger ledger = new();
        LedgerEntry entry = ledger.Open(text, "syslog");
        entry.LinesRead = entry.Parsed = 1;
        entry.UnparsedShapes = [new UnparsedShape(text, 1, 1, text)];
        Evidence line = new(text, 1, Start, text);
        Anomaly anomaly = new(null)
        {
            Timestamp = Start,
            Score = 80,
            Severity = Severity.High,
            Title = text,
            Detector = "RareTemplate",
            EntityType = "UserName",
            Entity = text,
            HostName = text,
            Program = text,
            UserName = text,
            TemplateId = "0123456789ab",
            Template = text,
            Reasons = [new Reason("RareTemplate", "Template", text, text, 1, text) { Evidence = [line] }],
            Evidence = [line],
        };
        return new LogAnalysis
        {
            Ledger = ledger,
            Summary = new LogSummary
            {
                EventCount = 1,
                FirstSeen = Start,
                LastSeen = Start,
                Programs = [new NameCount(text, 1)],
                TimelineStep = TimeSpan.FromMinutes(1),
                Timeline = [new TimelineBucket(Start, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1)],
            },
            Templates = [new LogTemplate(text) { Count = 1, Share = 1, Example = text }],
            Anomalies = [anomaly],
            Cube = SampleEvents.Count([SampleEvents.Of(text)]),
        };
    }

    private static Anomaly Finding(int index, Random random)
    {
        (string detector, string title, string template, string program) = s_findings[index % s_findings.Length];
        double score = Math.Min(100, 25 + (75 * Math.Pow(random.NextDouble(), 2.5)));
        DateTimeOffset time = Start + (s_step * (random.NextDouble() * 359));
        string address = $"203.0.113.{random.Next(1, 250)}";
        string user = random.Next(3) == 0 ? "root" : $"user{random.Next(40)}";
        string message = template.Replace("<ip>", address, StringComparison.Ordinal)
            .Replace("<*>", user, StringComparison.Ordinal).Replace("<num>", "4711", StringComparison.Ordinal);
        string raw = $"{time:MMM dd HH:mm:ss} web1 {program}[{random.Next(400, 9000)}]: {message}";
        Evidence[] lines = [.. Enumerable.Range(0, 1 + random.Next(4))
            .Select(n => new Evidence("/var/log/auth.log.1", (index * 31) + n + 1, time, raw))];
        return new Anomaly(null)
        {
            Timestamp = time,
            LastSeen = time.AddMinutes(random.Next(60)),
            Score = score,
            Severity = score switch
            {
                >= 90 => Severity.Critical,
                >= 75 => Severity.High,
                >= 50 => Severity.Medium,
                _ => Severity.Low,
            },
            Title = title,
            Detector = detector,
            RuleId = detector == "Rule" ? "login-after-failures" : null,
            Kind = LogKind.Authentication,
            EntityType = "SourceIP",
            Entity = address,
            HostName = "web1",
            Program = program,
            UserName = user,
            SourceIP = address,
            Level = LogLevel.Warning,
            Count = 1 + random.Next(400),
            TemplateId = new LogTemplate(template).Id,
            Template = template,
            Reasons =
            [
                new Reason(detector, "FailedLogins", "42 in 10 minutes", "0 to 3 in 10 minutes", 0.72,
                    $"{address} failed to log in 42 times in 10 minutes; no other address did so more than 3 times."),
                new Reason("RareValue", "UserName", user, "admin, deploy", 0.28,
                    $"{user} has not been tried from this network before."),
            ],
            Evidence = lines,
        };
    }

    private static ParseLedger Ledger(long events)
    {
        ParseLedger ledger = new();
        LedgerEntry first = ledger.Open("/var/log/auth.log.1", "auth");
        first.Parsed = events - 1203;
        first.Unparsed = 1203;
        first.Skipped = 17;
        first.LinesRead = events + 17;
        first.Bytes = events * 112;
        first.UnparsedShapes =
        [
            new UnparsedShape("a a: a a a [0]", 1101, 77, "-- MARK -- rotated by logrotate [4711]"),
            new UnparsedShape("=====", 102, 1, "====="),
        ];
        LedgerEntry second = ledger.Open(
            "/srv/backup/very/long/path/that/does/not/fit/in/a/narrow/column/error.log.2.gz", "apache-error");
        second.LinesRead = second.Parsed = 4100;
        second.Truncated = 2;
        second.Bytes = 917_000;
        second.Error = "The compressed file ends early, after line 4,100.";
        return ledger;
    }

    // Their counts are those of the events that the sample gives them.
    private static List<LogTemplate> Templates() => [.. Enumerable.Range(1, 60).Select(n =>
        new LogTemplate($"{s_findings[n % s_findings.Length].Template} ({n})")
        {
            Count = 10_000 / n,
            Share = 1.0 / (3 * n),
            FirstSeen = Start,
            LastSeen = Start.AddDays(29),
            Example = "one line",
        })];
}
