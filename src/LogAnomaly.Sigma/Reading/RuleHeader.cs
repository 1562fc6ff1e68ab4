using LogAnomaly.Rules;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>What a rule says of itself beside its logic.</summary>
internal sealed record RuleHeader
{
    /// <summary>What the rule finds, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How grave its findings are.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The logs that it is meant for.</summary>
    public RuleLogSource LogSource { get; init; } = new();

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When a finding is harmless.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    /// <summary>Where it comes from.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The whole rule, for the texts that are taken as they are.</summary>
    public required YamlMap Map { get; init; }

    /// <summary>Reads the header.</summary>
    /// <param name="map">The rule.</param>
    /// <param name="defaultTitle">Title where the rule has none, or null where it has to have one.</param>
    /// <returns>The header.</returns>
    /// <exception cref="RuleFormatException">It has a fault.</exception>
    public static RuleHeader Read(YamlMap map, string? defaultTitle)
    {
        YamlMap? source = map.MapOf("logsource");
        return new RuleHeader
        {
            Title = map.TextOf("title")?.Trim() is { Length: > 0 } title
                ? title
                : defaultTitle ?? throw new RuleFormatException(map.LineOf("title"), "The rule has no title."),
            Severity = SeverityOf(map),
            LogSource = source is null
                ? new RuleLogSource()
                : new RuleLogSource(Word(source, "product"), Word(source, "category"), Word(source, "service")),
            Tags = map.TextsOf("tags"),
            FalsePositives = map.TextsOf("falsepositives"),
            References = map.TextsOf("references"),
            Map = map,
        };
    }

    /// <summary>A text of the rule without the line breaks of its file at the ends.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The text, or null.</returns>
    /// <exception cref="RuleFormatException">It is no text.</exception>
    public string? Text(string key) =>
        Map.Find(key) is YamlList ? string.Join(", ", Map.TextsOf(key)) : Map.TextOf(key)?.Trim();

    private static string? Word(YamlMap source, string key) =>
        source.TextOf(key)?.Trim().ToLowerInvariant() is { Length: > 0 } word ? word : null;

    private static Severity SeverityOf(YamlMap map) => map.TextOf("level")?.Trim().ToUpperInvariant() switch
    {
        null => Severity.Medium,
        "INFORMATIONAL" => Severity.Informational,
        "LOW" => Severity.Low,
        "MEDIUM" => Severity.Medium,
        "HIGH" => Severity.High,
        "CRITICAL" => Severity.Critical,
        _ => throw new RuleFormatException(
            map.LineOf("level"),
            $"The level '{map.TextOf("level")}' is not known; known are informational, low, medium, high and "
                + "critical."),
    };
}
