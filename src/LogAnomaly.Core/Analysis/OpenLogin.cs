namespace LogAnomaly.Analysis;

/// <summary>A login that has not ended yet, and what is known of it.</summary>
internal sealed class OpenLogin
{
    /// <summary>Where it came from.</summary>
    public required string Source { get; init; }

    /// <summary>The user who logged in.</summary>
    public required string UserName { get; init; }

    /// <summary>UTC ticks of the login.</summary>
    public required long Start { get; init; }

    /// <summary>Process that serves it, or null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Id of its session, or null as long as none is known.</summary>
    public string? SessionId { get; set; }

    /// <summary>Terminal that it works on, or null as long as none is known.</summary>
    public string? Tty { get; set; }

    /// <summary>UTC ticks of what it did last.</summary>
    public long LastSeen { get; set; }

    /// <summary>The users that it has become, and the UTC ticks until when.</summary>
    public Dictionary<string, long> Became { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it acts as a user at a time.</summary>
    /// <param name="user">The user.</param>
    /// <param name="ticks">UTC ticks of the time.</param>
    /// <returns>Whether it logged in as that user or has become it.</returns>
    public bool ActsAs(string user, long ticks) =>
        user == UserName || (Became.TryGetValue(user, out long until) && ticks <= until);
}
