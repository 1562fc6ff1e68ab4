namespace LogAnomaly;

/// <summary>One row of features: an event, or what an entity or a window of time did, as named numbers.</summary>
/// <param name="Key">What the row is about: a line number, an address, a user, a host, a program, a session or the
/// start of a window.</param>
/// <param name="By">How rows were made: Event, SourceIP, UserName, HostName, Program, Window or Session.</param>
/// <param name="Start">Time of the first event, or null where none has a time.</param>
/// <param name="End">Time of the last event, or null where none has a time.</param>
/// <param name="Count">Events in the row.</param>
/// <param name="Values">The features by name; the unit is part of the feature's documentation.</param>
public sealed record LogFeature(
    string Key,
    string By,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    long Count,
    IReadOnlyDictionary<string, double> Values);
