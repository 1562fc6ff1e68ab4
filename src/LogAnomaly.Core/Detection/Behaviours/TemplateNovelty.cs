using System.Runtime.InteropServices;
using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A template that never came before, or that came a few times long ago. How odd that is depends on how often it
/// happens in this log, on whether new messages are as grave, and on whether they come as often at once. What is new
/// within ten minutes of each other is one finding: a program that starts says many new things. Judged when the ten
/// minutes are over, since the miner may by then have seen that the message is a variant of a known one. Remembers as
/// many templates as <see cref="TemplateIndex"/> numbers.
/// </summary>
/// <param name="index">Numbers of templates.</param>
internal sealed class TemplateNovelty(TemplateIndex index) : CalibratedBehaviour
{
    private const long Episode = 10 * TimeSpan.TicksPerMinute;
    private const long LeastEvents = 1_000;
    private const long LeastSpan = TimeSpan.TicksPerHour;
    private const long RareEvents = 10_000;
    private const int RareCount = 3;
    private const long RareAge = TimeSpan.TicksPerDay;
    private const int Levels = 16;
    private const double CountSlope = 1;

    private readonly List<Known> _known = [];
    private readonly List<Novel> _open = [];
    private readonly NoveltyRate _new = new();
    private readonly NoveltyRate _rare = new();
    private readonly TailRecord _counts = new();
    private readonly long[] _byLevel = new long[Levels];
    private readonly Calibration _calibration = new();
    private long _first = -1;
    private long _until = -1;
    private long _newest = -1;
    private long _passed;

