namespace LogAnomaly.Rules;

/// <summary>
/// Finds rules by id or name: in the file of the rule that refers to them first, then in the whole set.
/// </summary>
internal sealed class RuleNames
{
    private readonly Dictionary<(string Path, string Name), LogRule> _ofFile = [];
    private readonly Dictionary<string, LogRule> _ofSet = new(StringComparer.Ordinal);

    /// <summary>Creates the names of a set.</summary>
    /// <param name="rules">The rules.</param>
    public RuleNames(IReadOnlyList<LogRule> rules)
    {
        foreach (LogRule rule in rules)
        {
            _ofFile.TryAdd((rule.Path, rule.Id), rule);
            _ofSet.TryAdd(rule.Id, rule);
        }

        // An id goes before a name, whichever rule comes first.
        foreach (LogRule rule in rules)
        {
            if (rule.Name is { } name)
            {
                _ofFile.TryAdd((rule.Path, name), rule);
                _ofSet.TryAdd(name, rule);
            }
        }
    }

    /// <summary>The rule that a reference means.</summary>
    /// <param name="from">Rule that refers to it.</param>
    /// <param name="reference">Id or name.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public LogRule Resolve(LogRule from, string reference) =>
        _ofFile.TryGetValue((from.Path, reference), out LogRule? rule) || _ofSet.TryGetValue(reference, out rule)
            ? rule
            : throw new ArgumentException(
                $"Rule {from.Id} ({from.Path}) refers to \"{reference}\", but no rule has that id or name.");
}
