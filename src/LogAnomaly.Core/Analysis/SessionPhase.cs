namespace LogAnomaly.Analysis;

/// <summary>What a session has of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Start">Time of the first event, or null where none has a time.</param>
/// <param name="End">Time of the last event, or null where none has a time.</param>
/// <param name="Count">Events.</param>
/// <param name="Evidence">Up to five of their lines, the first among them.</param>
public sealed record SessionPhase(
    SessionStage Stage, DateTimeOffset? Start, DateTimeOffset? End, long Count, IReadOnlyList<Evidence> Evidence)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Stage} {Count}");
}
