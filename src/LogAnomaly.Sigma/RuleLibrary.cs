using LogAnomaly.Rules;

namespace LogAnomaly.Sigma;

/// <summary>The rules that a user has: the built-in set, and files and folders of his own over it.</summary>
public static class RuleLibrary
{
    /// <summary>
    /// Reads the rules. One with the id of an earlier one takes its place, so that a file can change a built-in rule.
    /// </summary>
    /// <param name="paths">Files and folders beside the built-in set.</param>
    /// <param name="options">How they are read, or null for the usual way.</param>
    /// <returns>The rules and the faults; the user's rules may refer to the built-in ones.</returns>
    public static SigmaRules Load(IReadOnlyList<string> paths, SigmaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        SigmaRules builtIn = BuiltInRules.Load();
        if (paths.Count == 0)
        {
            return builtIn;
        }

        List<RuleFault> faults = [.. builtIn.Faults];
        OrderedRules rules = new(builtIn.Rules);
        foreach (string path in paths)
        {
            SigmaOptions used = (options ?? new SigmaOptions()) with { KnownRules = rules.All };
            SigmaRules read = Directory.Exists(path)
                ? SigmaReader.ReadFolder(path, used)
                : SigmaReader.ReadFile(path, used);
            faults.AddRange(read.Faults);
            rules.Add(read.Rules);
        }

        return new SigmaRules(rules.All, faults);
    }

    private sealed class OrderedRules
    {
        private readonly List<LogRule> _rules = [];
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        public OrderedRules(IReadOnlyList<LogRule> rules) => Add(rules);

        public LogRule[] All => [.. _rules];

        public void Add(IReadOnlyList<LogRule> rules)
        {
            foreach (LogRule rule in rules)
            {
                if (_places.TryGetValue(rule.Id, out int place))
                {
                    _rules[place] = rule;
                    continue;
                }

                _places[rule.Id] = _rules.Count;
                _rules.Add(rule);
            }
        }
    }
}
