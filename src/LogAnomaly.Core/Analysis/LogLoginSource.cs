namespace LogAnomaly.Analysis;

/// <summary>The logins from one source.</summary>
public sealed record LogLoginSource
{
    /// <summary>Address that they came from, or its name where the log has no address.</summary>
    public required string SourceIP { get; init; }

    /// <summary>Tries that failed; what a server says several times of one try counts once.</summary>
    public long Failed { get; init; }

    /// <summary>Logins that succeeded.</summary>
    public long Accepted { get; init; }

    /// <summary>Distinct users that were tried or logged in, a lower bound beyond 1,000.</summary>
    public int Users { get; init; }

    /// <summary>The users that were tried or logged in most often, at most five.</summary>
    public IReadOnlyList<NameCount> TopUsers { get; init; } = [];

    /// <summary>
    /// Most tries that failed in a row before a login succeeded, within a day of each other; 0 where none did.
    /// </summary>
    public long FailuresBefore { get; init; }

    /// <summary>Whether a login succeeded after tries had failed.</summary>
    public bool FailedThenAccepted => FailuresBefore > 0;

    /// <summary>The user whose login succeeded after the most failures, or null.</summary>
    public string? AcceptedUser { get; init; }

    /// <summary>Time of the first of them, or null.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Time of the last of them, or null.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}
