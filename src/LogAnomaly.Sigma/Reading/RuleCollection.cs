using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Reading;

/// <summary>
/// The rules of all files that are read together. It resolves the names by which rules refer to others into ids, so
/// that those who run the rules need not know of files: a name is looked up in its own file first, then in all, then
/// among the known rules.
/// </summary>
internal sealed class RuleCollection
{
    private const int GreatestDepth = 50;

    private readonly SigmaOptions _options;
    private readonly List<RuleDraft> _drafts = [];
    private readonly List<RuleFault> _faults = [];
    private readonly HashSet<string> _unreadable = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Path, string Key), RuleDraft> _byFile = [];
    private readonly Dictionary<string, RuleDraft> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);

    // What became of a rule: null while those that it refers to are being made.
    private readonly Dictionary<RuleDraft, LogRule?> _made = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<RuleDraft> _failed = new(ReferenceEqualityComparer.Instance);

    private RuleCollection(SigmaOptions options)
    {
        _options = options;
        foreach (LogRule rule in options.KnownRules)
        {
            _known.TryAdd(rule.Id, rule.Id);
            _known.TryAdd(rule.Name ?? rule.Id, rule.Id);
        }
    }

    /// <summary>Resolves the rules of files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="options">How rules are read.</param>
    /// <returns>The rules and the faults.</returns>
    public static SigmaRules Resolve(IReadOnlyList<RuleFile> files, SigmaOptions options)
    {
        RuleCollection collection = new(options);
        foreach (RuleFile file in files)
        {
            collection._faults.AddRange(file.Faults);
            collection._unreadable.UnionWith(file.Unreadable);
        }

        foreach (RuleDraft draft in files.SelectMany(file => file.Drafts))
        {
            collection.Register(draft);
        }

        List<LogRule> rules = [.. collection._drafts.Select(draft => collection.Make(draft, 0)).OfType<LogRule>()];
        RuleFault[] faults = [.. collection._faults.OrderBy(fault => fault.Path, StringComparer.Ordinal)
            .ThenBy(fault => fault.LineNumber)];
        return new SigmaRules(rules, faults);
    }

    private void Register(RuleDraft draft)
    {
        if (_byKey.TryGetValue(draft.Id, out RuleDraft? other)
            && other.Id.Equals(draft.Id, StringComparison.OrdinalIgnoreCase))
        {
            AddFault(draft, $"The id '{draft.Id}' is that of {other.Path}:{other.Line} already.");
            return;
        }

        if (draft.Name is not null && _byFile.TryGetValue((draft.Path, draft.Name), out RuleDraft? namesake))
        {
            AddFault(draft, $"The name '{draft.Name}' is that of the rule in line {namesake.Line} already.");
            return;
        }

        _drafts.Add(draft);
        _byKey[draft.Id] = draft;
        _byFile[(draft.Path, draft.Id)] = draft;
        if (draft.Name is not null)
        {
            _byKey.TryAdd(draft.Name, draft);
            _byFile.TryAdd((draft.Path, draft.Name), draft);
        }
    }

    private LogRule? Make(RuleDraft draft, int depth)
    {
        if (_made.TryGetValue(draft, out LogRule? made))
        {
            return made;
        }

        _made[draft] = null;
        try
        {
            string? finding = draft.Extension.Finding is { } id ? IdOf(draft, id) : null;
            RuleCorrelation? correlation = draft.Correlation is null ? null : Resolved(draft, draft.Correlation, depth);
            LogRule rule = draft.Build(correlation, finding, _options.IsBuiltIn);
            if (rule.Type == LogRuleType.Learned && LearnedRule.FaultOf(rule) is { } fault)
            {
                throw new RuleFormatException(draft.Line, fault);
            }

            _made[draft] = rule;
            return rule;
        }
        catch (RuleFormatException exception)
        {
            AddFault(draft, exception.Message);
            _failed.Add(draft);
            return null;
        }
    }

    private RuleCorrelation Resolved(RuleDraft draft, RuleCorrelation correlation, int depth)
    {
        string Reference(string key) => Reached(draft, key, depth);
        return correlation with
        {
            Rules = [.. correlation.Rules.Select(Reference)],
            Unless = [.. correlation.Unless.Select(Reference)],
            Condition = correlation.Condition is null ? null : Resolved(correlation.Condition, Reference),
            Aliases = correlation.Aliases.ToDictionary(
                alias => alias.Key,
                alias => (IReadOnlyDictionary<string, string>)alias.Value.ToDictionary(
                    field => Reference(field.Key), field => field.Value, StringComparer.Ordinal),
                StringComparer.Ordinal),
        };
    }

    private static RuleCondition Resolved(RuleCondition condition, Func<string, string> reference) => condition switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(part => Resolved(part, reference))]),
        AnyOf any => new AnyOf([.. any.Parts.Select(part => Resolved(part, reference))]),
        NotOf not => new NotOf(Resolved(not.Part, reference)),
        RuleReference rule => new RuleReference(reference(rule.Rule)),
        _ => condition,
    };

    // Id of a rule that another stands on, which has to be made itself.
    private string Reached(RuleDraft from, string key, int depth)
    {
        if (Find(from, key) is not { } draft)
        {
            return IdOf(from, key);
        }

        if (depth >= GreatestDepth)
        {
            throw new RuleFormatException(
                from.Line, $"Correlations stand on one another more than {GreatestDepth} deep.");
        }

        if (Make(draft, depth + 1) is not null)
        {
            return draft.Id;
        }

        throw new RuleFormatException(from.Line, _failed.Contains(draft)
            ? $"It stands on '{key}', which has a fault itself."
            : $"It stands on '{key}', which in the end stands on it.");
    }

    private string IdOf(RuleDraft from, string key)
    {
        if (Find(from, key) is { } draft)
        {
            return draft.Id;
        }

        if (_known.TryGetValue(key, out string? id) && !_unreadable.Contains(key))
        {
            return id;
        }

        throw new RuleFormatException(from.Line, _unreadable.Contains(key)
            ? $"It stands on '{key}', which has a fault itself."
            : $"It stands on '{key}', which is neither the id nor the name of a rule that was read.");
    }

    private RuleDraft? Find(RuleDraft from, string key) =>
        _byFile.GetValueOrDefault((from.Path, key)) ?? _byKey.GetValueOrDefault(key);

    private void AddFault(RuleDraft draft, string message) =>
        _faults.Add(new RuleFault(draft.Path, draft.Line, draft.Id, message));
}
