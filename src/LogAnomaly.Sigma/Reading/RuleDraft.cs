using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Reading;

/// <summary>A rule whose references to others are names still.</summary>
internal sealed record RuleDraft
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Line where the rule begins.</summary>
    public required int Line { get; init; }

    /// <summary>Its id, its own or one that was made for it.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What it says of itself.</summary>
    public required RuleHeader Header { get; init; }

    /// <summary>What our block adds.</summary>
    public required RuleExtension Extension { get; init; }

    /// <summary>What it looks at.</summary>
    public required LogRuleType Type { get; init; }

    /// <summary>Whether it only serves others.</summary>
    public bool IsPart { get; init; }

    /// <summary>The condition that one event must satisfy, or null.</summary>
    public RuleCondition? Condition { get; init; }

    /// <summary>How events are taken together, or null.</summary>
    public RuleCorrelation? Correlation { get; init; }

    /// <summary>The numbers that it is listed with.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The rule.</summary>
    /// <param name="correlation">Its correlation with the ids of the rules that it names.</param>
    /// <param name="findingId">Id of the rule whose findings its hits join, or null for its own.</param>
    /// <param name="isBuiltIn">Whether it belongs to the built-in set.</param>
    /// <returns>The rule.</returns>
    public LogRule Build(RuleCorrelation? correlation, string? findingId, bool isBuiltIn)
    {
        (IReadOnlyList<string> techniques, IReadOnlyList<string> former) = AttackTechniques.Of(Header.Tags);
        return new LogRule
        {
            Id = Id,
            Name = Name,
            Title = Header.Title,
            Severity = Header.Severity,
            Area = AreaOf(Path),
            Type = Type,
            Techniques = techniques,
            FormerTechniques = former,
            Description = Header.Text("description") ?? "",
            FalsePositives = Header.FalsePositives,
            References = Header.References,
            Tags = Header.Tags,
            Author = Header.Text("author"),
            Date = Header.Text("date"),
            Modified = Header.Text("modified"),
            Status = Header.Text("status"),
            Level = Header.Text("level"),
            LogSource = Header.LogSource,
            Parameters = Parameters,
            Path = Path,
            LineNumber = Line,
            IsBuiltIn = isBuiltIn,
            FindingId = findingId ?? Id,
            IsPart = IsPart,
            EntityFields = Extension.Entity,
            Detector = Extension.Detector,
            Condition = Condition,
            Correlation = correlation,
        };
    }

    private static string AreaOf(string path) =>
        System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)) ?? "";
}
