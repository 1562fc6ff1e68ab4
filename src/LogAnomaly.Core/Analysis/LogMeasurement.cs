namespace LogAnomaly.Analysis;

/// <summary>A log in numbers: how much, how bad, when, who.</summary>
public sealed class LogMeasurement
{
    /// <summary>All events, the unparsed ones too.</summary>
    public long EventCount { get; internal init; }

    /// <summary>Time of the earliest event, or null where none has a time.</summary>
    public DateTimeOffset? FirstSeen { get; internal init; }

    /// <summary>Time of the latest event, or null where none has a time.</summary>
    public DateTimeOffset? LastSeen { get; internal init; }

    /// <summary>Events an hour from the first to the last; null where that is no time.</summary>
    public double? Rate { get; internal init; }

    /// <summary>Events of level Error or a graver one.</summary>
    public long ErrorCount { get; internal init; }

    /// <summary>Share of errors among all events, 0 to 1.</summary>
    public double ErrorShare { get; internal init; }

    /// <summary>Errors an hour from the first event to the last; null where that is no time.</summary>
    public double? ErrorRate { get; internal init; }

    /// <summary>Events of outcome failure: logins refused, requests of status 400 and above.</summary>
    public long FailureCount { get; internal init; }

    /// <summary>Share of failures among all events, 0 to 1.</summary>
    public double FailureShare { get; internal init; }

    /// <summary>Events by kind, the most frequent first.</summary>
    public IReadOnlyList<NameCount> Kinds { get; internal init; } = [];

    /// <summary>Events by level, the gravest first; <c>None</c> for events without a level.</summary>
    public IReadOnlyList<NameCount> Levels { get; internal init; } = [];

    /// <summary>Events by outcome, the most frequent first.</summary>
    public IReadOnlyList<NameCount> Outcomes { get; internal init; } = [];

    /// <summary>Requests by the class of their status, <c>1xx</c> to <c>5xx</c>.</summary>
    public IReadOnlyList<NameCount> StatusClasses { get; internal init; } = [];

    /// <summary>The 24 hours of the day, by the clock of the log.</summary>
    public IReadOnlyList<LogPeriod> Hours { get; internal init; } = [];

    /// <summary>The seven days of the week from Monday, by the clock of the log.</summary>
    public IReadOnlyList<LogPeriod> Days { get; internal init; } = [];

    /// <summary>Width of an interval.</summary>
    public TimeSpan Interval { get; internal init; }

    /// <summary>
    /// The intervals from the first event to the last; those without events are among them unless a clock that jumped
    /// makes them too many.
    /// </summary>
    public IReadOnlyList<LogInterval> Intervals { get; internal init; } = [];

    /// <summary>The five intervals of most events, the busiest first.</summary>
    public IReadOnlyList<LogInterval> Busiest { get; internal init; } = [];

    /// <summary>What stands out from the time around it, the farthest first.</summary>
    public IReadOnlyList<LogSpike> Spikes { get; internal init; } = [];

    /// <summary>
    /// Sources with logins that failed: those that got in after failures first, then those of most failures; at most
    /// 100.
    /// </summary>
    public IReadOnlyList<LogLoginSource> Logins { get; internal init; } = [];

    /// <summary>The values of the main fields; fields that no event has are left out.</summary>
    public IReadOnlyList<LogFieldMeasurement> Fields { get; internal init; } = [];
}
