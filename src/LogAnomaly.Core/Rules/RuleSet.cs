namespace LogAnomaly.Rules;

/// <summary>
/// Rules made ready to run, the names by which they refer to each other resolved. It never changes, so several engines
/// may share it.
/// </summary>
public sealed class RuleSet
{
    /// <summary>Creates a set.</summary>
    /// <param name="rules">Its rules.</param>
    /// <param name="detections">Its rules of one event that have an effect, in the order of the matcher.</param>
    /// <param name="correlations">Its correlations by their numbers.</param>
    /// <param name="kinds">Its kinds of findings.</param>
    /// <param name="paths">How events come to their groups.</param>
    /// <param name="learned">Its rules that judge for themselves.</param>
    internal RuleSet(
        IReadOnlyList<LogRule> rules,
        RuleNode[] detections,
        CompiledCorrelation[] correlations,
        FindingKind[] kinds,
        GroupPath[] paths,
        Dictionary<LogRule, RuleNode> learned)
    {
        Rules = rules;
        Detections = detections;
        Correlations = correlations;
        Kinds = kinds;
        Paths = paths;
        Learned = learned;
        Matching = new CompiledRules([.. detections.Select(rule => rule.Rule)]);
    }

    /// <summary>The rules, those that only serve others included.</summary>
    public IReadOnlyList<LogRule> Rules { get; }

    /// <summary>The rules of one event that have an effect, in the order of the matcher.</summary>
    internal RuleNode[] Detections { get; }

    /// <summary>The rules of one event made ready for matching, which all engines share.</summary>
    internal CompiledRules Matching { get; }

    /// <summary>The correlations by their numbers.</summary>
    internal CompiledCorrelation[] Correlations { get; }

    /// <summary>The kinds of findings by their numbers.</summary>
    internal FindingKind[] Kinds { get; }

    /// <summary>How events come to their groups, by number.</summary>
    internal GroupPath[] Paths { get; }

    /// <summary>The rules that judge for themselves.</summary>
    internal Dictionary<LogRule, RuleNode> Learned { get; }

    /// <summary>Makes rules ready to run. A later rule with the same id replaces an earlier one.</summary>
    /// <param name="rules">The rules.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">A rule refers to one that is not there, correlations refer to each other in
    /// a circle, or a regular expression is none.</exception>
    public static RuleSet Compile(IEnumerable<LogRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new RuleSetCompiler(rules).Compile();
    }
}
