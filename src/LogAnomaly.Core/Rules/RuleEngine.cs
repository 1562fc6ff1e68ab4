using System.Runtime.InteropServices;

namespace LogAnomaly.Rules;

/// <summary>
/// Runs rules over events: finds which each event satisfies, takes their hits together, and makes findings. Time is
/// that of the log; a line without a time has that of the line before. One engine serves one thread.
/// </summary>
internal sealed class RuleEngine : IRuleSink
{
    private const int EventsOfSweep = 1_024;
    private const int MostRepeatsOfNumbers = 1_000;

    private readonly RuleSet _set;
    private readonly RuleEngineOptions _options;
    private readonly IEventMatcher _matcher;
    private readonly RuleClock _clock = new();
    private readonly LineArena _arena;
    private readonly GroupStore _groups;
    private readonly FindingTable _findings;
    private readonly WindowJudge _judge = new();
    private readonly List<int> _matched = [];
    private readonly List<SeenHit> _fresh = [];
    private readonly Dictionary<string, FindingKind> _kinds = new(StringComparer.Ordinal);
    private readonly (long Stamp, ulong Hash, bool HasValue)[] _values;
    private readonly long[] _pathStamps;
    private readonly int[] _pathEntries;
    private readonly string?[][] _pathKeys;
    private SeenHit _hit;
    private bool _hasHit;
    private long _count;
    private long _stamp;

    /// <summary>Creates an engine.</summary>
    /// <param name="set">The rules.</param>
    /// <param name="options">How to run them, or null for the usual way.</param>
    public RuleEngine(RuleSet set, RuleEngineOptions? options = null)
    {
        _set = set;
        _options = options ?? new RuleEngineOptions();
        LogRule[] detections = [.. set.Detections.Select(rule => rule.Rule)];
        _matcher = _options.Matcher?.Invoke(detections) ?? new EventMatcher(set.Matching);
        _arena = new LineArena(_options.EvidenceBytes);
        _groups = new GroupStore(set, _options.MaximumGroups);
        _findings = new FindingTable(_options, _clock);
        _values = new (long, ulong, bool)[set.Correlations.Length];
        _pathStamps = new long[set.Paths.Length];
        _pathEntries = new int[set.Paths.Length];
        _pathKeys = [.. set.Paths.Select(path => new string?[path.Fields.Length])];
        foreach (FindingKind kind in set.Kinds)
        {
            _kinds.Add(kind.Id, kind);
        }
    }

    /// <summary>The findings in the order of their opening; those that are open still grow.</summary>
    public IReadOnlyList<RuleFinding> Findings => _findings.All;

    /// <summary>Findings that could not be kept because there were too many.</summary>
    public long DroppedFindings => _findings.Dropped;

    /// <summary>Groups that went before their time because there were too many.</summary>
    public long DroppedGroups => _groups.Dropped;

    /// <summary>The states of groups.</summary>
    internal GroupStore Groups => _groups;

    /// <summary>Takes an event.</summary>
    /// <param name="e">The event.</param>
    public void Add(LogEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Begin(e);
        if ((++_count & (EventsOfSweep - 1)) == 0)
        {
            _groups.Sweep(_clock);
            _findings.Sweep();
        }

        _matched.Clear();
        _matcher.Match(e, _matched);
        if (_matched.Count == 0)
        {
            return;
        }

        _groups.Trim();
        foreach (int index in CollectionsMarshal.AsSpan(_matched))
        {
            Take(_set.Detections[index], e);
        }
    }

    /// <inheritdoc/>
    public void Take(in RuleHit hit)
    {
        LogEvent e = hit.Event;
        if (!ReferenceEquals(_clock.Event, e))
        {
            Begin(e);
        }

        SeenHit seen = HitOf(e);
        bool isKnown = _set.Learned.TryGetValue(hit.Rule, out RuleNode? rule);
        if (KindOf(hit.Rule, isKnown, rule) is { } kind)
        {
            (string? type, string? entity) = hit.Entity is null
                ? EntityIn(RuleSetCompiler.EntityOf(hit.Rule), e)
                : (hit.EntityType, hit.Entity);
            Count(kind, type, entity, hit, seen);
        }

        FeedAll(rule, e, seen);
    }

