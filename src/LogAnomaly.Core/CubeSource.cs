namespace LogAnomaly;

/// <summary>An address or name that events came from, and its logins.</summary>
public sealed record CubeSource
{
    /// <summary>Code in the dimension of sources; 1 where no table breaks it down.</summary>
    public int Code { get; internal init; }

    /// <summary>The address or name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>All its events.</summary>
    public long Count { get; internal init; }

    /// <summary>Failed logins, as often as the log says they came.</summary>
    public long Failed { get; internal init; }

    /// <summary>Accepted logins.</summary>
    public long Accepted { get; internal init; }

    /// <summary>Distinct users that it tried to be.</summary>
    public int Users { get; internal init; }

    /// <summary>The users that it tried most.</summary>
    public IReadOnlyList<NameCount> TopUsers { get; internal init; } = [];

    /// <summary>User of the login that followed most failures, or null where none did.</summary>
    public string? AcceptedUser { get; internal init; }

    /// <summary>Time of its first event, or null.</summary>
    public DateTimeOffset? FirstSeen { get; internal init; }

    /// <summary>Time of its last event, or null.</summary>
    public DateTimeOffset? LastSeen { get; internal init; }
}
