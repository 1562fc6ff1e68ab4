using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>Counts the events of one group.</summary>
/// <param name="values">Its values; null for a field that its events do not have.</param>
/// <param name="start">UTC ticks of the start of its interval, or -1.</param>
internal sealed class GroupTally(string?[] values, long start)
{
    private SeenTimes _times;
    private string? _source;
    private string? _user;
    private HashSet<string>? _sources;
    private HashSet<string>? _users;

    /// <summary>Its values.</summary>
    public string?[] Values { get; } = values;

    /// <summary>UTC ticks of the start of its interval, or -1.</summary>
    public long Start { get; } = start;

    /// <summary>Events in it.</summary>
    public long Count { get; private set; }

    /// <summary>Errors among them.</summary>
    public long Errors { get; private set; }

    /// <summary>Failures among them.</summary>
    public long Failures { get; private set; }

    /// <summary>First and last time.</summary>
    public SeenTimes Times => _times;

    /// <summary>Distinct sources.</summary>
    public long Sources => _sources?.Count ?? (_source is null ? 0 : 1);

    /// <summary>Distinct users.</summary>
    public long Users => _users?.Count ?? (_user is null ? 0 : 1);

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="facts">What it says.</param>
    /// <param name="room">How many more distinct values all groups together may keep.</param>
    public void Add(LogEvent logEvent, in EventFacts facts, ref int room)
    {
        Count++;
        Errors += facts.IsError ? 1 : 0;
        Failures += facts.Outcome == Outcome.Failure ? 1 : 0;
        _times.Add(logEvent);
        Keep(facts.Source, ref _source, ref _sources, ref room);
        Keep(facts.User, ref _user, ref _users, ref room);
    }

    // Most groups have one source, which needs no set.
    private static void Keep(string? value, ref string? only, ref HashSet<string>? all, ref int room)
    {
        if (value is null || ReferenceEquals(value, only) || value == only)
        {
            return;
        }

        if (only is null)
        {
            only = value;
            return;
        }

        if (room <= 0)
        {
            return;
        }

        all ??= new HashSet<string>(StringComparer.Ordinal) { only };
        room -= all.Add(value) ? 1 : 0;
    }
}
