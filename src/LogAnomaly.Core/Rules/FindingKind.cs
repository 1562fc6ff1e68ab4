using System.Collections.ObjectModel;

namespace LogAnomaly.Rules;

/// <summary>The findings of one id: which rule they are of, and when they end.</summary>
internal sealed class FindingKind
{
    /// <summary>Creates a kind.</summary>
    /// <param name="index">Its number in the set.</param>
    /// <param name="id">Id that its rules give for it.</param>
    /// <param name="rule">Rule that its findings name.</param>
    public FindingKind(int index, string id, LogRule rule)
    {
        Index = index;
        Id = id;
        Rule = rule;
    }

    /// <summary>Its number in the set.</summary>
    public int Index { get; }

    /// <summary>Id that its rules give for it.</summary>
    public string Id { get; }

    /// <summary>Rule that its findings name.</summary>
    public LogRule Rule { get; }

    /// <summary>Titles of the rules of the set, by their ids and names.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Ticks without a hit after which a finding ends.</summary>
    public long CoolDown { get; set; }

    /// <summary>
    /// Rules whose hits join its findings; where there are several, one event may come by more than one.
    /// </summary>
    public int Contributors { get; set; }
}
