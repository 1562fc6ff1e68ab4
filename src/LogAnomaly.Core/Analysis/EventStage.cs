namespace LogAnomaly.Analysis;

/// <summary>A part of the work on events, which takes them in their order.</summary>
/// <param name="events">The next events.</param>
internal delegate void EventStage(ReadOnlySpan<LogEvent> events);
