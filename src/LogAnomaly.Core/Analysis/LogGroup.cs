namespace LogAnomaly.Analysis;

/// <summary>
/// The events that have the same values of some fields, and where asked for fall into the same interval.
/// </summary>
public sealed record LogGroup
{
    /// <summary>The values, divided by commas; <c>(none)</c> for a field that the events do not have.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The values by field, in the order that was asked for; null for a field that the events do not have.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    /// <summary>Start of the interval, or null where events were not taken apart by time.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Events in the group.</summary>
    public long Count { get; init; }

    /// <summary>Share of all events, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Events of level Error or a graver one.</summary>
    public long Errors { get; init; }

    /// <summary>Events of outcome failure.</summary>
    public long Failures { get; init; }

    /// <summary>Time of the first event, or null where none has a time.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Time of the last event, or null where none has a time.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>
    /// Events an hour, over the time of the whole log or of the interval; null where that is no time.
    /// </summary>
    public double? Rate { get; init; }

    /// <summary>Distinct sources; a lower bound where very many are counted.</summary>
    public long Sources { get; init; }

    /// <summary>Distinct users; a lower bound where very many are counted.</summary>
    public long Users { get; init; }
}
