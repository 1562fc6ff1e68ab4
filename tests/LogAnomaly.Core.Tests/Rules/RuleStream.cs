using System.Globalization;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>Makes rules and events, and runs them.</summary>
internal sealed class RuleStream
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 0, 0, TimeSpan.FromHours(1));

    private readonly Dictionary<string, LogSource> _sources = [];
    private readonly Dictionary<string, long> _lines = [];

    public RuleStream(params LogRule[] rules)
        : this(new RuleEngineOptions(), rules)
    {
    }

    public RuleStream(RuleEngineOptions options, params LogRule[] rules) =>
        Engine = new RuleEngine(
            RuleSet.Compile(rules),
            options with { OnOpened = Opened.Add, OnClosed = Closed.Add });

    public RuleEngine Engine { get; }

    public List<RuleFinding> Opened { get; } = [];

    public List<RuleFinding> Closed { get; } = [];

    public static LogRule Event(
        string action, bool isPart = true, Severity severity = Severity.Medium, string? finding = null) =>
        new()
        {
            Id = action,
            Name = action,
            Title = $"Event {action}",
            Path = "rules.yml",
            IsPart = isPart,
            Severity = severity,
            FindingId = finding ?? action,
            Condition = new FieldTest("Action", TestOperator.Equals, action),
        };

    public static LogRule Correlated(
        string id,
        LogRuleType type,
        RuleCorrelation correlation,
        Severity severity = Severity.Medium,
        string? finding = null) =>
        new()
        {
            Id = id,
            Title = $"Rule {id}",
            Path = "rules.yml",
            Type = type,
            Severity = severity,
            FindingId = finding ?? id,
            Correlation = correlation,
        };

    public static RuleCorrelation Of(string[] rules, double seconds, params string[] groupBy) => new()
    {
        Rules = rules,
        GroupBy = groupBy,
        Timespan = TimeSpan.FromSeconds(seconds),
    };

    public static CorrelationBound[] AtLeast(double number) => [new(BoundComparison.GreaterOrEqual, number)];

    /// <summary>An event so many seconds after the start; null for one without a time.</summary>
    public AuthEvent Make(
        string action,
        double? seconds,
        string? source = "203.0.113.7",
        string? user = "root",
        int repeats = 1,
        string file = "a.log")
    {
        if (!_sources.TryGetValue(file, out LogSource? logSource))
        {
            _sources.Add(file, logSource = new LogSource(file));
        }

        long number = _lines.GetValueOrDefault(file) + 1;
        _lines[file] = number;
        string text = string.Create(CultureInfo.InvariantCulture, $"{seconds} {action} {user} {source}");
        AuthEvent made = new(LogLine.FromString(text, number), logSource)
        {
            Action = action,
            SourceIP = source,
            UserName = user,
            RepeatCount = repeats,
        };
        if (seconds is { } after)
        {
            made.SetTimeAndLevel(Start.UtcTicks + (long)(after * TimeSpan.TicksPerSecond), 60, LogLevel.Warning);
        }

        return made;
    }

    public void Add(
        string action,
        double? seconds,
        string? source = "203.0.113.7",
        string? user = "root",
        int repeats = 1,
        string file = "a.log") =>
        Engine.Add(Make(action, seconds, source, user, repeats, file));
}
