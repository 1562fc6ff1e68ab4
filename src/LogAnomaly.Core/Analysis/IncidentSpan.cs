namespace LogAnomaly.Analysis;

/// <summary>Where an incident lies in a labelled log.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Positions">Positions of its events; none for a silence.</param>
/// <param name="FirstTicks">UTC ticks of its start, or -1.</param>
/// <param name="LastTicks">UTC ticks of its end, or -1.</param>
/// <param name="Entities">Whom or what it is about, where that is known.</param>
internal sealed record IncidentSpan(
    string Id, HashSet<int> Positions, long FirstTicks, long LastTicks, IReadOnlyList<string> Entities);
