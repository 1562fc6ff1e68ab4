namespace LogAnomaly.Parsing;

/// <summary>What an event of Windows means.</summary>
/// <param name="Category">Category in ECS words.</param>
/// <param name="Action">What was done or happened.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="ByStatus">Whether its status, or else the keyword of the audit, tells how it ended.</param>
/// <param name="Sources">For each field the names of the values that it is taken from, the first that has one
/// counting.</param>
internal sealed record WindowsEventRow(
    string Category, string Action, Outcome Outcome, bool ByStatus, (LogField Field, string[] Names)[] Sources);
