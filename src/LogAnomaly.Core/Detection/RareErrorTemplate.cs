using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// An error that hardly ever occurs, told at the end of a large error log by the template of its lines; where no
/// templates were mined, nothing is told. A log of whose lines many are rare has no rare ones, and what a server says
/// whenever it starts is as rare as its starts.
/// </summary>
internal sealed class RareErrorTemplate : LearnedRule
{
    private const int MostTemplates = 20_000;
    private const int LeastStarts = 3;
    private const int MostRecent = 64;
    private const long StartTicks = 10 * TimeSpan.TicksPerSecond;

    private readonly Dictionary<LogTemplate, Entry> _templates = [];
    private readonly double _share;
    private readonly LogLevel _level;
    private readonly int _lines;
    private readonly int _count;
    private readonly double _tail;
    private readonly Queue<(long Ticks, Entry Entry)> _recent = new();
    private long _lastStart = long.MinValue / 2;
    private long _total;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public RareErrorTemplate(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.ApacheError, LogKind.NginxError)
    {
        RuleParameters parameters = new(rule);
        _share = parameters.Number("share", 0.005);
        _level = parameters.Level("level", LogLevel.Warning);
        _lines = parameters.Count("lines", 1000);
        _count = parameters.Count("count", 20);
        _tail = parameters.Number("tail", 0.05);
    }

    /// <inheritdoc/>
    public override bool ReadsTemplates => true;

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent.MinedLeaf is not { } template)
        {
            return;
        }

        _total++;
        if (logEvent.Level == LogLevel.Notice && logEvent.Message is { } message
            && message.EndsWith("resuming normal operations", StringComparison.Ordinal))
        {
            Start(logEvent.UtcTicks);
        }

        if (_templates.TryGetValue(template, out Entry? entry))
        {
            entry.Count++;

            // A statement may be told at several levels.
            entry.Event = entry.Event.Level >= _level || logEvent.Level < _level ? entry.Event : logEvent;
        }
        else if (_templates.Count < MostTemplates)
        {
            _templates.Add(template, entry = new Entry(logEvent));
        }

        if (entry is not null && entry.Count <= _count)
        {
            NearStart(logEvent.UtcTicks, entry);
        }
    }

    // A server complains of its configuration before it says that it runs, and of its certificates around that.
    private void NearStart(long ticks, Entry entry)
    {
        if (Math.Abs(ticks - _lastStart) <= StartTicks)
        {
            entry.AtStart++;
            return;
        }

        if (_recent.Count == MostRecent)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue((ticks, entry));
    }

    private void Start(long ticks)
    {
        _lastStart = ticks;
        while (_recent.TryDequeue(out (long Ticks, Entry Entry) known))
        {
            known.Entry.AtStart += Math.Abs(ticks - known.Ticks) <= StartTicks ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_total < _lines)
        {
            return;
        }

        // A wider template may have taken others in since they were counted.
        Dictionary<LogTemplate, (Entry First, long Count)> merged = [];
        Dictionary<LogTemplate, long> starts = [];
        foreach ((LogTemplate template, Entry entry) in _templates)
        {
            bool isKnown = merged.TryGetValue(template.Widest, out (Entry First, long Count) known);
            bool isFirst = !isKnown || (known.First.Event.Level < _level && entry.Event.Level >= _level);
            starts[template.Widest] = starts.GetValueOrDefault(template.Widest) + entry.AtStart;
            merged[template.Widest] = (isFirst ? entry : known.First, known.Count + entry.Count);
        }

        List<KeyValuePair<LogTemplate, (Entry First, long Count)>> rare =
            [.. merged.Where(entry => entry.Value.Count <= _count && entry.Value.Count < _share * _total)];
        if (rare.Sum(entry => entry.Value.Count) >= _tail * _total)
        {
            return;
        }

        foreach ((LogTemplate template, (Entry first, long count)) in rare)
        {
            bool isOfStart = count >= LeastStarts && starts[template] == count;
            if (first.Event.Level >= _level && !isOfStart)
            {
                ReportRare(first.Event, template, count);
            }
        }
    }

    private void ReportRare(LogEvent first, LogTemplate template, long count)
    {
        string observed = DurationWords.Say($"{count} of {_total} lines");
        string typical = DurationWords.Say($"at least {100 * _share:0.##} % of the lines");
        string sentence = DurationWords.Say(
            $"Only {count} of {_total} lines of the error log read like this: {template.Text}.");
        Report(first, "TemplateId", template.Id, new Reason(Code, "Template", observed, typical, 1, sentence));
    }

    private sealed class Entry(LogEvent logEvent)
    {
        public LogEvent Event { get; set; } = logEvent;

        public long Count { get; set; } = 1;

        public long AtStart { get; set; }
    }
}
