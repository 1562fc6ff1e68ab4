namespace LogAnomaly.Analysis;

/// <summary>What a log or a baseline holds, ready to be compared.</summary>
/// <param name="Total">All events.</param>
/// <param name="Seconds">Time that was watched, or 0 where the events have no times.</param>
/// <param name="Windows">Windows of time by which the dispersions were told.</param>
/// <param name="Fields">The values of fields by the name of the field; templates by their text.</param>
/// <param name="Mixes">The mixes by the name of the field.</param>
/// <param name="Latency">How long requests took.</param>
internal sealed record TrafficProfile(
    ProfileEntry Total,
    double Seconds,
    int Windows,
    IReadOnlyDictionary<string, ProfileField> Fields,
    IReadOnlyDictionary<string, SortedDictionary<string, ProfileEntry>> Mixes,
    LatencyTable Latency);
