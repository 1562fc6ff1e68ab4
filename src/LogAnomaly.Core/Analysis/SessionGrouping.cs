namespace LogAnomaly.Analysis;

/// <summary>Whose doings one session tells.</summary>
public enum SessionGrouping
{
    /// <summary>Those of a source: an address, or a name where the log has no address.</summary>
    Source = 0,

    /// <summary>Those of a user, from wherever.</summary>
    User,

    /// <summary>Those on a host, by whomever.</summary>
    Host,
}
