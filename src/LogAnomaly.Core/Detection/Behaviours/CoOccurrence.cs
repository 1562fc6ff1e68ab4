using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A message that always followed another and suddenly does not: a session that is opened and not closed, a start
/// without its success. Pairs are learned from what comes within the next <see cref="Ahead"/> lines of the same process
/// (or of the same program where lines have no process id). It did not follow when that many other lines came, or when
/// three times the longest time and ten minutes passed. Follows up to <see cref="MostContexts"/> processes; where two
/// share a place the older is given up, and nothing is concluded from it.
/// </summary>
/// <param name="index">Numbers of templates.</param>
internal sealed class CoOccurrence(TemplateIndex index) : CalibratedBehaviour
{
    /// <summary>Lines within which the second message follows the first.</summary>
    public const int Ahead = 4;

    /// <summary>Processes that are followed at once.</summary>
    public const int MostContexts = 8_192;

    private const int MostCandidates = 6;
    private const int MostNames = 10_000;
    private const int LearnedFrom = 64;
    private const int LastCandidate = 256;
    private const double LeastKept = 0.8;
    private const int HitsThatEnd = 20;
    private const int LeastWritten = 20;
    private const long Sweep = 30 * TimeSpan.TicksPerMinute;
    private const long Grace = 10 * TimeSpan.TicksPerMinute;

    private readonly Context[] _contexts = new Context[MostContexts];

    // A bit for each context that may hold an event: few do, and a sweep looks at no other.
    private readonly ulong[] _holding = new ulong[MostContexts / 64];
    private readonly List<List<FollowerPair>?> _byFirst = [];
    private readonly List<int> _opens = [];
    private readonly Dictionary<(string? Host, string? Program), int> _names = [];
    private readonly RecentPairs<int> _recentNames = new();
    private readonly Calibration _calibration = new();
    private string? _host;
    private string? _program;
    private int _name = -1;
    private long _swept = -1;