    /// <inheritdoc/>
    public override string Name => "TemplateNovelty";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_calibration];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        int id = index.Of(logEvent);
        if (id < 0)
        {
            return;
        }

        long ticks = logEvent.UtcTicks;
        if (ticks >= 0)
        {
            _first = _first < 0 ? ticks : Math.Min(_first, ticks);
            _newest = Math.Max(_newest, ticks);
        }

        if (_open.Count > 0 && (ticks > _until || ticks < _until - (2 * Episode)) && ticks >= 0)
        {
            Close(found);
        }

        _new.Add();
        _rare.Add();
        _passed++;
        ref Known known = ref Of(id);
        bool isRare = known.Count is > 0 and <= RareCount && _new.Events > RareEvents && ticks >= 0
            && ticks - known.Last > RareAge;
        if (known.Count == 0 || isRare || known.IsOpen)
        {
            Open(logEvent, id, ref known);
        }

        known.Count++;
        known.Last = Math.Max(known.Last, ticks);
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        if (_open.Count > 0)
        {
            Close(found);
        }

        Pass();
    }

    /// <inheritdoc/>
    public override long Judgements => base.Judgements + _passed;

    /// <inheritdoc/>
    public override void Restart()
    {
        Pass();
        base.Restart();
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        foreach (ref Known known in CollectionsMarshal.AsSpan(_known))
        {
            if (known.Last < utcTicks && !known.IsOpen)
            {
                known = new Known();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        BehaviourJson.WriteTime(writer, "first", _first);
        _calibration.Write(writer, "judged");
        _new.Write(writer, "new");
        _rare.Write(writer, "rare");
        _counts.Write(writer, "counts");
        writer.WriteString(
            "levels", BehaviourJson.Join(_byLevel[0], [.. _byLevel.Skip(1).Select(count => (double)count)]));
        writer.WriteStartObject("templates");
        IEnumerable<(string Text, Known Known)> all = _known.Select((known, id) => (index.TextOf(id), known))
            .Where(entry => entry.known.Count > 0);
        foreach (IGrouping<string, (string Text, Known Known)> same in all.GroupBy(entry => entry.Text)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            long last = same.Max(entry => entry.Known.Last);
            writer.WriteString(same.Key, CountAndTime.Format(same.Sum(entry => entry.Known.Count), last));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Include(JsonElement element)
    {
        long first = BehaviourJson.Time(element, "first");
        _first = _first < 0 || (first >= 0 && first < _first) ? first : _first;
        _calibration.Include(element, "judged");
        _new.Include(element, "new");
        _rare.Include(element, "rare");
        _counts.Include(element, "counts");
        double[] levels = BehaviourJson.Numbers(element, "levels");
        for (int i = 0; i < Math.Min(levels.Length, Levels); i++)
        {
            _byLevel[i] += (long)levels[i];
        }

        foreach (JsonProperty member in BehaviourJson.Members(element, "templates"))
        {
            (long count, long last) = CountAndTime.Parse(member);
            int id = index.Of(member.Name);
            if (id < 0)
            {
                continue;
            }

            ref Known known = ref Of(id);
            known.Count += count;
            known.Last = Math.Max(known.Last, last);
        }
    }

    private ref Known Of(int id)
    {
        while (_known.Count <= id)
        {
            _known.Add(new Known());
        }

        return ref CollectionsMarshal.AsSpan(_known)[id];
    }

    private void Open(LogEvent logEvent, int id, ref Known known)
    {
        if (!known.IsOpen)
        {
            if (_open.Count == 0)
            {
                _until = logEvent.UtcTicks + Episode;
            }

            known.IsOpen = true;
            _open.Add(new Novel(id, logEvent.Mined!, known.Count, known.Last));
        }

        Novel novel = _open.Find(entry => entry.Id == id)!;
        novel.Count++;
        if (novel.Events.Count < Findings.MostEvents)
        {
            novel.Events.Add(logEvent);
        }
    }

    private void Close(ICollection<DetectorFinding> found)
    {
        HashSet<int> opened = [.. _open.Select(novel => novel.Id)];
        HashSet<int> told = [];
        List<Novel> kept = [];
        foreach (Novel novel in _open)
        {
            CollectionsMarshal.AsSpan(_known)[novel.Id].IsOpen = false;
            int id = index.Of(novel.Template.Widest);
            bool isVariant = id >= 0 && id != novel.Id && id < _known.Count && _known[id].Count > 0
                && !opened.Contains(id);
            if (!isVariant && told.Add(id))
            {
                kept.Add(novel);
            }
        }

        _open.Clear();
        Judge([.. kept.Where(novel => novel.Before == 0)], _new, "New", found);
        Judge([.. kept.Where(novel => novel.Before > 0)], _rare, "Rare", found);
    }

    private void Judge(List<Novel> novel, NoveltyRate rate, string word, ICollection<DetectorFinding> found)
    {
        if (novel.Count == 0)
        {
            return;
        }

        int level = novel.Max(entry => entry.Events.Max(logEvent => logEvent.Level is { } known ? (int)known + 1 : 0));
        long most = novel.Max(entry => entry.Count);
        long graver = _byLevel.Skip(level).Sum();
        double ofLevel = level <= (int)LogLevel.Notice + 1 ? 1 : (graver + 0.5) / (_byLevel.Sum() + 1);
        double ofCount = Math.Max(_counts.ProbabilityOf(most, CountSlope), 1e-6);
        double modelled = rate.Probability * Math.Min(ofLevel, 1) * ofCount;
        bool isMature = rate.Events >= LeastEvents && _newest - _first >= LeastSpan;
        rate.AddNovel();
        _byLevel[level]++;
        _counts.Add(most);
        Pass();
        if (!isMature)
        {
            return;
        }

        double probability = _calibration.Judge(Math.Max(modelled, 1e-30));
        if (_calibration.IsWorth(probability))
        {
            found.Add(ToFinding(novel, word, rate, probability));
        }
    }

    private void Pass()
    {
        _calibration.Pass(_passed);
        _passed = 0;
    }

    private DetectorFinding ToFinding(List<Novel> novel, string word, NoveltyRate rate, double probability)
    {
        Novel first = novel[0];
        LogEvent example = first.Events[0];
        string typical = DurationWords.Say($"one in {Math.Max(1, Math.Round(1 / rate.Probability)):0} lines");
        List<Reason> reasons = [];
        foreach (Novel one in novel.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Id).Take(5))
        {
            string text = one.Template.Widest.Text;
            string before = one.Before == 0 ? "never came before" : DurationWords.Say(
                $"came {one.Before} times before, last on {Findings.Time(one.BeforeTicks, example)}");
            string sentence = DurationWords.Say(
                $"{Findings.Quote(text)} {before} and now came {one.Count} times{Findings.OnHost(one.Events[0])}; of late something so new came about once in {Math.Max(1, Math.Round(1 / rate.Probability)):0} lines.");
            reasons.Add(
                new Reason(word + "Template", "Template", text, typical, 1.0 / Math.Min(novel.Count, 5), sentence));
        }

        List<LogEvent> events = [.. novel.SelectMany(entry => entry.Events)
            .OrderBy(entry => entry.UtcTicks)
            .ThenBy(entry => entry.LineNumber)];
        string title = novel.Count == 1
            ? $"{word} message"
            : DurationWords.Say($"{novel.Count} {(word == "New" ? "new" : "rare")} messages");
        return new DetectorFinding
        {
            Detector = Name,
            TailProbability = probability,
            Title = title,
            Reasons = reasons,
            EntityType = example.HostName is null ? null : "HostName",
            Entity = example.HostName,
            Kind = example.Kind,
            FirstTicks = events[0].UtcTicks,
            LastTicks = events[^1].UtcTicks,
            Count = novel.Sum(entry => entry.Count),
            Events = events.Count <= Findings.MostEvents
                ? events
                : [.. events.Take(Findings.MostEvents - 1), events[^1]],
        };
    }

    private struct Known()
    {
        public long Count;
        public long Last = -1;
        public bool IsOpen;
    }

    private sealed class Novel(int id, LogTemplate template, long before, long beforeTicks)
    {
        public int Id => id;

        public LogTemplate Template => template;

        public long Before => before;

        public long BeforeTicks => beforeTicks;

        public long Count { get; set; }

        public List<LogEvent> Events { get; } = [];
    }
}
