namespace LogAnomaly.Analysis;

/// <summary>What happens at one hour of the day, or on one day of the week, by the clock of the log.</summary>
/// <param name="Name">The hour, <c>00</c> to <c>23</c>, or the day, such as <c>Monday</c>.</param>
/// <param name="Count">Events of it.</param>
/// <param name="Errors">Of them those of level Error or a graver one.</param>
/// <param name="Rate">Events an hour, over the hours of the log that fall into it; 0 where none does.</param>
public sealed record LogPeriod(string Name, long Count, long Errors, double Rate);
