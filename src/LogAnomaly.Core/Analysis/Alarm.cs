namespace LogAnomaly.Analysis;

/// <summary>One report of a detector on a labelled log.</summary>
/// <param name="Positions">Positions of the events that it shows.</param>
/// <param name="FirstTicks">UTC ticks of its first event, or -1.</param>
/// <param name="LastTicks">UTC ticks of its last event, or -1.</param>
/// <param name="Entity">Whom it is about, or null.</param>
internal sealed record Alarm(IReadOnlyList<int> Positions, long FirstTicks, long LastTicks, string? Entity)
{
    /// <summary>
    /// Whether it is about an incident: it shows an event of it, or it tells of the same entity in the same time; where
    /// the incident is a silence, which has no events, the time alone decides.
    /// </summary>
    /// <param name="incident">The incident.</param>
    /// <returns>Whether it is.</returns>
    public bool IsAbout(IncidentSpan incident)
    {
        foreach (int position in Positions)
        {
            if (incident.Positions.Contains(position))
            {
                return true;
            }
        }

        bool isAtTheTime = FirstTicks >= 0 && incident.FirstTicks >= 0
            && FirstTicks <= Math.Max(incident.FirstTicks, incident.LastTicks)
            && LastTicks >= Math.Min(incident.FirstTicks, incident.LastTicks);
        return isAtTheTime
            && (incident.Positions.Count == 0
                || (Entity is not null && incident.Entities.Contains(Entity, StringComparer.OrdinalIgnoreCase)));
    }
}
