namespace LogAnomaly.Analysis;

/// <summary>How sessions are made and which of them are told.</summary>
public sealed record SessionOptions
{
    /// <summary>Whose doings one session tells; those of a source by default.</summary>
    public SessionGrouping By { get; init; } = SessionGrouping.Source;

    /// <summary>Failed logins from which a session is told whatever else it holds, 5 by default.</summary>
    public int MinimumTries { get; init; } = 5;

    /// <summary>Whether all sessions are told, those of ordinary days too.</summary>
    public bool IncludesAll { get; init; }

    /// <summary>Sources, users or hosts that are kept at a time, 100,000 by default; beyond them the quietest are forgotten.</summary>
    public int MaximumEntities { get; init; } = 100_000;
}
