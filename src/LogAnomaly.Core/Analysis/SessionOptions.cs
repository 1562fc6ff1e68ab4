using LogAnomaly.Rules;

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

    /// <summary>
    /// The rules whose findings sessions name; null, the default of the engine, for none. Commands give the built-in
    /// set.
    /// </summary>
    public RuleSet? Rules { get; init; }

    /// <summary>Only sessions that came from one of these sources, whatever else they hold; null for any.</summary>
    public IReadOnlyCollection<string>? SourceIP { get; init; }

    /// <summary>
    /// Only sessions of one of these users, or that tried one of them, whatever else they hold; null for any.
    /// </summary>
    public IReadOnlyCollection<string>? UserName { get; init; }

    /// <summary>Only sessions that were seen on one of these hosts, whatever else they hold; null for any.</summary>
    public IReadOnlyCollection<string>? HostName { get; init; }

    /// <summary>
    /// Sources, users or hosts that are kept at a time, 100,000 by default; beyond them the quietest are forgotten.
    /// </summary>
    public int MaximumEntities { get; init; } = 100_000;
}
