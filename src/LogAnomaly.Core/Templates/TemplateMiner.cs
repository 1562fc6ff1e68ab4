using System.Buffers;
using System.Text;

namespace LogAnomaly.Templates;

/// <summary>
/// Finds the templates of messages. Of the Drain family (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree",
/// ICWS 2017): messages are compared with those of the same number of words only. It differs in when a word becomes variable.
/// What has a form of its own (number, address, path) is masked before messages are compared; a plain word becomes <c>&lt;*&gt;</c>
/// when <see cref="VariantsThatMerge"/> templates differ in it alone. Both depend on which messages there are, not on their
/// order, so equal inputs give equal templates and ids on every host. One miner serves one thread.
/// </summary>
public sealed class TemplateMiner
{
    /// <summary>Templates that must differ in one word alone before that word becomes variable.</summary>
    public const int VariantsThatMerge = 4;

    private const int MostWords = 64;
    private const int LongestMessage = 2_048;

    private readonly int _maximumTemplates;
    private readonly MaskedCache _known = new();
    private readonly Dictionary<string, LogTemplate> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<LogTemplate>> _bySkeleton = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _masked = new(512);
    private readonly byte[] _names = new byte[ParsedNames.ScratchSize];
    private LogTemplate? _other;

    /// <summary>Creates a miner.</summary>
    /// <param name="maximumTemplates">Templates that are kept apart, at least 2; further ones count under one named <c>(other)</c>.</param>
    public TemplateMiner(int maximumTemplates = 20_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumTemplates, 2);
        _maximumTemplates = maximumTemplates;
    }

    /// <summary>The templates, the most frequent first, equal counts by text.</summary>
    /// <returns>A new list; later events may still change the templates in it.</returns>
    public IReadOnlyList<LogTemplate> ToTemplates() => _byText.Values
        .Where(template => template.MergedInto is null)
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
        LogTemplate template;
        if (_byText.TryGetValue(text, out LogTemplate? known))
        {
            template = known;
        }
        else if (_byText.Count >= _maximumTemplates)
        {
            return _other ??= Register("(other)");
        }
        else
        {
            template = Register(text);
            Widen(template);
        }

        _known.Add(key, _masked.WrittenSpan, template);
        return template;
    }

    private LogTemplate Register(string text)
    {
        LogTemplate template = new(text);
        _byText.Add(text, template);
        return template;
    }

    // Files the template under each of its skeletons (the text with one word left open) and merges those that became many.
    private void Widen(LogTemplate template)
    {
        string[] words = template.Text.Split(' ');
        if (words.Length is < 2 or > MostWords)
        {
            return;
        }

        for (int open = 0; open < words.Length; open++)
        {
            string word = words[open];
            if (IsKeyword(word))
            {
                continue;
            }

            words[open] = LogTemplate.Variable;
            string skeleton = string.Join(' ', words);
            words[open] = word;
            if (TryMerge(template, skeleton))
            {
                return;
            }
        }
    }

    // A short word in capitals, such as GET or COMMAND, names what is said and is never the variable part.
    private static bool IsKeyword(string word) => word.Length is >= 2 and <= 8 && word.All(char.IsAsciiLetterUpper);

    private bool TryMerge(LogTemplate template, string skeleton)
    {
        if (skeleton == template.Text)
        {
            return false;
        }

        if (_byText.TryGetValue(skeleton, out LogTemplate? wider))
        {
            Absorb(wider.Widest, template);
            return true;
        }

        if (!_bySkeleton.TryGetValue(skeleton, out HashSet<LogTemplate>? variants))
        {
            variants = new HashSet<LogTemplate>(VariantsThatMerge);
            _bySkeleton.Add(skeleton, variants);
        }

        variants.Add(template);
        if (variants.Count < VariantsThatMerge)
        {
            return false;
        }

        _bySkeleton.Remove(skeleton);
        wider = Register(skeleton);
        foreach (LogTemplate variant in variants)
        {
            Absorb(wider, variant.Widest);
        }

        Widen(wider);
        return true;
    }

    private static void Absorb(LogTemplate wider, LogTemplate narrower)
    {
        if (ReferenceEquals(wider, narrower))
        {
            return;
        }

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
