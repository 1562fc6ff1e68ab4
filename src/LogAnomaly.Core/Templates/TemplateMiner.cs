using System.Text;

namespace LogAnomaly.Templates;

/// <summary>
/// Finds the templates of messages. Values that are told by their form (numbers, addresses, paths, names that were
/// parsed) are masked first; what is left of a message is one of few masked messages, and these are grouped: messages
/// of one frame (equal punctuation and number of words) are put side by side, and a word opens by what the words there
/// look like and how many they are (see <see cref="OpeningRule"/>). The family is Drain's (He et al., "Drain: An Online
/// Log Parsing Approach with Fixed Depth Tree", ICWS 2017), but templates are made of the whole set of masked messages:
/// the order of events changes neither the templates nor which of them an event has, once <see cref="Complete"/> or
/// <see cref="ToTemplates"/> was asked; before, an event has the template as far as it is known. Memory is bounded by
/// the number of masked messages and of templates that are kept. One miner serves one thread.
/// </summary>
public sealed class TemplateMiner
{
    private const int LongestMessage = 2_048;
    private const int MostMessages = 100_000;
    private const int MostCharacters = 16_000_000;
    private const int MostMessagesOfTemplate = 1_024;
    private const int FirstGrouping = 64;

    private readonly int _maximumTemplates;
    private readonly RequestCache _requests = new();
    private readonly ShapeCache _known = new();
    private readonly TemplateWords _words = new();
    private readonly MessageWords _split = new();
    private readonly Dictionary<string, LogTemplate> _leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TemplateFrame> _frames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogTemplate> _wide = new(StringComparer.Ordinal);
    private readonly byte[] _shape = new byte[LongestMessage];
    private readonly char[] _characters = new char[LongestMessage];
    private readonly char[] _masked = new char[LongestMessage];
    private readonly byte[] _names = new byte[ParsedNames.ScratchSize];
    private readonly List<TemplateFrame> _changed = [];
    private readonly Dictionary<string, LogTemplate> _ids = new(StringComparer.Ordinal);
    private readonly List<LogTemplate> _limited = [];
    private readonly Dictionary<LogTemplate, LogTemplate> _overflow = [];
    private LogTemplate? _other;
    private int _idsOf;
    private int _newLeaves;
    private long _kept;

