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
        List<TimelineBucket> timeline = Timeline(random, anomalies);
        long events = timeline.Sum(bucket => bucket.Counts.Sum());
        return new LogAnalysis
        {
            MinimumScore = 25,
            Ledger = Ledger(events),
            Summary = Summary(events, timeline),
            Templates = Templates(events),
            Anomalies = anomalies,
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

    private static List<TimelineBucket> Timeline(Random random, List<Anomaly> anomalies)
    {
        List<TimelineBucket> timeline = [];
        for (int step = 0; step < 360; step++)
        {
            if (step is > 200 and < 212)
            {
                continue;
            }

            DateTimeOffset start = Start + (s_step * step);
            double day = 1 + Math.Sin((start.Hour - 6) / 24.0 * 2 * Math.PI);
            long[] counts = new long[10];
            counts[1 + (int)LogLevel.Informational] = (long)(day * 90) + random.Next(30);
            counts[1 + (int)LogLevel.Notice] = (long)(day * 20) + random.Next(12);
            counts[1 + (int)LogLevel.Warning] = random.Next(14);
            counts[1 + (int)LogLevel.Error] = random.Next(6) + (step == 250 ? 160 : 0);
            counts[1 + (int)LogLevel.Critical] = random.Next(40) == 0 ? 8 : 0;
            counts[0] = random.Next(5);
            int found = anomalies.Count(anomaly => anomaly.Timestamp >= start && anomaly.Timestamp < start + s_step);
            timeline.Add(new TimelineBucket(start, counts, found));
        }

        return timeline;
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

    private static LogSummary Summary(long events, List<TimelineBucket> timeline) => new()
    {
        EventCount = events,
        FirstSeen = timeline[0].Start,
        LastSeen = timeline[^1].Start.AddMinutes(113),
        Kinds =
        [
            new NameCount("Authentication", events - 5303), new NameCount("ApacheError", 4100),
            new NameCount("Unparsed", 1203),
        ],
        Levels =
        [
            .. Enumerable.Range(0, 10).Reverse()
                .Select(level => Level(level, timeline)).Where(entry => entry.Count > 0),
        ],
        Outcomes = [new NameCount("Failure", events / 3), new NameCount("Success", events / 5)],
        Hosts = [new NameCount("web1", events - 90), new NameCount("web2.internal.example.org", 90)],
        Programs =
        [
            .. Enumerable.Range(0, 14)
                .Select(n => new NameCount(n == 0 ? "sshd" : $"program-{n}", events / (3 + (n * n)))),
        ],
        Sources =
        [
            .. Enumerable.Range(1, 40)
                .Select(n => new NameCount(
                    n == 3 ? "2001:db8:85a3::8a2e:370:7334" : $"203.0.113.{n}", events / (9 * n))),
        ],
        Users =
        [
            .. Enumerable.Range(0, 12)
                .Select(n => new NameCount(n == 0 ? "root" : $"user{n}", events / (6 + (3 * n)))),
        ],
        StatusCodes = [new NameCount("200", 3100), new NameCount("404", 700), new NameCount("500", 41)],
        SourceCount = 812,
        UserCount = 12,
        TimelineStep = s_step,
        Timeline = timeline,
    };

    private static NameCount Level(int level, List<TimelineBucket> timeline) => new(
        level == 0 ? "None" : ((LogLevel)(level - 1)).ToString(), timeline.Sum(bucket => bucket.Counts[level]));

    private static List<LogTemplate> Templates(long events) => [.. Enumerable.Range(1, 60).Select(n =>
        new LogTemplate($"{s_findings[n % s_findings.Length].Template} ({n})")
        {
            Count = events / (3 * n),
            Share = 1.0 / (3 * n),
            FirstSeen = Start,
            LastSeen = Start.AddDays(29),
            Example = "one line",
        })];
}
