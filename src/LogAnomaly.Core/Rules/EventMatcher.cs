using System.Numerics;

namespace LogAnomaly.Rules;

/// <summary>
/// Tells which rules of one event match an event. Each rule needs a value or a literal that is rare; those are looked for in all
/// rules at once, and only rules whose own was found are put to the event in full. The answer is the same as if all were.
/// One thread at a time may use a matcher, since it remembers strings; the rules that it was compiled of are shareable.
/// </summary>
internal sealed class EventMatcher : IEventMatcher
{
    private readonly CompiledRules _rules;
    private readonly PlanState?[] _states = new PlanState?[Enum.GetValues<LogKind>().Length];
    private readonly EventView _view = new();
    private readonly ulong[] _candidates;
    private readonly ulong[] _found;
    private readonly UrlVerdicts _urls;

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
        _urls = new UrlVerdicts(rules.Count);
    }

    /// <summary>How many rules have been put to an event in full so far.</summary>
    internal long TrialCount { get; private set; }

    /// <summary>How many rules need nothing that could be looked for, so that they are tried on every event of a kind.</summary>
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
        Add(plan.Always);
        for (int i = 0; i < plan.Keys.Length; i++)
        {
            LookUp(plan.Keys[i], state.Keys[i], plan.Keys[i].Field.Read(_view));
        }

        for (int i = 0; i < plan.Scans.Length; i++)
        {
            Scan(plan.Scans[i], state.Scans[i]);
        }

        Verify(matched);
    }

    private void Add(int[] rules)
    {
        foreach (int rule in rules)
        {
            _candidates[rule >> 6] |= 1UL << rule;
        }
    }

    private void Verify(List<int> matched)
    {
        ulong[] candidates = _candidates;

        // Where the log has path and query apart from the target, the target says too little to be remembered.
        Span<ulong> known = _view.Event is AccessEvent { HasDetails: false, Url: { } url } ? _urls.Of(url) : default;
        for (int word = 0; word < candidates.Length; word++)
        {
            ulong bits = candidates[word];
            if (bits == 0)
            {
                continue;
            }

            candidates[word] = 0;
            for (; bits != 0; bits &= bits - 1)
            {
                int rule = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (IsMatch(_rules[rule], rule, known))
                {
                    matched.Add(rule);
                }
            }
        }
    }

    private bool IsMatch(CompiledDetection detection, int rule, Span<ulong> known)
    {
        if (known.IsEmpty || !detection.HasUrlTest)
        {
            TrialCount++;
            return detection.IsMatch(_view);
        }

        ulong bit = 1UL << rule;
        int word = rule >> 6;
        int truth = word + (known.Length >> 1);
        if ((known[word] & bit) == 0)
        {
            TrialCount++;
            known[word] |= bit;
            known[truth] |= detection.IsUrlMatch(_view) ? bit : 0;
        }

        return (known[truth] & bit) != 0 && detection.IsOtherMatch(_view);
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
