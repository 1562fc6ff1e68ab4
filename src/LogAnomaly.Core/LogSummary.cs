namespace LogAnomaly;

/// <summary>What an input holds, in numbers that are exact over all its events.</summary>
public sealed class LogSummary
{
    /// <summary>All events, the unparsed ones too.</summary>
    public long EventCount { get; internal init; }

    /// <summary>Earliest time, or null where no event has a time.</summary>
    public DateTimeOffset? FirstSeen { get; internal init; }

    /// <summary>Latest time, or null where no event has a time.</summary>
    public DateTimeOffset? LastSeen { get; internal init; }

    /// <summary>Events by kind.</summary>
    public IReadOnlyList<NameCount> Kinds { get; internal init; } = [];

    /// <summary>Events by level, the gravest first; <c>None</c> for events without a level.</summary>
    public IReadOnlyList<NameCount> Levels { get; internal init; } = [];

    /// <summary>Events by outcome.</summary>
    public IReadOnlyList<NameCount> Outcomes { get; internal init; } = [];

    /// <summary>The most frequent hosts, at most 100.</summary>
    public IReadOnlyList<NameCount> Hosts { get; internal init; } = [];

    /// <summary>The most frequent programs (for Apache: modules), at most 100.</summary>
    public IReadOnlyList<NameCount> Programs { get; internal init; } = [];

    /// <summary>The most frequent source addresses, at most 100.</summary>
    public IReadOnlyList<NameCount> Sources { get; internal init; } = [];

    /// <summary>The most frequent users, at most 100.</summary>
    public IReadOnlyList<NameCount> Users { get; internal init; } = [];

    /// <summary>Events by HTTP status.</summary>
    public IReadOnlyList<NameCount> StatusCodes { get; internal init; } = [];

    /// <summary>Distinct source addresses; a lower bound beyond a million.</summary>
    public long SourceCount { get; internal init; }

    /// <summary>Distinct users; a lower bound beyond a million.</summary>
    public long UserCount { get; internal init; }

    /// <summary>Width of a step of <see cref="Timeline"/>.</summary>
    public TimeSpan TimelineStep { get; internal init; }

    /// <summary>Events over time, at most 400 steps, empty steps left out.</summary>
    public IReadOnlyList<TimelineBucket> Timeline { get; internal set; } = [];

    /// <summary>The same summary with another timeline.</summary>
    /// <param name="timeline">Its steps.</param>
    /// <returns>The new summary.</returns>
    internal LogSummary WithTimeline(IReadOnlyList<TimelineBucket> timeline)
    {
        LogSummary copy = (LogSummary)MemberwiseClone();
        copy.Timeline = timeline;
        return copy;
    }
}
