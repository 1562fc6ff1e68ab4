namespace LogAnomaly.Synthesis;

/// <summary>A kind of anomaly that can be planted.</summary>
/// <param name="Label">Its code.</param>
/// <param name="LeastLines">Fewest lines of one incident, at least 1.</param>
/// <param name="MostLines">Most lines of one incident.</param>
/// <param name="Hours">When it may happen.</param>
/// <param name="Play">Adds exactly the given number of lines, none earlier than the given local ticks.</param>
internal sealed record Incident(string Label, int LeastLines, int MostLines, IncidentHours Hours,
    Action<long, int> Play)
{
    /// <summary>Whether the incident may begin at a time.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <returns>True, or whether it is night where the incident belongs to the night.</returns>
    public bool MayBeginAt(long ticks) => Hours == IncidentHours.Any || new DateTime(ticks).Hour < 5;
}

/// <summary>The hours in which an incident may happen.</summary>
internal enum IncidentHours
{
    /// <summary>At any time.</summary>
    Any = 0,

    /// <summary>From midnight to five.</summary>
    Night,
}
