using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace LogAnomaly.Templates;

/// <summary>
/// Finds the templates of messages. Of the Drain family (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree",
/// ICWS 2017): messages are compared with those of the same number of words only. It differs in when a word becomes variable.
/// What has a form of its own (number, address, path) is masked before messages are compared; a plain word becomes <c>&lt;*&gt;</c>
/// when <see cref="VariantsThatMerge"/> messages differ in it alone. Equal inputs
/// give equal templates and ids on every host. Where a message matches two templates with open words, the order of the messages may
/// decide which of them counts it. Memory is bounded by the numbers of templates and of distinct
/// messages that are kept. One miner serves one thread.
/// </summary>
public sealed class TemplateMiner
{
    /// <summary>Messages that must differ in one word alone before that word becomes variable.</summary>
    public const int VariantsThatMerge = 4;

    private const int MostWords = 64;
    private const int LongestMessage = 2_048;
    private const int MostSkeletons = 2_000_000;

    private readonly int _maximumTemplates;
    private readonly MaskedCache _known = new();
    private readonly Dictionary<string, LogTemplate> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _variants = [];
    private readonly WideTemplates _wide = new();
    private readonly ArrayBufferWriter<byte> _masked = new(512);
    private readonly byte[] _names = new byte[ParsedNames.ScratchSize];
    private LogTemplate? _other;

    /// <summary>Creates a miner.</summary>
    /// <param name="maximumTemplates">Templates that are kept apart, at least 2; further ones count under one named <c>(other  messages)</c>.</param>
    public TemplateMiner(int maximumTemplates = 20_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumTemplates, 2);
        _maximumTemplates = maximumTemplates;
    }

    /// <summary>The templates, the most frequent first, equal counts by text.</summary>
    /// <returns>A new list; later events may still change the templates in it.</returns>
    public IReadOnlyList<LogTemplate> ToTemplates() => (_other is null ? _byText.Values : _byText.Values.Append(_other))
        .OrderByDescending(template => template.Count)
        .ThenBy(template => template.Text, StringComparer.Ordinal)
        .ToArray();

    /// <summary>Gives an event its template and counts it.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The template; a later event may merge it into a wider one, and the event then has that one.</returns>
    public LogTemplate Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ReadOnlySpan<byte> message = logEvent.TemplateSpan;
        MessageMask.Apply(message[..Math.Min(message.Length, LongestMessage)], ParsedNames.Of(logEvent, _names), _masked);
        ulong key = MaskedCache.KeyOf(_masked.WrittenSpan);
        LogTemplate template = (_known.Find(key, _masked.WrittenSpan) ?? Learn(key)).Widest;
        Count(template, logEvent);
        logEvent.Mined = template;
        return template;
    }

    private static void Count(LogTemplate template, LogEvent logEvent)
    {
        if (template.Count++ == 0)
        {
            template.Example = logEvent.Raw;
        }

        if (logEvent.UtcTicks < 0)
        {
            return;
        }

        if (template.FirstTicks < 0 || logEvent.UtcTicks < template.FirstTicks)
        {
            template.FirstTicks = logEvent.UtcTicks;
            template.FirstSeen = logEvent.Timestamp;
        }

        if (logEvent.UtcTicks > template.LastTicks)
        {
            template.LastTicks = logEvent.UtcTicks;
            template.LastSeen = logEvent.Timestamp;
        }
    }

    private LogTemplate Learn(ulong key)
    {
        string text = Encoding.UTF8.GetString(_masked.WrittenSpan);
        string[] words = text.Split(' ');
        LogTemplate? template = _byText.GetValueOrDefault(text) ?? _wide.Find(words);
        if (template is null && _byText.Count >= _maximumTemplates)
        {
            // Two spaces stand in no masked message, so no message has this text.
            return _other ??= new LogTemplate("(other  messages)");
        }

        template ??= Register(text);
        if (_known.TryAdd(key, _masked.WrittenSpan, template))
        {
            Widen(words);
        }

        return template;
    }

    private LogTemplate Register(string text)
    {
        LogTemplate template = new(text);
        _byText.Add(text, template);
        return template;
    }

    // Counts the message, or the template with open words, under each of its skeletons (the text with one more word left open), and
    // makes a template of those that became many.
    private void Widen(string[] words)
    {
        if (words.Length is < 2 or > MostWords)
        {
            return;
        }

        for (int open = 0; open < words.Length; open++)
        {
            string word = words[open];
            if (word == LogTemplate.Variable || IsKeyword(word))
            {
                continue;
            }

            words[open] = LogTemplate.Variable;
            ulong skeleton = KeyOf(words);
            if (_variants.Count < MostSkeletons || _variants.ContainsKey(skeleton))
            {
                int count = ++CollectionsMarshal.GetValueRefOrAddDefault(_variants, skeleton, out _);
                if (count == VariantsThatMerge)
                {
                    Merge([.. words]);
                }
            }

            words[open] = word;
        }
    }

    private static ulong KeyOf(string[] words)
    {
        ulong key = (ulong)words.Length;
        foreach (string word in words)
        {
            key = (key * 0x9E3779B97F4A7C15) ^ MaskedCache.KeyOf(MemoryMarshal.AsBytes(word.AsSpan()));
        }

        return key;
    }

    // A short word in capitals, such as GET or COMMAND, names what is said and is never the variable part.
    private static bool IsKeyword(string word) => word.Length is >= 2 and <= 8 && word.All(char.IsAsciiLetterUpper);

    private void Merge(string[] words)
    {
        if (_wide.Find(words) is not null)
        {
            return;
        }

        LogTemplate wider = Register(string.Join(' ', words));
        List<LogTemplate> narrower =
            [.. _byText.Values.Where(template => template != wider && WideTemplates.Matches(words, template.Text))];
        foreach (LogTemplate template in narrower)
        {
            Absorb(wider, template);
            _wide.Remove(template);
            _byText.Remove(template.Text);
        }

        // A copy: widening opens the words of the array in turn.
        _wide.Add(wider, [.. words]);
        Widen(words);
    }

    private static void Absorb(LogTemplate wider, LogTemplate narrower)
    {
        narrower.MergedInto = wider;
        if (wider.Count == 0)
        {
            wider.Example = narrower.Example;
        }

        wider.Count += narrower.Count;
        if (narrower.FirstTicks >= 0 && (wider.FirstTicks < 0 || narrower.FirstTicks < wider.FirstTicks))
        {
            wider.FirstTicks = narrower.FirstTicks;
            wider.FirstSeen = narrower.FirstSeen;
        }

        if (narrower.LastTicks > wider.LastTicks)
        {
            wider.LastTicks = narrower.LastTicks;
            wider.LastSeen = narrower.LastSeen;
        }
    }
}