    /// <inheritdoc/>
    public override string Name => "CoOccurrence";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_calibration];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        long ticks = logEvent.UtcTicks;
        if (ticks < 0 || logEvent.Kind == LogKind.Access)
        {
            return;
        }

        int template = index.Of(logEvent);
        if (template < 0)
        {
            return;
        }

        if (ticks >= _swept + Sweep)
        {
            SweepOld(ticks, found);
            _swept = ticks;
        }
        else if (ticks < _swept - Grace)
        {
            // The clock was set back: nothing is known to be overdue.
            Array.Clear(_contexts);
            _swept = ticks;
        }

        long key = ((long)NameOf(logEvent) << 32) | (uint)(logEvent.ProcessId ?? -1);
        int place = (int)((ulong)key * 0x9E3779B97F4A7C15 >> 51) & (MostContexts - 1);
        ref Context context = ref _contexts[place];
        if (context.Key != key || context.Recent is null)
        {
            context.Recent ??= new Entry[Ahead];
            Array.Clear(context.Recent);
            (context.Key, context.Next) = (key, 0);
        }

        Follow(context.Recent, template, ticks);
        ref Entry oldest = ref context.Recent[context.Next];
        GiveUp(ref oldest, long.MaxValue, found);
        oldest = new Entry(template, ticks) { IsOpen = true, Opens = Open(template, ticks) };
        if (HasReliable(template))
        {
            oldest.Event = logEvent;
            _holding[place >> 6] |= 1UL << place;
        }

        context.Next = (context.Next + 1) % Ahead;
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        // What is open when the log ends may still be followed.
        Array.Clear(_contexts);
        _swept = -1;
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        foreach (List<FollowerPair>? pairs in _byFirst)
        {
            pairs?.RemoveAll(pair => pair.Last < utcTicks);
        }

        Array.Clear(_contexts);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _calibration.Write(writer, "judged");
        writer.WriteStartObject("pairs");
        foreach (IGrouping<string, FollowerPair> pairs in _byFirst.SelectMany(pairs => pairs ?? [])
            .Where(pair => pair.Opens >= LeastWritten && pair.Hits >= LeastKept * pair.Opens)
            .GroupBy(pair => index.TextOf(pair.First)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(pairs.Key);
            foreach (FollowerPair pair in pairs.DistinctBy(pair => index.TextOf(pair.Second))
                .OrderBy(pair => index.TextOf(pair.Second), StringComparer.Ordinal))
            {
                writer.WriteStartObject(index.TextOf(pair.Second));
                BehaviourJson.WriteTime(writer, "last", pair.Last);
                writer.WriteNumber("seconds", pair.Delay / TimeSpan.TicksPerSecond);
                writer.WriteString("counts", BehaviourJson.Join(pair.Opens, [pair.Hits, pair.Misses, pair.Repeats]));
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Include(JsonElement element)
    {
        _calibration.Include(element, "judged");
        foreach (JsonProperty first in BehaviourJson.Members(element, "pairs"))
        {
            foreach (JsonProperty second in BehaviourJson.Object(first.Value).EnumerateObject())
            {
                double[] counts = BehaviourJson.Numbers(second.Value, "counts");
                (int from, int to) = (index.Of(first.Name), index.Of(second.Name));
                if (counts.Length != 4 || from < 0 || to < 0)
                {
                    continue;
                }

                List<FollowerPair> pairs = Of(from);
                FollowerPair? pair = pairs.Find(known => known.Second == to);
                if (pair is null)
                {
                    pairs.Add(pair = new FollowerPair(from, to));
                }

                pair.Opens += (long)counts[0];
                pair.Hits += (long)counts[1];
                pair.Misses += (long)counts[2];
                pair.Repeats += (long)counts[3];
                pair.Delay = Math.Max(
                    pair.Delay, BehaviourJson.Long(second.Value, "seconds") * TimeSpan.TicksPerSecond);
                pair.Last = Math.Max(pair.Last, BehaviourJson.Time(second.Value, "last"));
            }
        }
    }

    private int NameOf(LogEvent logEvent)
    {
        string? host = logEvent.HostName;
        string? program = logEvent.Program;
        if (_name >= 0 && ReferenceEquals(host, _host) && ReferenceEquals(program, _program))
        {
            return _name;
        }

        if (!_recentNames.TryGet(host, program, out int name))
        {
            name = FindOrAdd(host, program);
            _recentNames.Put(host, program, name);
        }

        (_host, _program, _name) = (host, program, name);
        return name;
    }

    private int FindOrAdd(string? host, string? program)
    {
        if (!_names.TryGetValue((host, program), out int name))
        {
            if (_names.Count >= MostNames)
            {
                _names.Clear();
                _recentNames.Clear();
                Array.Clear(_contexts);
            }

            name = _names.Count;
            _names.Add((host, program), name);
        }

        return name;
    }

    private List<FollowerPair> Of(int template)
    {
        while (_byFirst.Count <= template)
        {
            _byFirst.Add(null);
            _opens.Add(0);
        }

        return _byFirst[template] ??= new List<FollowerPair>(2);
    }

    // The event may be the follower of each that came shortly before; of equal ones the latest is followed.
    private void Follow(Entry[] recent, int template, long ticks)
    {
        for (int i = 0; i < Ahead; i++)
        {
            ref Entry entry = ref recent[i];
            if (!entry.IsOpen || entry.Template == template)
            {
                continue;
            }

            List<FollowerPair> pairs = _byFirst[entry.Template]!;
            FollowerPair? pair = null;
            for (int k = 0; k < pairs.Count; k++)
            {
                if (pairs[k].Second == template)
                {
                    pair = pairs[k];
                    Hit(pair, ref entry, k, ticks);
                    break;
                }
            }

            if (pair is null && pairs.Count < MostCandidates && entry.Opens < LastCandidate)
            {
                pairs.Add(new FollowerPair(entry.Template, template)
                {
                    Opens = 1,
                    Hits = 1,
                    Delay = Math.Max(ticks - entry.Ticks, 0),
                    Last = ticks,
                });
                entry.Met |= 1 << (pairs.Count - 1);
            }
        }
    }

    private void Hit(FollowerPair pair, ref Entry entry, int place, long ticks)
    {
        if ((entry.Met & (1 << place)) != 0)
        {
            return;
        }

        entry.Met |= 1 << place;
        if (pair.IsReliable)
        {
            _calibration.Pass(1);
        }

        if (IsMet(entry))
        {
            entry.Event = null;
        }

        if (pair.Run > 0 && ++pair.HitsSince >= HitsThatEnd)
        {
            EndRun(pair);
        }

        pair.Hits++;
        pair.Delay = Math.Max(pair.Delay, ticks - entry.Ticks);
    }

    private void EndRun(FollowerPair pair)
    {
        double modelled = pair.ProbabilityOfRun();
        _calibration.Learn(modelled, _calibration.Probe(modelled));
        pair.Misses += pair.Run;
        pair.Repeats += pair.Run - 1;
        pair.Run = 0;
        pair.IsReported = false;
        pair.Evidence.Clear();
    }

    // Returns how often the template came.
    private int Open(int template, long ticks)
    {
        List<FollowerPair> pairs = Of(template);
        int opens = ++CollectionsMarshal.AsSpan(_opens)[template];
        for (int k = pairs.Count - 1; k >= 0; k--)
        {
            FollowerPair pair = pairs[k];
            pair.Opens++;
            pair.Last = ticks;
        }

        if (pairs.Count > 0 && pairs[0].Opens % LearnedFrom == 0)
        {
            // Open entries know their pairs by place, so only those at the end are given up.
            for (int k = pairs.Count - 1;
                k >= 0 && pairs[k].Hits < LeastKept * pairs[k].Opens && pairs[k].Opens >= LearnedFrom; k--)
            {
                pairs.RemoveAt(k);
            }
        }

        return opens;
    }

    private void SweepOld(long ticks, ICollection<DetectorFinding> found)
    {
        for (int word = 0; word < _holding.Length; word++)
        {
            for (ulong bits = _holding[word]; bits != 0; bits &= bits - 1)
            {
                if (!SweepOld(_contexts[(word << 6) + BitOperations.TrailingZeroCount(bits)], ticks, found))
                {
                    _holding[word] &= ~(bits & (~bits + 1));
                }
            }
        }
    }

    // Returns whether the context still holds an event.
    private bool SweepOld(in Context context, long ticks, ICollection<DetectorFinding> found)
    {
        bool holds = false;
        for (int i = 0; i < context.Recent?.Length; i++)
        {
            ref Entry entry = ref context.Recent[i];
            GiveUp(ref entry, ticks, found);
            holds |= entry.Event is not null;
        }

        return holds;
    }

    // Concludes for each reliable pair of an entry that its second did not follow, where it is overdue by now.
    private void GiveUp(ref Entry entry, long now, ICollection<DetectorFinding> found)
    {
        if (!entry.IsOpen || entry.Event is null)
        {
            return;
        }

        List<FollowerPair> pairs = _byFirst[entry.Template]!;
        for (int k = 0; k < pairs.Count; k++)
        {
            FollowerPair pair = pairs[k];
            bool isOverdue = now == long.MaxValue || now - entry.Ticks > (3 * pair.Delay) + Grace;
            if ((entry.Met & (1 << k)) == 0 && isOverdue && pair.IsReliable)
            {
                entry.Met |= 1 << k;
                Miss(pair, entry, found);
            }
        }

        if (IsMet(entry))
        {
            entry.Event = null;
        }
    }

    private bool HasReliable(int template)
    {
        List<FollowerPair> pairs = _byFirst[template]!;
        for (int k = 0; k < pairs.Count; k++)
        {
            if (pairs[k].IsReliable)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMet(in Entry entry)
    {
        List<FollowerPair> pairs = _byFirst[entry.Template]!;
        for (int k = 0; k < pairs.Count; k++)
        {
            if ((entry.Met & (1 << k)) == 0 && pairs[k].IsReliable)
            {
                return false;
            }
        }

        return true;
    }

    private void Miss(FollowerPair pair, in Entry entry, ICollection<DetectorFinding> found)
    {
        pair.Run++;
        pair.HitsSince = 0;
        if (pair.Evidence.Count < Findings.MostEvents)
        {
            pair.Evidence.Add(entry.Event!);
        }

        double probability = _calibration.Probe(pair.ProbabilityOfRun());
        if (pair.IsReported || !_calibration.IsSure(probability))
        {
            return;
        }

        pair.IsReported = true;
        LogEvent first = pair.Evidence[0];
        string second = index.TextOf(pair.Second);
        string typical = DurationWords.Say($"{pair.Hits} of {pair.Hits + pair.Misses}");
        string sentence = DurationWords.Say(
            $"{Findings.Quote(index.TextOf(pair.First))} was not followed by {Findings.Quote(second)} {pair.Run} times{Findings.OnHost(first)}; before it was in {typical} cases, within {DurationWords.Of(pair.Delay)}.");
        Reason reason = new("CoOccurrenceBreak", "Template", second, $"follows in {typical}", 1, sentence);
        found.Add(new FindingDraft(Name, first.Kind, probability, "A message is not followed by its usual one", reason,
            first.HostName is null ? null : "HostName", first.HostName)
            .Build(first.UtcTicks, entry.Ticks, pair.Run, [.. pair.Evidence]));
    }

    private struct Context
    {
        public long Key;
        public int Next;
        public Entry[]? Recent;
    }

    // The event is held only where its absence of a follower may have to be proved: events hold on to the blocks they
    // were read from.
    private struct Entry(int template, long ticks)
    {
        public readonly int Template => template;

        public readonly long Ticks => ticks;

        public bool IsOpen;
        public LogEvent? Event;
        public int Met;
        public int Opens;
    }
}
