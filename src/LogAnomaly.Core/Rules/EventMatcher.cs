using System.Numerics;

namespace LogAnomaly.Rules;

/// <summary>
/// Tells which rules of one event match an event. Each rule needs a value or a literal that is rare; those are looked
/// for in all rules at once, and only rules whose own was found are put to the event in full. The answer is the same as
/// if all were. One thread at a time may use a matcher, since it remembers strings; the rules that it was compiled of
/// are shareable.
/// </summary>
internal sealed class EventMatcher : IEventMatcher
{
    private readonly CompiledRules _rules;
    private readonly PlanState?[] _states = new PlanState?[Enum.GetValues<LogKind>().Length];
    private readonly EventView _view = new();
    private readonly ulong[] _candidates;
    private readonly ulong[] _found;
    private readonly ulong[] _matched;

    /// <summary>Creates a matcher of rules.</summary>
    /// <param name="detections">The rules; those without a condition match nothing.</param>
    /// <exception cref="ArgumentException">A regular expression of a rule is none.</exception>
    public EventMatcher(IReadOnlyList<LogRule> detections)
        : this(new CompiledRules(detections))
    {
    }

    /// <summary>Creates a matcher of rules that are compiled already.</summary>
    /// <param name="rules">The rules.</param>
    public EventMatcher(CompiledRules rules)
    {
        _rules = rules;
        _candidates = new ulong[(rules.Count + 63) / 64];
        _found = new ulong[_candidates.Length];
        _matched = new ulong[_candidates.Length];
    }

    /// <summary>How many rules have been put to an event so far, in full or in what its shape does not tell.</summary>
    internal long TrialCount { get; private set; }

    /// <summary>
    /// How many rules need nothing that could be looked for, so that they are tried on every event of a kind.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <returns>How many.</returns>
    public int CountOfUnfiltered(LogKind kind) => _rules.PlanOf(kind).Always.Length;

    /// <summary>Tells which rules match an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="matched">The indexes of the rules, ascending; what it held before is dropped.</param>
    public void Match(LogEvent logEvent, List<int> matched)
    {
        matched.Clear();
        KindPlan plan = _rules.PlanOf(logEvent.Kind);
        if (plan.RuleCount == 0)
        {
            return;
        }

        PlanState state = _states[(int)logEvent.Kind] ??= new PlanState(plan);
        _view.Show(logEvent);
        bool hasShape = EventShape.TryRead(logEvent, out EventShape shape);
        if (hasShape)
        {
            if (!state.Shapes.TryGet(shape, out int[] admitted))
            {
                admitted = Judge(plan, state);
                state.Shapes.Put(shape, admitted);
            }

            Try(plan, admitted);
        }
        else
        {
            Add(plan.Always);
        }

        for (int i = 0; i < plan.Keys.Length; i++)
        {
            if (!hasShape || !plan.IsOfShape[i])
            {
                LookUp(plan.Keys[i], state.Keys[i], plan.Keys[i].Field.Read(_view));
            }
        }

        for (int i = 0; i < plan.Scans.Length; i++)
        {
            if (!hasShape || plan.Scans[i].Part != ScanPart.Target)
            {
                Scan(plan.Scans[i], state.Scans[i]);
            }
        }

        Verify(matched);
    }

    // The rules that the shape of the event lets through, of those that nothing else than the shape brings up.
    private int[] Judge(KindPlan plan, PlanState state)
    {
        Add(plan.Always);
        for (int i = 0; i < plan.Keys.Length; i++)
        {
            if (plan.IsOfShape[i])
            {
                LookUp(plan.Keys[i], state.Keys[i], plan.Keys[i].Field.Read(_view));
            }
        }

        for (int i = 0; i < plan.Scans.Length; i++)
        {
            if (plan.Scans[i].Part == ScanPart.Target)
            {
                Scan(plan.Scans[i], state.Scans[i]);
            }
        }

        List<int> admitted = [];
        for (int word = 0; word < _candidates.Length; word++)
        {
            ulong bits = _candidates[word];
            _candidates[word] = 0;
            for (; bits != 0; bits &= bits - 1)
            {
                int rule = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (plan.SplitOf(rule).AdmitsShape(_view))
                {
                    admitted.Add(rule);
                }
            }
        }

        return [.. admitted];
    }

    private void Try(KindPlan plan, int[] admitted)
    {
        foreach (int rule in admitted)
        {
            TrialCount++;
            if (plan.SplitOf(rule).AdmitsRest(_view))
            {
                _matched[rule >> 6] |= 1UL << rule;
            }
        }
    }

    private void Add(int[] rules)
    {
        foreach (int rule in rules)
        {
            _candidates[rule >> 6] |= 1UL << rule;
        }
    }

