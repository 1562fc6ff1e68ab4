using LogAnomaly.Detection;
using LogAnomaly.Detection.Behaviours;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection.Behaviours;

/// <summary>Events with templates of a stream made by seed, and what a set of behaviours finds in them.</summary>
internal sealed class EventStream
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly LogSource _source = new("/var/log/test.log");
    private readonly Dictionary<string, LogTemplate> _templates = new(StringComparer.Ordinal);

    public List<LogEvent> Events { get; } = [];

    public static long Hour(double hours) => Monday.UtcTicks + (long)(hours * TimeSpan.TicksPerHour);

    public SystemEvent Add(
        long ticks,
        string template,
        string? host = "web1",
        string? program = "app",
        int? pid = null,
        LogLevel level = LogLevel.Informational)
    {
        SystemEvent made = new(LogLine.FromString(template, Events.Count + 1), _source);
        Set(made, ticks, template, level, host, program, pid);
        return made;
    }

    public AuthEvent AddAuth(
        long ticks,
        string template,
        string user,
        string? host = "web1",
        string? address = "192.0.2.7",
        string action = "login",
        string? method = "publickey")
    {
        AuthEvent made = new(LogLine.FromString(template, Events.Count + 1), _source)
        {
            UserName = user,
            SourceIP = address,
            Action = action,
            Method = method,
            Outcome = Outcome.Success,
        };
        Set(made, ticks, template, LogLevel.Informational, host, "sshd", null);
        return made;
    }

    public AccessEvent AddRequest(long ticks, double milliseconds)
    {
        AccessEvent made = new(
            LogLine.FromString("GET / 200", Events.Count + 1),
            _source) { SourceIP = "192.0.2.7", DurationMs = milliseconds };
        Set(made, ticks, "GET <path>", LogLevel.Informational, null, null, null);
        return made;
    }

    /// <summary>Days of traffic with a rhythm of day and week, and with overdispersed bursts.</summary>
    public void AddTraffic(int seed, int days, int hosts = 2, double perHour = 6)
    {
        SeededRandom random = new((ulong)seed);
        for (int hour = 0; hour < days * 24; hour++)
        {
            bool isWeekend = hour / 24 % 7 >= 5;
            double rhythm = (hour % 24 is >= 8 and < 18 ? 1.5 : 0.3) * (isWeekend ? 0.3 : 1);
            for (int host = 0; host < hosts; host++)
            {
                for (int template = 0; template < 5; template++)
                {
                    // A gamma of shape 1 makes the counts geometric: overdispersed by far.
                    double burst = template % 2 == 0 ? random.NextExponential(1) : 1;
                    double rate = perHour * rhythm * burst / (1 + template);
                    for (double at = random.NextExponential(1 / rate); at < 1; at += random.NextExponential(1 / rate))
                    {
                        string user = $"user{random.NextInt(6)}";
                        AddAuth(Hour(hour + at), $"statement {template} of <user>", user, $"web{host + 1}");
                    }
                }
            }
        }
    }

    public BehaviourSet Run(BehaviourSet? set = null)
    {
        set ??= BehaviourSet.Create(new BehaviourOptions());
        foreach (LogEvent logEvent in Sorted())
        {
            set.Add(logEvent);
        }

        set.Complete();
        return set;
    }

    public IEnumerable<LogEvent> Sorted() => Events.OrderBy(logEvent => logEvent.UtcTicks);

    public static IReadOnlyList<DetectorFinding> Reported(BehaviourSet set) =>
        [.. set.Findings.Where(finding => set.ExpectedFalseAlarms(finding) < 0.5)];

    private void Set(
        LogEvent made, long ticks, string template, LogLevel level, string? host, string? program, int? pid)
    {
        if (!_templates.TryGetValue(template, out LogTemplate? mined))
        {
            _templates.Add(template, mined = new LogTemplate(template));
        }

        if (ticks >= 0)
        {
            made.SetTimeAndLevel(ticks, 0, level);
        }

        made.Mined = mined;
        if (host is not null || made is not AccessEvent)
        {
            made.HostName = host;
            made.Program = program;
            made.ProcessId = pid;
        }

        Events.Add(made);
    }
}