    /// <summary>Ends the log: all findings are closed.</summary>
    public void Complete() => _findings.Complete();

    private void Begin(LogEvent e)
    {
        _clock.Observe(e);
        _hasHit = false;
        _stamp++;
    }

    private void Take(RuleNode rule, LogEvent e)
    {
        SeenHit hit = HitOf(e);
        if (rule.Kind is { } kind)
        {
            (string? type, string? entity) = EntityIn(rule.Entity, e);
            Count(kind, type, entity, new RuleHit(rule.Rule, e), hit);
        }

        FeedAll(rule, e, hit);
    }

    private void FeedAll(RuleNode? rule, LogEvent e, in SeenHit hit)
    {
        if (rule is not null)
        {
            foreach (RuleFeed feed in CollectionsMarshal.AsSpan(rule.Feeds))
            {
                Feed(feed, e, hit, 0, 0);
            }
        }
    }

    // A rule of the set makes the findings that the set gives it; one from elsewhere those of its id.
    private FindingKind? KindOf(LogRule rule, bool isKnown, RuleNode? compiled)
    {
        if (isKnown)
        {
            return compiled!.Kind;
        }

        if (!_kinds.TryGetValue(rule.FindingId, out FindingKind? kind))
        {
            kind = new FindingKind(_kinds.Count, rule.FindingId, rule)
            {
                CoolDown = TimeSpan.TicksPerHour,
                Contributors = 1,
            };
            _kinds.Add(rule.FindingId, kind);
        }

        return kind;
    }

    private void Count(FindingKind kind, string? type, string? entity, in RuleHit hit, in SeenHit seen)
    {
        if (FindOrOpen(kind, type, entity, seen.Ticks, out bool isOpened) is { } finding)
        {
            long weight = (uint)seen.Load;
            finding.Add(seen, weight, _arena);
            Conclude(finding, hit.Rule, hit.Severity ?? hit.Rule.Severity, weight, hit.Reason, hit.Event, isOpened);
        }
    }

    // Where the hit is that of a correlation, the hits that it stands for come with it.
    private void Feed(RuleFeed feed, LogEvent e, in SeenHit hit, int membersStart, int membersCount)
    {
        CompiledCorrelation correlation = feed.Correlation;
        SeenHit own = hit;
        if (!feed.IsUnless && !TryLoad(feed, e, ref own))
        {
            return;
        }

        int entry = EntryOf(feed.Path, e);
        if (entry < 0)
        {
            return;
        }

        ref GroupState state = ref _groups.GetOrAdd(correlation, feed.Path.Table, entry);
        if (feed.IsUnless)
        {
            Put(ref state, correlation, hit.Barrier(), isMember: false);
            return;
        }

        if (correlation.IsTemporal)
        {
            for (int member = membersStart; member < membersStart + membersCount; member++)
            {
                Put(ref state, correlation, _fresh[member], isMember: true);
            }
        }

        int repeats = correlation.IsNumeric ? (int)Math.Min((uint)hit.Load, MostRepeatsOfNumbers) : 1;
        int index = -1;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            index = Put(ref state, correlation, own, isMember: repeat > 0);
        }

