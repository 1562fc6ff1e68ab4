namespace LogAnomaly;

/// <summary>What a log is about in numbers, counted while it is read, without an event for each line.</summary>
public sealed record LogCounts
{
    /// <summary>Events that were counted; a filter leaves out the others.</summary>
    public long EventCount { get; init; }

    /// <summary>Time of the earliest event, or null where none has a time.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Time of the latest event, or null where none has a time.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Bytes that were sent in answer to requests.</summary>
    public long BytesSent { get; init; }

    /// <summary>
    /// Events by the hour that they begin in (UTC), in order of time; hours without events are left out.
    /// </summary>
    public IReadOnlyList<TimeCount> Hours { get; init; } = [];

    /// <summary>Events by kind, the most frequent first.</summary>
    public IReadOnlyList<NameCount> Kinds { get; init; } = [];

    /// <summary>Events by level, the gravest first.</summary>
    public IReadOnlyList<NameCount> Levels { get; init; } = [];

    /// <summary>Requests by status, the most frequent first.</summary>
    public IReadOnlyList<NameCount> StatusCodes { get; init; } = [];

    /// <summary>Requests by method, the most frequent first.</summary>
    public IReadOnlyList<NameCount> Methods { get; init; } = [];

    /// <summary>Actions that failed or were refused, requests of status 400 and above among them.</summary>
    public long FailureCount { get; init; }
}
