using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>What a rule did on a log.</summary>
public sealed class RuleTestResult
{
    /// <summary>The rule.</summary>
    public required LogRule Rule { get; init; }

    /// <summary>Id of the rule.</summary>
    public string RuleId => Rule.Id;

    /// <summary>Title of the rule.</summary>
    public string Title => Rule.Title;

    /// <summary>Lines of the log that became events.</summary>
    public long LineCount { get; init; }

    /// <summary>
    /// Lines that match the rule, or the rules that it counts; a line that matches two of them counts twice.
    /// </summary>
    public long MatchedLineCount { get; init; }

    /// <summary>Findings of the rule.</summary>
    public int FindingCount { get; init; }

    /// <summary>Findings a day; of a log of less than a day, those of the log.</summary>
    public double FindingsPerDay { get; init; }

    /// <summary>Time from the first event of the log to the last.</summary>
    public TimeSpan LogSpan { get; init; }

    /// <summary>Time that the rules took, all that were tried together.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whom the findings are about, with their hits; the most first, at most ten.</summary>
    public IReadOnlyList<NameCount> TopEntities { get; init; } = [];

    /// <summary>The findings.</summary>
    public IReadOnlyList<Anomaly> Findings { get; init; } = [];

    /// <summary>The first lines that match, at most five.</summary>
    public IReadOnlyList<Evidence> Examples { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{RuleId}: {FindingCount} findings, {MatchedLineCount} of {LineCount} lines");
}
