namespace LogAnomaly;

/// <summary>How often something was counted in a stretch of time.</summary>
/// <param name="Start">Start of the stretch, UTC.</param>
/// <param name="Count">The count.</param>
public readonly record struct TimeCount(DateTimeOffset Start, long Count);
