namespace LogAnomaly.Detection;

/// <summary>What is known of an entity, such as a user or a host.</summary>
internal abstract class EntityState
{
    /// <summary>UTC ticks of when it was asked for first.</summary>
    public long FirstSeen { get; set; }

    /// <summary>UTC ticks of the latest time at which it was asked for.</summary>
    public long LastSeen { get; set; }
}
