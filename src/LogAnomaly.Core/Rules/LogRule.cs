using System.Collections.ObjectModel;

namespace LogAnomaly.Rules;

/// <summary>A rule: what is known to be bad, how bad, and how it is recognised. It never changes once made.</summary>
public sealed class LogRule
{
    /// <summary>Id that findings carry, such as <c>SSH-01</c>, or the UUID of a rule of others.</summary>
    public required string Id { get; init; }

    /// <summary>Name by which correlations refer to the rule beside its id, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What the rule finds, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How grave its findings are.</summary>
    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>Area of the built-in set that it belongs to, such as <c>ssh</c>, or the name of its folder.</summary>
    public string Area { get; init; } = "";

    /// <summary>What the rule looks at.</summary>
    public LogRuleType Type { get; init; }

    /// <summary>Ids of the ATT&amp;CK techniques, version 19, such as <c>T1110.001</c>.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>
    /// Ids that ATT&amp;CK used for the techniques before version 19, such as <c>T1562.001</c>; mostly empty.
    /// </summary>
    public IReadOnlyList<string> FormerTechniques { get; init; } = [];

    /// <summary>What it finds and why that matters, in sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>When a finding is harmless.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    /// <summary>Where its idea or its threshold comes from.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Tags as the rule has them, such as <c>attack.t1110.001</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Author, or null.</summary>
    public string? Author { get; init; }

    /// <summary>Day on which the rule was made, as it stands in the rule, or null.</summary>
    public string? Date { get; init; }

    /// <summary>Day on which the rule was last changed, as it stands in the rule, or null.</summary>
    public string? Modified { get; init; }

    /// <summary>Status in Sigma's words (stable, test, experimental, deprecated, unsupported), or null.</summary>
    public string? Status { get; init; }

    /// <summary>Sigma's level as it stands in the rule, or null.</summary>
    public string? Level { get; init; }

    /// <summary>The logs that it is meant for.</summary>
    public RuleLogSource LogSource { get; init; } = new();

    /// <summary>Span of time over which events are taken together; null for rules of one event.</summary>
    public TimeSpan? Timespan => Correlation?.Timespan;

    /// <summary>Fields by whose values events are taken together; empty for rules of one event.</summary>
    public IReadOnlyList<string> GroupBy => Correlation?.GroupBy ?? [];

    /// <summary>The numbers of the rule by name, such as its threshold and its time span, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>File that the rule was read from; for the built-in set its name in the set.</summary>
    public string Path { get; init; } = "";

    /// <summary>Line of the file where the rule begins, from 1.</summary>
    public int LineNumber { get; init; } = 1;

    /// <summary>Whether the rule belongs to the built-in set.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>
    /// Id of the rule whose findings its hits join: its own, or that of a rule of the same file whose finding it
    /// raises.
    /// </summary>
    public string FindingId { get => _findingId ?? Id; init => _findingId = value; }

    /// <summary>Whether the rule only serves others: it is listed nowhere and makes no finding of its own.</summary>
    public bool IsPart { get; init; }

    /// <summary>
    /// Fields that say whom a finding is about, the first that the event has; empty for the usual ones.
    /// </summary>
    public IReadOnlyList<string> EntityFields { get; init; } = [];

    /// <summary>Detector that judges it, for rules of the type <see cref="LogRuleType.Learned"/>; else null.</summary>
    public string? Detector { get; init; }

    /// <summary>The condition that one event must satisfy; null for correlations and learned rules.</summary>
    internal RuleCondition? Condition { get; init; }

    /// <summary>How events are taken together; null for rules of one event.</summary>
    internal RuleCorrelation? Correlation { get; init; }

    private readonly string? _findingId;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Title}";
}
