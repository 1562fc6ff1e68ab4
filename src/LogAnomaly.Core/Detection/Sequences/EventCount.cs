namespace LogAnomaly.Detection.Sequences;

/// <summary>How often an event comes in a session.</summary>
/// <param name="Event">Number of the event.</param>
/// <param name="Count">How often it comes, at least 1.</param>
internal readonly record struct EventCount(int Event, int Count);
