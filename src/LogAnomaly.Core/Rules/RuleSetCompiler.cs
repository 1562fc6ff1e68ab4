namespace LogAnomaly.Rules;

/// <summary>
/// Makes a <see cref="RuleSet"/>: resolves names, orders what refers to what, and numbers all that an engine keeps
/// state for.
/// </summary>
internal sealed class RuleSetCompiler
{
    /// <summary>Ticks by which a line may come late and still go into its place.</summary>
    public const long Lateness = 5 * TimeSpan.TicksPerMinute;

    private const long CoolDownOfEvents = TimeSpan.TicksPerHour;

    private static readonly GroupField[] s_usualEntity =
        [.. new[] { "SourceIP", "SourceHost", "UserName", "HostName", "Program" }.Select(GroupField.Of)];

    private readonly List<LogRule> _rules = [];
    private readonly RuleNames _names;
    private readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);
    private readonly Dictionary<LogRule, RuleNode> _compiled = [];
    private readonly HashSet<LogRule> _open = [];
    private readonly HashSet<LogRule> _silenced = [];
    private readonly List<CompiledCorrelation> _correlations = [];
    private readonly List<GroupPath> _paths = [];
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _valueLists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FindingKind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Takes the rules.</summary>
    /// <param name="rules">The rules; of those with the same id the last counts.</param>
    public RuleSetCompiler(IEnumerable<LogRule> rules)
    {
        Dictionary<(string Id, string Path), int> places = [];
        foreach (LogRule rule in rules)
        {
            // What only serves others belongs to its file, so two files may use the same name for theirs.
            (string, string) key = (rule.Id, rule.IsPart ? rule.Path : "");
            if (places.TryAdd(key, _rules.Count))
            {
                _rules.Add(rule);
            }
            else
            {
                _rules[places[key]] = rule;
            }
        }

        _names = new RuleNames(_rules);
        foreach (LogRule rule in _rules)
        {
            _titles[rule.Name ?? rule.Id] = rule.Title;
            _titles[rule.Id] = rule.Title;
        }
    }

    /// <summary>Makes the set.</summary>
    /// <returns>The set.</returns>
    public RuleSet Compile()
    {
        foreach (LogRule rule in _rules)
        {
            CompileRule(rule);
        }

        Silence();
        foreach (LogRule rule in _rules)
        {
            GiveKind(rule);
        }

        RuleNode[] detections =
            [.. _rules.Where(rule => rule.Condition is not null).Select(rule => _compiled[rule]).Where(HasEffect)];
        return new RuleSet(
            _rules.AsReadOnly(),
            detections,
            [.. _correlations],
            [.. _kinds.Values.OrderBy(kind => kind.Index)],
            [.. _paths],
            _compiled.Where(pair => pair.Key.Type == LogRuleType.Learned).ToDictionary());
    }

    private static bool HasEffect(RuleNode rule) => rule.Kind is not null || rule.Feeds.Count > 0;

    private RuleNode CompileRule(LogRule rule)
    {
        if (_compiled.TryGetValue(rule, out RuleNode? known))
        {
            return known;
        }

        if (rule.Correlation is null)
        {
            RuleNode single = new(rule) { Entity = EntityOf(rule) };
            _compiled.Add(rule, single);
            return single;
        }

        if (!_open.Add(rule))
        {
            throw new ArgumentException(
                $"Rule {rule.Id} ({rule.Path}) refers to itself by way of "
                    + $"{string.Join(", ", rule.Correlation.Rules)}.");
        }

        CompiledCorrelation made = CompileCorrelation(rule, rule.Correlation);
        _open.Remove(rule);
        _compiled.Add(rule, made);
        return made;
    }

    private CompiledCorrelation CompileCorrelation(LogRule rule, RuleCorrelation correlation)
    {
        Check(rule, correlation);
        RuleNode[] parts = [.. correlation.Rules.Select(name => CompileRule(_names.Resolve(rule, name)))];
        RuleNode[] unless = [.. correlation.Unless.Select(name => CompileRule(_names.Resolve(rule, name)))];
        CompiledCorrelation made = new(rule, _correlations.Count, Lateness) { Entity = EntityOf(rule) };
        made.ValueList = NumberOf(_valueLists, string.Join('\n', correlation.Fields));
        _correlations.Add(made);
        for (int part = 0; part < unless.Length; part++)
        {
            unless[part].Feeds.Insert(
                0, new RuleFeed(made, 0, IsUnless: true, PathOf(made, unless[part].Rule, correlation.Unless[part])));
        }

        for (int part = 0; part < parts.Length; part++)
        {
            uint bit = made.IsTemporal ? 1u << part : 0;
            parts[part].Feeds.Add(
                new RuleFeed(made, bit, IsUnless: false, PathOf(made, parts[part].Rule, correlation.Rules[part])));
            made.Reach = Math.Max(
                made.Reach, made.IsTemporal && parts[part] is CompiledCorrelation child ? child.Span + child.Reach : 0);
        }

        made.Horizon += made.Reach;
        SetParts(made, correlation);
        return made;
    }

    private static void Check(LogRule rule, RuleCorrelation correlation)
    {
        bool isTemporal = rule.Type is LogRuleType.Temporal or LogRuleType.TemporalOrdered;
        string? fault = correlation switch
        {
            { Rules.Count: 0 } => "names no rules",
            _ when correlation.Timespan <= TimeSpan.Zero || correlation.Timespan > TimeSpan.FromDays(3_660) =>
                "needs a time span above zero and below ten years",
            { Rules.Count: > CompiledCorrelation.MostParts } when isTemporal =>
                $"names more than {CompiledCorrelation.MostParts} rules",
            { Bounds.Count: 0 } when !isTemporal => "needs a bound",
            { Fields.Count: 0 } when !isTemporal && rule.Type != LogRuleType.EventCount => "needs a field",
            _ when rule.Type is LogRuleType.Detection or LogRuleType.Learned =>
                "has a correlation, but a type without one",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ArgumentException($"Rule {rule.Id} ({rule.Path}) {fault}.");
        }
    }

    private void SetParts(CompiledCorrelation made, RuleCorrelation correlation)
    {
        if (!made.IsTemporal)
        {
            made.NeedsSeveral = made.LeastCount > 1 && !made.IsNumeric;
            return;
        }

        made.PartCount = correlation.Rules.Count;
        uint all = made.PartCount == 32 ? uint.MaxValue : (1u << made.PartCount) - 1;
        made.Parts = correlation.Condition is { } condition && made.Type == LogRuleType.Temporal
            ? TestOf(made.Rule, condition, correlation)
            : new PartTest.Every(all);
        made.NeedsSeveral = true;
        for (int part = 0; part < made.PartCount; part++)
        {
            made.NeedsSeveral &= !made.Parts.IsTrue(1u << part);
        }
    }

    private PartTest TestOf(LogRule rule, RuleCondition condition, RuleCorrelation correlation)
    {
        switch (condition)
        {
            case AllOf all:
                return new PartTest.Several(
                    [.. all.Parts.Select(part => TestOf(rule, part, correlation))], all.Parts.Count);
            case AnyOf any:
                return new PartTest.Several([.. any.Parts.Select(part => TestOf(rule, part, correlation))], 1);
            case NotOf not:
                return new PartTest.Not(TestOf(rule, not.Part, correlation));
            case RuleReference reference:
                LogRule meant = _names.Resolve(rule, reference.Rule);
                for (int part = 0; part < correlation.Rules.Count; part++)
                {
                    if (_names.Resolve(rule, correlation.Rules[part]) == meant)
                    {
                        return new PartTest.Every(1u << part);
                    }
                }

                throw new ArgumentException(
                    $"Rule {rule.Id} ({rule.Path}) has a condition on \"{reference.Rule}\", which is not among its "
                        + "rules.");
            default:
                throw new ArgumentException(
                    $"Rule {rule.Id} ({rule.Path}) tests a field in the condition of a correlation.");
        }
    }

    // Correlations with the same fields share a table of keys. An alias may stand for another field in each rule, so
    // what has one shares its table with nobody.
    private GroupPath PathOf(CompiledCorrelation made, LogRule from, string reference)
    {
        List<string> names = [];
        bool hasAlias = false;
        foreach (string name in made.Correlation.GroupBy)
        {
            string field = name;
            if (made.Correlation.Aliases.TryGetValue(name, out IReadOnlyDictionary<string, string>? perRule))
            {
                hasAlias = true;
                field = FieldOf(perRule, from, reference) ?? throw new ArgumentException(
                    $"Rule {made.Rule.Id} ({made.Rule.Path}) groups by the alias \"{name}\", which stands for no field "
                        + $"of \"{reference}\".");
            }

            names.Add(field);
        }

        GroupField[] fields = [.. names.Select(GroupField.Of)];
        string key = string.Join('\n', fields.Select(field => field.Name));
        string tableKey = hasAlias ? $"{made.Index}" : "\n" + key;
        int table = NumberOf(_tables, tableKey);
        GroupPath? path = _paths.Find(known =>
            known.Table == table && string.Join('\n', known.Fields.Select(field => field.Name)) == key);
        if (path is null)
        {
            path = new GroupPath(_paths.Count, table, fields);
            _paths.Add(path);
        }

        return path;
    }

    private static int NumberOf(Dictionary<string, int> numbers, string key)
    {
        numbers.TryAdd(key, numbers.Count);
        return numbers[key];
    }

    private static string? FieldOf(IReadOnlyDictionary<string, string> perRule, LogRule rule, string reference) =>
        perRule.GetValueOrDefault(reference)
        ?? perRule.GetValueOrDefault(rule.Id)
        ?? (rule.Name is { } name ? perRule.GetValueOrDefault(name) : null);

    // A correlation speaks for the rules that it takes together, unless it generates. One of the user's does not
    // silence a rule of the built-in set, which was made to speak for itself.
    private void Silence()
    {
        HashSet<LogRule> generated = [];
        foreach (CompiledCorrelation correlation in _correlations)
        {
            foreach (string name in correlation.Correlation.Rules)
            {
                LogRule used = _names.Resolve(correlation.Rule, name);
                if (correlation.Correlation.Generates)
                {
                    generated.Add(used);
                }
                else if (!used.IsBuiltIn || used.Path == correlation.Rule.Path)
                {
                    _silenced.Add(used);
                }
            }
        }

        _silenced.ExceptWith(generated);
    }

    private void GiveKind(LogRule rule)
    {
        bool joins = rule.FindingId != rule.Id;
        if (rule.IsPart || (!joins && _silenced.Contains(rule)))
        {
            return;
        }

        if (!_kinds.TryGetValue(rule.FindingId, out FindingKind? kind))
        {
            LogRule? main = _rules.Find(candidate => candidate.Id == rule.FindingId && !candidate.IsPart);
            kind = new FindingKind(_kinds.Count, rule.FindingId, main ?? rule) { Titles = _titles };
            _kinds.Add(rule.FindingId, kind);
        }

        kind.CoolDown = Math.Max(kind.CoolDown, rule.Correlation?.Timespan.Ticks ?? CoolDownOfEvents);
        kind.Contributors++;
        _compiled[rule].Kind = kind;
    }

    /// <summary>Fields that say whom findings of a rule are about.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The fields; the first that an event has counts.</returns>
    public static GroupField[] EntityOf(LogRule rule)
    {
        if (rule.EntityFields.Count > 0)
        {
            return [.. rule.EntityFields.Select(GroupField.Of), .. s_usualEntity];
        }

        return s_usualEntity;
    }
}
