using System.IO.Enumeration;

namespace LogAnomaly.Rules;

/// <summary>Which rules are listed: those that make findings of their own and that fit all that is asked for.</summary>
public sealed record LogRuleFilter
{
    /// <summary>Ids, with the wildcards <c>*</c> and <c>?</c>; empty for all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Areas, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>
    /// ATT&amp;CK techniques as of version 19 or of before; one without a sub-technique stands for all that it has.
    /// Empty for all.
    /// </summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>Least severity.</summary>
    public Severity MinimumSeverity { get; init; }

    /// <summary>Whether a rule is listed.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Whether it is.</returns>
    public bool Admits(LogRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return !rule.IsPart && rule.FindingId == rule.Id && rule.Severity >= MinimumSeverity
            && Fits(Ids, rule.Id) && Fits(Areas, rule.Area)
            && (Techniques.Count == 0 || rule.Techniques.Concat(rule.FormerTechniques).Any(IsAskedFor));
    }

    private static bool Fits(IReadOnlyList<string> patterns, string name) =>
        patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name));

    private bool IsAskedFor(string technique) => Techniques.Any(asked =>
        technique.Equals(asked, StringComparison.OrdinalIgnoreCase)
        || technique.StartsWith(asked + ".", StringComparison.OrdinalIgnoreCase));
}
