namespace LogAnomaly.Analysis;

/// <summary>What happened in one interval of time.</summary>
/// <param name="Start">Its start, with the offset of the first event of the log.</param>
/// <param name="Length">Its width.</param>
/// <param name="Count">Events in it.</param>
/// <param name="Errors">Events of level Error or a graver one.</param>
/// <param name="Failures">Events of outcome failure.</param>
/// <param name="IsSpike">Whether it holds far more events, errors or failures than the intervals around it.</param>
public sealed record LogInterval(
    DateTimeOffset Start, TimeSpan Length, long Count, long Errors, long Failures, bool IsSpike);
