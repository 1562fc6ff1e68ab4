namespace LogAnomaly.Detection.Behaviours;

/// <summary>What is said of a finding before when and by what events.</summary>
/// <param name="Detector">Name of the behaviour.</param>
/// <param name="Kind">Kind of the events.</param>
/// <param name="Probability">Its tail probability.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Reason">Why.</param>
/// <param name="EntityType">Name of the field that says whom it is about, or null.</param>
/// <param name="Entity">Whom it is about, or null.</param>
internal readonly record struct FindingDraft(
    string Detector, LogKind Kind, double Probability, string Title, Reason Reason, string? EntityType, string? Entity)
{
    /// <summary>Makes the finding.</summary>
    /// <param name="firstTicks">UTC ticks of its start.</param>
    /// <param name="lastTicks">UTC ticks of its end.</param>
    /// <param name="count">Events in it.</param>
    /// <param name="events">Events that prove it.</param>
    /// <returns>The finding.</returns>
    public DetectorFinding Build(long firstTicks, long lastTicks, long count, IReadOnlyList<LogEvent> events) => new()
    {
        Detector = Detector,
        TailProbability = Probability,
        Title = Title,
        Reasons = [Reason],
        EntityType = EntityType,
        Entity = Entity,
        Kind = Kind,
        FirstTicks = firstTicks,
        LastTicks = lastTicks,
        Count = count,
        Events = events.Count <= Findings.MostEvents ? events : [.. events.Take(Findings.MostEvents - 1), events[^1]],
    };
}