        if (index >= 0)
        {
            Evaluate(state.Window!, correlation, index, feed, e);
        }
    }

    // The index of the hit in its window, or -1 where there is nothing to judge.
    private int Put(ref GroupState state, CompiledCorrelation correlation, in SeenHit hit, bool isMember)
    {
        if (state.Window is null)
        {
            if (StaysAlone(state, correlation, hit))
            {
                state.First = hit;
                state.HasFirst = true;
                return -1;
            }

            state.Window = MakeWindow(state, correlation);
            state.HasFirst = false;
        }

        return PutInto(state.Window, correlation, hit, isMember, hit.LinePlace != _hit.LinePlace);
    }

    private HitWindow MakeWindow(in GroupState state, CompiledCorrelation correlation)
    {
        HitWindow window = new();
        _groups.WindowCount++;
        if (correlation.IsTemporal)
        {
            window.LastOfPart = new long[correlation.PartCount];
            Array.Fill(window.LastOfPart, long.MinValue);
        }

        if (state.HasFirst)
        {
            PutInto(window, correlation, state.First, isMember: false, isEarlier: true);
        }

        return window;
    }

    private static int PutInto(
        HitWindow window, CompiledCorrelation correlation, in SeenHit hit, bool isMember, bool isEarlier)
    {
        window.Skip -= window.Skip > 0 ? 1 : 0;
        uint parts = correlation.IsTemporal ? CompiledCorrelation.PartsOf(hit) : 0;
        for (int part = 0; parts >> part != 0 && part < correlation.PartCount; part++)
        {
            if ((parts & (1u << part)) != 0)
            {
                window.LastOfPart![part] = Math.Max(window.LastOfPart[part], hit.Ticks);
            }
        }

        // The same event may come by way of several rules; it is one event.
        int known = hit.IsBarrier || (correlation.IsNumeric && isMember) ? -1 : window.Find(hit, isEarlier);
        if (known >= 0)
        {
            window.Merge(known, correlation.IsTemporal ? hit.Load & ~correlation.WeightMask : 0);
            return correlation.IsTemporal ? known : -1;
        }

        window.HasWeights |= correlation.WeightOf(hit) > 1;
        return window.Insert(hit, correlation);
    }

    // A first hit needs no array; nor does one after a first that is out of reach, or a barrier after a barrier.
    private static bool StaysAlone(in GroupState state, CompiledCorrelation correlation, in SeenHit hit)
    {
        if (!correlation.NeedsSeveral
            || (correlation.Type == LogRuleType.EventCount && correlation.WeightOf(hit) >= correlation.LeastCount))
        {
            return false;
        }

        return !state.HasFirst
            || state.First.Ticks < hit.Ticks - correlation.Horizon
            || (state.First.IsBarrier && hit.IsBarrier && state.First.Ticks <= hit.Ticks);
    }

    private bool TryLoad(RuleFeed feed, LogEvent e, ref SeenHit hit)
    {
        CompiledCorrelation correlation = feed.Correlation;
        if (correlation.IsTemporal)
        {
            hit = hit.With(((ulong)feed.Parts << CompiledCorrelation.PartShift) | (uint)hit.Load);
            return true;
        }

        if (correlation.Type == LogRuleType.ValueCount)
        {
            bool hasValue = TryHash(correlation, e, out ulong hash);
            hit = hit.With((hash << CompiledCorrelation.ValueShift) | Math.Min((uint)hit.Load, ushort.MaxValue));
            return hasValue;
        }

        if (correlation.IsNumeric)
        {
            bool isNumber = correlation.Values[0].TryGetNumber(e, out double number);
            hit = hit.With(BitConverter.DoubleToUInt64Bits(number));
            return isNumber;
        }

        return true;
    }

    // Once for each list of fields and event, whichever rules count its values.
    private bool TryHash(CompiledCorrelation correlation, LogEvent e, out ulong hash)
    {
        ref (long Stamp, ulong Hash, bool HasValue) known = ref _values[correlation.ValueList];
        if (known.Stamp != _stamp)
        {
            known.HasValue = ValueHash.TryGet(correlation.Values, e, out known.Hash);
            known.Stamp = _stamp;
        }

        hash = known.Hash;
        return known.HasValue;
    }

    // A hit that came late changes all windows that end at a later hit and reach back to it.
    private void Evaluate(HitWindow window, CompiledCorrelation correlation, int index, RuleFeed feed, LogEvent e)
    {
        long limit = window.Items[index].Ticks + correlation.Span;
        bool isLate = index < window.Count - 1;
        for (int end = index; end < window.Count && window.Items[end].Ticks <= limit; end++)
        {
            if (_judge.IsSatisfied(correlation, window, end, isLate, out WindowVerdict verdict))
            {
                Emit(window, correlation, verdict, feed, e);
            }
        }
    }

    private void Emit(
        HitWindow window, CompiledCorrelation correlation, in WindowVerdict verdict, RuleFeed feed, LogEvent e)
    {
        SeenHit last = window.Items[verdict.High];
        last = last.With(correlation.WeightOf(last));
        int start = _fresh.Count;
        TakeFresh(window, correlation, verdict);
        int count = _fresh.Count - start;
        if (correlation.Kind is { } kind && count > 0)
        {
            Report(kind, correlation, verdict, feed, e, start);
        }

        foreach (RuleFeed parent in CollectionsMarshal.AsSpan(correlation.Feeds))
        {
            Feed(parent, e, last, start, count);
        }

        _fresh.RemoveRange(start, count);
    }

    // What no finding has counted yet is nearly always the last hit alone.
    private void TakeFresh(HitWindow window, CompiledCorrelation correlation, in WindowVerdict verdict)
    {
        int low = correlation.Reach == 0
            ? verdict.Low
            : window.LowerBound(window.Items[verdict.High].Ticks - correlation.Span - correlation.Reach, verdict.Low);
        int first = verdict.High + 1;
        int untaken = window.Untaken;
        for (int index = verdict.High; index >= low && untaken > 0; index--)
        {
            if (!window.Items[index].IsTaken)
            {
                first = index;
                untaken--;
            }
        }

        for (int index = first; index <= verdict.High; index++)
        {
            SeenHit hit = window.Items[index];
            if (!hit.IsTaken)
            {
                _fresh.Add(hit.With(correlation.WeightOf(hit)));
                window.Take(index);
            }
        }
    }

    private void Report(
        FindingKind kind,
        CompiledCorrelation correlation,
        in WindowVerdict verdict,
        RuleFeed feed,
        LogEvent e,
        int start)
    {
        (string? type, string? entity) = EntityOf(correlation, feed, e);
        RuleFinding? finding = FindOrOpen(kind, type, entity, _fresh[^1].Ticks, out bool isOpened);
        if (finding is null)
        {
            return;
        }

        foreach (ref readonly SeenHit hit in CollectionsMarshal.AsSpan(_fresh)[start..])
        {
            finding.Add(hit, (uint)hit.Load, _arena);
        }

        Conclude(finding, correlation.Rule, correlation.Rule.Severity, verdict.Number, null, e, isOpened);
    }

    private void Conclude(
        RuleFinding finding, LogRule rule, Severity severity, double number, Reason? reason, LogEvent e, bool isOpened)
    {
        finding.Describe(e);
        finding.Blame(rule, severity, number, reason);
        if (isOpened)
        {
            _options.OnOpened?.Invoke(finding);
        }
    }

    private RuleFinding? FindOrOpen(FindingKind kind, string? type, string? entity, long ticks, out bool isOpened)
    {
        RuleFinding? finding = _findings.Find(kind, entity, ticks);
        isOpened = finding is null;
        return finding ?? _findings.Open(kind, type, entity);
    }

    private static (string? Type, string? Entity) EntityOf(CompiledCorrelation correlation, RuleFeed feed, LogEvent e)
    {
        if (correlation.Rule.EntityFields.Count == 0 && feed.Path.Fields is [GroupField field, ..]
            && field.TextOf(e) is { } value)
        {
            return (field.NameIn(e), value);
        }

        return EntityIn(correlation.Entity, e);
    }

    private static (string? Type, string? Entity) EntityIn(GroupField[] fields, LogEvent e)
    {
        foreach (GroupField field in fields)
        {
            if (field.TextOf(e) is { } value)
            {
                return (field.NameIn(e), value);
            }
        }

        return (null, null);
    }

    // One look-up for each list of fields and event, whichever rules group by it.
    private int EntryOf(GroupPath path, LogEvent e)
    {
        ref int entry = ref _pathEntries[path.Index];
        if (_pathStamps[path.Index] == _stamp)
        {
            return entry;
        }

        string?[] key = _pathKeys[path.Index];
        bool hasValue = key.Length == 0;
        for (int index = 0; index < key.Length; index++)
        {
            key[index] = path.Fields[index].TextOf(e);
            hasValue |= key[index] is not null;
        }

        _pathStamps[path.Index] = _stamp;
        entry = hasValue ? _groups.Table(path.Table).GetOrAdd(key) : -1;
        return entry;
    }

    private SeenHit HitOf(LogEvent e)
    {
        if (!_hasHit)
        {
            int weight = e.GetValue(LogField.RepeatCount) is int repeats and > 1 ? repeats : 1;
            int offset = e.Timestamp is { } time ? (int)(time.Offset.Ticks / TimeSpan.TicksPerMinute) : 0;
            _hit = SeenHit.Of(_clock.Ticks, offset, _clock.Source, e.LineNumber, _arena.Append(e), weight);
            _hasHit = true;
        }

        return _hit;
    }
}
