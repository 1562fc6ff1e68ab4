namespace LogAnomaly.Analysis;

/// <summary>The story of a source, a user or a host: what it tried, whether it got in, and what it did then.</summary>
public sealed class LogSession
{
    /// <summary>Creates a session.</summary>
    internal LogSession()
    {
    }

    /// <summary>
    /// How grave it is. Critical where a login succeeded after five failures or more, or a finding of it is.
    /// </summary>
    public Severity Severity { get; internal init; }

    /// <summary>The source, user or host that it is about.</summary>
    public string Entity { get; internal init; } = "";

    /// <summary>What the entity is.</summary>
    public SessionGrouping By { get; internal init; }

    /// <summary>Time of the first event, or null where none has a time.</summary>
    public DateTimeOffset? Start { get; internal init; }

    /// <summary>Time of the last event, or null where none has a time.</summary>
    public DateTimeOffset? End { get; internal init; }

    /// <summary>From the first event to the last.</summary>
    public TimeSpan Duration => Start is { } start && End is { } end ? end - start : TimeSpan.Zero;

    /// <summary>Tries to log in, with those that succeeded.</summary>
    public long Tries { get; internal init; }

    /// <summary>Tries that failed.</summary>
    public long Failures { get; internal init; }

    /// <summary>Distinct accounts that were tried; a lower bound for a session of very many.</summary>
    public int Accounts { get; internal init; }

    /// <summary>The accounts that were tried most, up to ten.</summary>
    public IReadOnlyList<NameCount> TopAccounts { get; internal init; } = [];

    /// <summary>Median time from one try to the next, or null where there are fewer than two.</summary>
    public TimeSpan? Gap { get; internal init; }

    /// <summary>Whether a login succeeded.</summary>
    public bool Succeeded => Logins.Count > 0;

    /// <summary>The logins that succeeded, up to twenty.</summary>
    public IReadOnlyList<SessionLogin> Logins { get; internal init; } = [];

    /// <summary>The sources that it came from, the most frequent first, up to ten.</summary>
    public IReadOnlyList<NameCount> Sources { get; internal init; } = [];

    /// <summary>The hosts that it was seen on, up to ten.</summary>
    public IReadOnlyList<string> Hosts { get; internal init; } = [];

    /// <summary>Distinct commands that were run, or tried, by sudo; up to twenty.</summary>
    public IReadOnlyList<string> Commands { get; internal init; } = [];

    /// <summary>Accounts that were made, up to twenty.</summary>
    public IReadOnlyList<string> AccountsMade { get; internal init; } = [];

    /// <summary>Web requests.</summary>
    public long Requests { get; internal init; }

    /// <summary>Share of the web requests that were answered with a status from 400 to 499, 0 to 1.</summary>
    public double ClientErrorShare { get; internal init; }

    /// <summary>The stages that it went through, in the order of attacks.</summary>
    public IReadOnlyList<SessionPhase> Phases { get; internal init; } = [];

    /// <summary>Ids of the rules whose findings it has part in.</summary>
    public IReadOnlyList<string> RuleIds { get; internal init; } = [];

    /// <summary>Ids of the ATT&amp;CK techniques that those rules name.</summary>
    public IReadOnlyList<string> Techniques { get; internal init; } = [];

    /// <summary>All of it in a few sentences.</summary>
    public string Story { get; internal init; } = "";

    /// <summary>The command that shows its lines; names and paths are quoted so that it can be run as it is.</summary>
    public string LinesCommand { get; internal init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Story;
}
