namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Two fields of a kind of event of which one is usual for the other, such as the networks that a user comes from.
/// </summary>
/// <param name="EntityType">Name of the field that says whom it is about.</param>
/// <param name="Feature">Name of the field whose values are learned.</param>
/// <param name="Kind">Kind of the events.</param>
/// <param name="Verb">Words between entity and value in a sentence, such as <c>was seen on</c>.</param>
/// <param name="HasRule">Whether a rule of the catalogue finds the same within a run, so that it is left to it unless a
/// baseline is known.</param>
/// <param name="Entity">Reads the entity of an event; null where the event is not about one.</param>
/// <param name="Value">Reads the value of such an event, or null.</param>
internal sealed record ValuePair(
    string EntityType,
    string Feature,
    LogKind Kind,
    string Verb,
    bool HasRule,
    Func<LogEvent, string?> Entity,
    Func<LogEvent, string?> Value)
{
    /// <summary>Its name, unique among pairs.</summary>
    public string Name => $"{Kind}.{EntityType}.{Feature}";
}
