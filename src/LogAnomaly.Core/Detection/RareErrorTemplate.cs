using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// An error that hardly ever occurs, told at the end of a large error log by the template of its lines; where no templates
/// were mined, nothing is told. A log of whose lines many are rare has no rare ones.
/// </summary>
internal sealed class RareErrorTemplate : LearnedRule
{
    private const int MostTemplates = 20_000;

    private readonly Dictionary<LogTemplate, Entry> _templates = [];
    private readonly double _share;
    private readonly LogLevel _level;
    private readonly int _lines;
    private readonly int _count;
    private readonly double _tail;
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
        if (_templates.TryGetValue(template, out Entry? entry))
        {
            entry.Count++;

            // A statement may be told at several levels.
            entry.Event = entry.Event.Level >= _level || logEvent.Level < _level ? entry.Event : logEvent;
        }
        else if (_templates.Count < MostTemplates)
        {
            _templates.Add(template, new Entry(logEvent));
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
        foreach ((LogTemplate template, Entry entry) in _templates)
        {
            bool isKnown = merged.TryGetValue(template.Widest, out (Entry First, long Count) known);
            bool isFirst = !isKnown || (known.First.Event.Level < _level && entry.Event.Level >= _level);
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
            if (first.Event.Level >= _level)
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
    }
}