    /// <summary>Creates a miner.</summary>
    /// <param name="maximumTemplates">Templates that are kept apart, at least 2; further ones count under one named
    /// <c>(other  messages)</c>.</param>
    public TemplateMiner(int maximumTemplates = 20_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumTemplates, 2);
        _maximumTemplates = maximumTemplates;
    }

    /// <summary>The templates, the most frequent first, equal counts by text.</summary>
    /// <returns>A new list; later events may still change the templates in it.</returns>
    public IReadOnlyList<LogTemplate> ToTemplates()
    {
        Complete();
        List<LogTemplate> templates =
        [
            .. _leaves.Values.Concat(_wide.Values).Where(template => template.MergedInto is null && template.Count > 0),
        ];
        if (_other is { Count: > 0 })
        {
            templates.Add(_other);
        }

        templates.Sort(Compare);
        return templates;
    }

    /// <summary>
    /// Finds the template that an id leads to, also where it was given out for one that a wider one has taken in since.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <returns>The present template, or null where no template had the id.</returns>
    public LogTemplate? Find(string id)
    {
        if (_idsOf != _leaves.Count + _wide.Count)
        {
            _idsOf = _leaves.Count + _wide.Count;
            _ids.Clear();
            foreach (LogTemplate template in _wide.Values.Concat(_leaves.Values))
            {
                _ids[template.Id] = template;
            }
        }

        return _ids.GetValueOrDefault(id)?.Widest;
    }

    /// <summary>Gives an event its template and counts it.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The template; a later event may merge it into a wider one, and the event then has that one.</returns>
    public LogTemplate Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        LogTemplate? template = _requests.Find(logEvent);
        ReadOnlySpan<byte> message = [];
        if (template is null)
        {
            message = MessageOf(logEvent);
            template = TemplateOf(logEvent, message);
            _requests.Put(logEvent, template);
        }
        else if (template.WantsMessage || (template.MergedInto is not null && template.Widest.WantsMessage))
        {
            message = MessageOf(logEvent);
        }

        template.Take(logEvent, message);
        if (template.MergedInto is not null)
        {
            template.Widest.Take(logEvent, message);
        }

        logEvent.Mined = template;
        return template;
    }

    /// <summary>Settles the templates of all events so far, independently of their order.</summary>
    public void Complete()
    {
        if (_changed.Count > 0)
        {
            Regroup();
        }

        Sum();
        Limit();
    }

    private static LogTemplate New(string text, LogTemplate? into) =>
        new(text) { ParameterReader = TemplateValues.Of, MergedInto = into };

    private static int Compare(LogTemplate left, LogTemplate right) =>
        left.Count != right.Count ? right.Count.CompareTo(left.Count) : string.CompareOrdinal(left.Text, right.Text);

    private static ReadOnlySpan<byte> MessageOf(LogEvent logEvent)
    {
        ReadOnlySpan<byte> message = logEvent.TemplateSpan;
        if (logEvent.Kind == LogKind.Unparsed)
        {
            message = message[LineHeader.LengthOf(message)..];
        }

        return message[..Math.Min(message.Length, LongestMessage)];
    }

    private LogTemplate TemplateOf(LogEvent logEvent, ReadOnlySpan<byte> message)
    {
        int length = MessageShape.Write(message, ParsedNames.Of(logEvent, _names), _shape);
        ReadOnlySpan<byte> shape = _shape.AsSpan(0, length);
        ulong key = ShapeCache.KeyOf(shape);
        LogTemplate? template = _known.Find(key, shape);
        if (template is null)
        {
            template = Learn(shape);
            _known.Add(key, shape, template);
        }

        return template;
    }

    private LogTemplate Learn(ReadOnlySpan<byte> shape)
    {
        int characters = Encoding.UTF8.GetChars(shape, _characters);
        int length = MessageMask.Apply(_characters.AsSpan(0, characters), _masked);
        _split.Split(_masked.AsSpan(0, length));
        string identity = Join(_split.Gaps, _split.Words);
        if (_leaves.TryGetValue(identity, out LogTemplate? template))
        {
            return template;
        }

        string frameKey = string.Join('\0', _split.Gaps);
        TemplateFrame? frame = _frames.GetValueOrDefault(frameKey);
        FramePattern? wider = frame?.Patterns?.Find([.. _split.Words.Select(_words.Find)]);
        bool isFull = _leaves.Count >= MostMessages || _kept >= MostCharacters;
        if (isFull || wider?.Leaves >= MostMessagesOfTemplate)
        {
            // More messages would tell no more of a template of so many.
            return OverflowOf(wider?.Template.Widest ?? Other);
        }

        template = New(Written(identity), wider?.Template.Widest);
        _leaves.Add(identity, template);
        _kept += identity.Length;
        if (frame is null)
        {
            frame = new TemplateFrame([.. _split.Gaps]);
            _frames.Add(frameKey, frame);
        }

        frame.Leaves.Add(new MessageLeaf([.. _split.Words.Select(_words.NumberOf)], template));
        if (!frame.IsChanged)
        {
            frame.IsChanged = true;
            _changed.Add(frame);
        }

        _newLeaves++;
        if (_newLeaves >= FirstGrouping && _newLeaves * 2 >= _leaves.Count)
        {
            Regroup();
            Sum();
        }

        return template;
    }

    // Events whose message found no room any more are counted apart, so that they stay counted when their template is
    // summed up anew.
    private LogTemplate OverflowOf(LogTemplate wider)
    {
        if (!_overflow.TryGetValue(wider, out LogTemplate? overflow))
        {
            overflow = New(wider.Text, wider);
            _overflow.Add(wider, overflow);
        }

        return overflow;
    }

    private LogTemplate Other => _other ??= New("(other  messages)", null);

    private static string Join(IReadOnlyList<string> gaps, IReadOnlyList<string> words)
    {
        StringBuilder text = new();
        for (int i = 0; i < gaps.Count; i++)
        {
            text.Append(gaps[i]).Append(i < words.Count ? words[i] : "");
        }

        return text.ToString();
    }

    // Marks by their names.
    private static string Written(string masked)
    {
        if (!masked.AsSpan().ContainsAnyInRange('\0', (char)Mark.OtherControl))
        {
            return masked;
        }

        StringBuilder text = new();
        foreach (char value in masked)
        {
            _ = value <= (char)Mark.OtherControl ? text.Append(Mark.TextOf(value)) : text.Append(value);
        }

        return text.ToString();
    }

    private void Regroup()
    {
        foreach (TemplateFrame frame in _changed)
        {
            frame.Group(_words);
        }

        _changed.Clear();
        _newLeaves = 0;
        List<FramePattern> patterns = [];
        foreach (TemplateFrame frame in _frames.Values)
        {
            Settle(frame);
            patterns.AddRange(frame.Settled);
        }

        List<(FramePattern Longer, FramePattern Shorter)> phrases = [.. new PhraseMerging(_words).Find(patterns)];
        foreach ((_, FramePattern shorter) in phrases)
        {
            // One message that others join needs a template beside its own count.
            LogTemplate wide = WideOf(shorter.Text);
            wide.MergedInto = null;
            shorter.Template.MergedInto = shorter.Template == wide ? null : wide;
        }

        foreach ((FramePattern longer, FramePattern shorter) in phrases)
        {
            LogTemplate own = longer.Template.MergedInto ?? longer.Template;
            own.MergedInto = WideOf(shorter.Text);
        }
    }

    // Gives each message its template. What was given out before stays good: it leads to the template that one of its
    // messages has now.
    private void Settle(TemplateFrame frame)
    {
        frame.Settled.Clear();
        Dictionary<TemplatePattern, LogTemplate> made = [];
        for (int i = 0; i < frame.Grouped.Length; i++)
        {
            TemplatePattern pattern = frame.Grouped[i];
            MessageLeaf leaf = frame.Leaves[i];
            if (pattern.Opened == 0)
            {
                leaf.Template.MergedInto = null;
                frame.Settled.Add(new FramePattern(frame.Gaps, leaf.Words, 0, leaf.Template, 1));
                continue;
            }

            if (!made.TryGetValue(pattern, out LogTemplate? wide))
            {
                wide = WideOf(Written(Join(frame.Gaps, Array.ConvertAll(pattern.Words, _words.TextOf))));
                wide.MergedInto = null;
                made.Add(pattern, wide);
                frame.Wide[wide] = leaf.Template;
                frame.Settled.Add(new FramePattern(frame.Gaps, pattern.Words, pattern.Opened, wide, pattern.Leaves));
            }

            leaf.Template.MergedInto = wide;
        }

        frame.IndexPatterns();
        HashSet<LogTemplate> live = [.. made.Values];
        foreach ((LogTemplate wide, LogTemplate leaf) in frame.Wide)
        {
            if (!live.Contains(wide) && leaf.Widest != wide)
            {
                wide.MergedInto = leaf.Widest;
            }
        }
    }

    private LogTemplate WideOf(string text)
    {
        if (!_wide.TryGetValue(text, out LogTemplate? wide))
        {
            wide = New(text, null);
            _wide.Add(text, wide);
        }

        return wide;
    }

    // The least frequent templates beyond the limit count together.
    private void Limit()
    {
        List<LogTemplate> live =
        [
            .. _leaves.Values.Concat(_wide.Values).Where(template => template.MergedInto is null && template.Count > 0),
        ];
        if (live.Count <= _maximumTemplates)
        {
            return;
        }

        live.Sort(Compare);
        foreach (LogTemplate template in live.Skip(_maximumTemplates))
        {
            template.MergedInto = Other;
            _limited.Add(template);
            Other.Include(template);
        }
    }

    private void Sum()
    {
        _limited.ForEach(template => template.MergedInto = null);
        _limited.Clear();
        _other?.Reset();
        foreach (LogTemplate template in _wide.Values)
        {
            template.Reset();
        }

        foreach (LogTemplate template in _leaves.Values.Concat(_overflow.Values))
        {
            if (template.MergedInto is not null)
            {
                template.Widest.Include(template);
            }
        }
    }
}
