namespace LogAnomaly.Synthesis;

/// <summary>One line of a synthetic log with what is true of it.</summary>
/// <param name="Text">The line, without a line end.</param>
/// <param name="Label">What was planted, one of the codes of <see cref="SyntheticLabel"/>, or null for a normal
/// line.</param>
/// <param name="Timestamp">The time in the line, no finer than the line shows it.</param>
public sealed record SyntheticLine(string Text, string? Label, DateTimeOffset Timestamp)
{
    /// <summary>Id of the incident that the line belongs to, in a log with scenarios; null for a normal line.</summary>
    public string? IncidentId { get; init; }
}
