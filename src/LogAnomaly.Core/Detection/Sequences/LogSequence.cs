namespace LogAnomaly.Detection.Sequences;

/// <summary>The events of one session, in the order in which they came.</summary>
/// <param name="Id">What the session is called, such as a block, a request or an instance; null where it has no
/// name.</param>
/// <param name="Events">The kinds of its events, such as ids of templates.</param>
public sealed record LogSequence(string? Id, IReadOnlyList<string> Events)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Id ?? "(no name)"}: {Events.Count} events");
}
