using LogAnomaly.Rules;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>What our block <c>loganomaly</c> adds to a rule; other tools for Sigma pass over it.</summary>
internal sealed record RuleExtension
{
    private static readonly string[] s_known =
        ["part", "finding", "entity", "per-value", "median-gap", "unless", "detector", "parameters"];

    /// <summary>Whether the rule only serves others.</summary>
    public bool IsPart { get; private init; }

    /// <summary>Id of the rule whose findings its hits join, or null.</summary>
    public string? Finding { get; private init; }

    /// <summary>Fields that say whom a finding is about.</summary>
    public IReadOnlyList<string> Entity { get; private init; } = [];

    /// <summary>Bounds of the hits per distinct value.</summary>
    public IReadOnlyList<CorrelationBound> PerValue { get; private init; } = [];

    /// <summary>Least median of the gaps between hits as it stands in the rule, or null.</summary>
    public string? MedianGapText { get; private init; }

    /// <summary>Least median of the gaps between hits; zero for none.</summary>
    public TimeSpan MedianGap { get; private init; }

    /// <summary>Rules that must not have hit.</summary>
    public IReadOnlyList<string> Unless { get; private init; } = [];

    /// <summary>Detector that judges the rule, or null.</summary>
    public string? Detector { get; private init; }

    /// <summary>Numbers of the rule by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; private init; } = [];

    /// <summary>Reads the block.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The block, or what its absence means.</returns>
    /// <exception cref="RuleFormatException">It has a fault.</exception>
    public static RuleExtension Read(YamlMap rule)
    {
        if (rule.MapOf("loganomaly") is not { } block)
        {
            return new RuleExtension();
        }

        if (block.Entries.FirstOrDefault(entry => !s_known.Contains(entry.Key)) is { } unknown)
        {
            throw new RuleFormatException(
                unknown.Line, $"'{unknown.Key}' is no key of 'loganomaly'; known are {string.Join(", ", s_known)}.");
        }

        string? gap = block.TextOf("median-gap");
        return new RuleExtension
        {
            IsPart = Switches.Read(block, "part"),
            Finding = block.TextOf("finding"),
            Entity = block.TextsOf("entity"),
            PerValue = block.MapOf("per-value") is { } bounds ? Bounds.Read(bounds) : [],
            MedianGapText = gap,
            MedianGap = gap is null ? TimeSpan.Zero : Timespans.Parse(gap, block.LineOf("median-gap")),
            Unless = block.TextsOf("unless"),
            Detector = block.TextOf("detector"),
            Parameters = block.MapOf("parameters") is { } parameters
                ? [.. parameters.Entries.Select(entry =>
                    KeyValuePair.Create(entry.Key, string.Join(", ", parameters.TextsOf(entry.Key))))]
                : [],
        };
    }
}
