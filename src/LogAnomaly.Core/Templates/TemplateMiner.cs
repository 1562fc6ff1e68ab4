using System.Text;

namespace LogAnomaly.Templates;

/// <summary>
/// Finds the templates of messages. Values that are told by their form (numbers, addresses, paths, names that were parsed) are masked
/// first; what is left of a message is one of few masked messages, and these are grouped: messages of one frame (equal punctuation and
/// number of words) are put side by side, and a word opens by what the words there look like and how many they are (see
/// <see cref="OpeningRule"/>). The family is Drain's (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS
/// 2017), but templates are made of the whole set of masked messages: the order of events changes neither the templates nor which of
/// them an event has, once <see cref="Complete"/> or <see cref="ToTemplates"/> was asked; before, an event has the template as far as it is
/// known. Memory is bounded by the number of masked messages and of templates that are kept. One miner serves one thread.
/// </summary>
public sealed class TemplateMiner
{
    private const int LongestMessage = 2_048;
    private const int MostMessages = 100_000;
    private const int FirstGrouping = 64;

    private readonly int _maximumTemplates;
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
    private LogTemplate? _other;
    private int _newLeaves;

    /// <summary>Creates a miner.</summary>
    /// <param name="maximumTemplates">Templates that are kept apart, at least 2; further ones count under one named <c>(other  messages)</c>.</param>
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
        List<LogTemplate> templates = [.. _leaves.Values.Concat(_wide.Values).Where(template => template.MergedInto is null && template.Count > 0)];
        if (_other is { Count: > 0 })
        {
            templates.Add(_other);
        }

        templates.Sort(Compare);
        return templates;
    }

    /// <summary>Gives an event its template and counts it.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The template; a later event may merge it into a wider one, and the event then has that one.</returns>
    public LogTemplate Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ReadOnlySpan<byte> message = logEvent.TemplateSpan;
        if (logEvent.Kind == LogKind.Unparsed)
        {
            message = message[LineHeader.LengthOf(message)..];
        }

        message = message[..Math.Min(message.Length, LongestMessage)];
        int length = MessageShape.Write(message, ParsedNames.Of(logEvent, _names), _shape);
        ReadOnlySpan<byte> shape = _shape.AsSpan(0, length);
        ulong key = ShapeCache.KeyOf(shape);
        LogTemplate? template = _known.Find(key, shape);
        if (template is null)
        {
            template = Learn(shape);
            _known.Add(key, shape, template);
        }

        template.Take(logEvent);
        if (template.MergedInto is not null)
        {
            template.Widest.Take(logEvent);
        }

        logEvent.Mined = template;
        return template;
    }

    /// <summary>Settles the templates of all events so far, independently of their order.</summary>
    public void Complete()
    {
        foreach (TemplateFrame frame in _changed)
        {
            Group(frame);
        }

        _changed.Clear();
        _newLeaves = 0;
        Sum();
    }

    private static int Compare(LogTemplate left, LogTemplate right) =>
        left.Count != right.Count ? right.Count.CompareTo(left.Count) : string.CompareOrdinal(left.Text, right.Text);

    private LogTemplate Learn(ReadOnlySpan<byte> shape)
    {
        int characters = Encoding.UTF8.GetChars(shape, _characters);
        int length = MessageMask.Apply(_characters.AsSpan(0, characters), _masked);
        _split.Split(_masked.AsSpan(0, length));
        string text = TextOf(_split.Gaps, _split.Words);
        if (_leaves.TryGetValue(text, out LogTemplate? template))
        {
            return template;
        }

        string frameKey = string.Join('\0', _split.Gaps);
        TemplateFrame? frame = _frames.GetValueOrDefault(frameKey);
        int[] words = [.. _split.Words.Select(_words.NumberOf)];
        LogTemplate? wider = frame?.Patterns?.Find(words);
        if (_leaves.Count >= MostMessages)
        {
            return wider ?? Other;
        }

        template = new LogTemplate(text) { MergedInto = wider };
        _leaves.Add(text, template);
        if (frame is null)
        {
            frame = new TemplateFrame([.. _split.Gaps]);
            _frames.Add(frameKey, frame);
        }

        frame.Leaves.Add(new MessageLeaf(words, template));
        if (!frame.IsChanged)
        {
            frame.IsChanged = true;
            _changed.Add(frame);
        }

        _newLeaves++;
        if (_newLeaves >= FirstGrouping && _newLeaves * 2 >= _leaves.Count)
        {
            Complete();
        }

        return template;
    }

    private LogTemplate Other => _other ??= new LogTemplate("(other  messages)");

    private static string TextOf(IReadOnlyList<string> gaps, IReadOnlyList<string> words)
    {
        StringBuilder text = new();
        for (int i = 0; i < gaps.Count; i++)
        {
            Append(text, gaps[i]);
            if (i < words.Count)
            {
                Append(text, words[i]);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        foreach (char value in part)
        {
            if (value < ' ')
            {
                text.Append(Mark.TextOf(value));
            }
            else
            {
                text.Append(value);
            }
        }
    }

    private void Group(TemplateFrame frame)
    {
        frame.IsChanged = false;
        if (frame.Leaves.Count < 2)
        {
            return;
        }

        TemplatePattern[] patterns = new TemplateGrouping(frame, _words).Run();
        frame.Patterns = new PatternIndex();
        Dictionary<TemplatePattern, LogTemplate> made = [];
        for (int i = 0; i < patterns.Length; i++)
        {
            TemplatePattern pattern = patterns[i];
            LogTemplate leaf = frame.Leaves[i].Template;
            if (pattern.Opened == 0)
            {
                leaf.MergedInto = _wide.GetValueOrDefault(leaf.Text);
                continue;
            }

            if (!made.TryGetValue(pattern, out LogTemplate? wide))
            {
                wide = WideOf(TextOf(frame.Gaps, Array.ConvertAll(pattern.Words, _words.TextOf)));
                made.Add(pattern, wide);
                frame.Patterns.Add(pattern.Words, pattern.Opened, wide);
                frame.Wide[wide] = leaf;
            }

            leaf.MergedInto = wide;
        }

        foreach ((LogTemplate wide, LogTemplate leaf) in frame.Wide)
        {
            // What was given out before stays good: it leads to the template that one of its messages has now.
            wide.MergedInto = made.ContainsValue(wide) || leaf.Widest == wide ? null : leaf.Widest;
        }
    }

    private LogTemplate WideOf(string text)
    {
        if (!_wide.TryGetValue(text, out LogTemplate? wide))
        {
            wide = new LogTemplate(text);
            _wide.Add(text, wide);
        }

        return wide;
    }

    private void Sum()
    {
        foreach (LogTemplate template in _wide.Values)
        {
            template.Reset();
        }

        foreach (LogTemplate template in _leaves.Values)
        {
            if (template.MergedInto is not null)
            {
                template.Widest.Include(template);
            }
        }
    }
}