    // Puts the candidates to the event in full, but for those that have matched already, and gives all that have.
    private void Verify(List<int> matched)
    {
        for (int word = 0; word < _candidates.Length; word++)
        {
            ulong known = _matched[word];
            ulong bits = _candidates[word] & ~known;
            if ((bits | known) == 0)
            {
                _candidates[word] = 0;
                continue;
            }

            _candidates[word] = 0;
            _matched[word] = 0;
            for (; bits != 0; bits &= bits - 1)
            {
                int rule = (word << 6) + BitOperations.TrailingZeroCount(bits);
                TrialCount++;
                known |= _rules[rule].IsMatch(_view) ? 1UL << rule : 0;
            }

            for (; known != 0; known &= known - 1)
            {
                matched.Add((word << 6) + BitOperations.TrailingZeroCount(known));
            }
        }
    }

    private void LookUp(KeyTable table, ReferenceCache cache, in RuleValue value)
    {
        switch (value.Kind)
        {
            case RuleValueKind.None:
                break;
            case RuleValueKind.Text:
                string text = value.ToText();
                if (!cache.TryGet(text, out int[] rules))
                {
                    rules = table.Find(text);
                    cache.Put(text, rules);
                }

                Add(rules);
                break;
            case RuleValueKind.Integer or RuleValueKind.Real:
                Add(table.Find(value.Number));
                break;
            case RuleValueKind.Boolean:
                Add(table.Find(value.ToText()));
                break;
            case RuleValueKind.Time:
                Add(table.Rules);
                break;
            default:
                foreach (object? element in value.Elements)
                {
                    LookUp(table, cache, RuleValue.Of(element));
                }

                break;
        }
    }

    private void Scan(LiteralScan scan, ReferenceCache cache)
    {
        switch (scan.Part)
        {
            case ScanPart.Message when _view.Event is LineEvent:
                scan.Automaton.Scan(_view.Event.MessageSpan, _candidates);
                break;
            case ScanPart.Line when _view.Event is LineEvent line:
                ScanLine(scan, line);
                break;
            case ScanPart.Target:
                ScanTarget(scan, cache, (AccessEvent)_view.Event);
                break;
            case ScanPart.Referrer:
                ScanText(scan, cache, ((AccessEvent)_view.Event).Referrer);
                break;
            case ScanPart.UserAgent:
                ScanText(scan, cache, ((AccessEvent)_view.Event).UserAgent);
                break;
            case ScanPart.RestOfRequest:
                ScanRest(scan, cache, (AccessEvent)_view.Event);
                break;
            case ScanPart.Message or ScanPart.Line:
                scan.Automaton.Scan(scan.Part == ScanPart.Line ? _view.Raw : _view.Message, _candidates);
                break;
            default:
                ScanValue(scan, cache, scan.Field!.Read(_view));
                break;
        }
    }

    private void ScanLine(LiteralScan scan, LineEvent line)
    {
        scan.Automaton.Scan(line.LineSpan, _candidates);
        if (!line.LineSpan.Overlaps(line.MessageSpan))
        {
            scan.Automaton.Scan(line.MessageSpan, _candidates);
        }
    }

    private void ScanValue(LiteralScan scan, ReferenceCache cache, in RuleValue value)
    {
        switch (value.Kind)
        {
            case RuleValueKind.None:
                break;
            case RuleValueKind.List:
                foreach (object? element in value.Elements)
                {
                    ScanValue(scan, cache, RuleValue.Of(element));
                }

                break;
            default:
                ScanText(scan, cache, value.ToText());
                break;
        }
    }

    private void ScanText(LiteralScan scan, ReferenceCache cache, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (!cache.TryGet(text, out int[] rules))
        {
            rules = scan.Automaton.Scan(text.AsSpan(), _found) ? TakeFound() : [];
            cache.Put(text, rules);
        }

        Add(rules);
    }

    // The parts of a target are parts of its text, unless the log has them apart.
    private void ScanTarget(LiteralScan scan, ReferenceCache cache, AccessEvent access)
    {
        if (access.Url is { } url)
        {
            if (!cache.TryGet(url, out int[] rules))
            {
                bool isFound = scan.Automaton.Scan(url.AsSpan(), _found);
                string decoded = _view.Decode(url);
                isFound |= !ReferenceEquals(decoded, url) && scan.Automaton.Scan(decoded.AsSpan(), _found);
                rules = isFound ? TakeFound() : [];
                cache.Put(url, rules);
            }

            Add(rules);
        }

        if (access.HasDetails)
        {
            ScanText(scan, cache, access.UrlPath);
            ScanText(scan, cache, access.UrlQuery);
        }
    }

    private void ScanRest(LiteralScan scan, ReferenceCache cache, AccessEvent access)
    {
        if (access.HasDetails)
        {
            scan.Automaton.Scan(_view.Raw.AsSpan(), _candidates);
            return;
        }

        ScanText(scan, cache, access.SourceIP);
        ScanText(scan, cache, access.Method);
    }

    private int[] TakeFound()
    {
        List<int> rules = [];
        for (int word = 0; word < _found.Length; word++)
        {
            for (ulong bits = _found[word]; bits != 0; bits &= bits - 1)
            {
                rules.Add((word << 6) + BitOperations.TrailingZeroCount(bits));
            }

            _found[word] = 0;
        }

        return [.. rules];
    }
}
