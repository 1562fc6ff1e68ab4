using System.Runtime.InteropServices;

namespace LogAnomaly.Features;

/// <summary>
/// One column of <see cref="EventRows"/>. Texts are numbered in the order they come; beyond a bound further ones share
/// a number. Templates are numbered by what the miner gave, and counted together at the end where one took the other
/// in.
/// </summary>
internal sealed class EventColumn
{
    private const int NoText = 0;
    private const int FurtherTexts = 1;
    private const int RecentTexts = 128;
    private const int SmallBuckets = 256;

    private readonly EventFeature _feature;
    private readonly int _mostTexts;
    private readonly bool _isTemplate;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<LogTemplate, int> _templates = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, int> _buckets = [];
    private readonly int[] _smallBuckets = new int[SmallBuckets];

    // Texts that came lately, by their letters and address: readers give equal texts the same object.
    private readonly (string? Text, int Number)[] _recent = new (string?, int)[RecentTexts];
    private readonly List<string?> _texts = [null, "(further values)"];
    private readonly List<LogTemplate?> _mined = [null, null];
    private readonly List<int> _counts = [0, 0];
    private float[] _information = [];
    private LogTemplate? _lastTemplate;
    private int _lastNumber;
    private NameCount _mostFrequent;

    /// <summary>Creates an empty column.</summary>
    /// <param name="feature">What stands in it.</param>
    /// <param name="mostTexts">Texts that are kept apart.</param>
    public EventColumn(EventFeature feature, int mostTexts)
    {
        _feature = feature;
        _mostTexts = mostTexts;
        _isTemplate = feature.Name == "Template";
    }

    /// <summary>Whether the column holds texts.</summary>
    public bool IsCategorical => _feature.Number is null;

    /// <summary>The most frequent text and its count, equal counts by text; after <see cref="Resolve"/>.</summary>
    public NameCount MostFrequent => _mostFrequent;

    /// <summary>The feature of an event as a code: the number of its text, or the bits of its number.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The code.</returns>
    public int Take(LogEvent logEvent)
    {
        if (_feature.Number is { } number)
        {
            float value = number(logEvent);
            CountOf(EventRows.BucketOf(value))++;
            return BitConverter.SingleToInt32Bits(value);
        }

        int code = _isTemplate ? TemplateOf(logEvent.MinedLeaf) : TextOf(_feature.Category!(logEvent));
        CollectionsMarshal.AsSpan(_counts)[code]++;
        return code;
    }

    /// <summary>Counts further events of a code that <see cref="Take"/> gave.</summary>
    /// <param name="code">The code.</param>
    /// <param name="times">How many.</param>
    public void Count(int code, int times)
    {
        if (IsCategorical)
        {
            _counts[code] += times;
            return;
        }

        CountOf(EventRows.BucketOf(BitConverter.Int32BitsToSingle(code))) += times;
    }

    /// <summary>How many events have a value so far, or one near it in a column of numbers.</summary>
    /// <param name="code">Its code.</param>
    /// <returns>Their number, at least 1.</returns>
    public int CountSoFar(int code) =>
        Math.Max(1, IsCategorical ? _counts[code] : CountOf(EventRows.BucketOf(BitConverter.Int32BitsToSingle(code))));

    /// <summary>Fixes the counts: templates that became one count together.</summary>
    /// <param name="total">All events.</param>
    public void Resolve(int total)
    {
        if (!IsCategorical)
        {
            return;
        }

        if (_isTemplate)
        {
            MergeTemplates();
        }

        _information = new float[_counts.Count];
        for (int code = 0; code < _information.Length; code++)
        {
            int count = _counts[code];
            _information[code] = count == 0 ? 0 : -MathF.Log2((float)count / total);
            string name = _texts[code] ?? "";
            if (count > _mostFrequent.Count
                || (count == _mostFrequent.Count && string.CompareOrdinal(name, _mostFrequent.Name) < 0))
            {
                _mostFrequent = new NameCount(name, count);
            }
        }
    }

    /// <summary>The number of a code: a text's self-information in bits, or the number itself.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The number.</returns>
    public float NumberOf(int code) => IsCategorical ? _information[code] : BitConverter.Int32BitsToSingle(code);

    /// <summary>The text of a code, and how many events have it.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The text, null for none; and the count, or -1 in a column of numbers.</returns>
    public (string? Text, int Count) Describe(int code) => IsCategorical ? (_texts[code], _counts[code]) : (null, -1);

    /// <summary>The counts of all texts that came, in the order they came first; after <see cref="Resolve"/>.</summary>
    /// <returns>Texts and counts, equal texts once; null is the event without one.</returns>
    public IEnumerable<(string? Text, int Count)> ToCounts()
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        for (int code = 0; code < _counts.Count; code++)
        {
            if (_counts[code] > 0 && (_texts[code] is not { } text || told.Add(text)))
            {
                yield return (_texts[code], _counts[code]);
            }
        }
    }

    // Nearly all buckets are small numbers.
    private ref int CountOf(int bucket)
    {
        if ((uint)bucket < SmallBuckets)
        {
            return ref _smallBuckets[bucket];
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, bucket, out _);
    }

    private int TextOf(string? text)
    {
        if (text is null)
        {
            return NoText;
        }

        ref (string? Text, int Number) recent = ref _recent[RecentPairs<int>.PlaceOf(text) & (RecentTexts - 1)];
        if (ReferenceEquals(text, recent.Text))
        {
            return recent.Number;
        }

        if (!_numbers.TryGetValue(text, out int code))
        {
            if (_numbers.Count >= _mostTexts)
            {
                return FurtherTexts;
            }

            code = _counts.Count;
            _numbers.Add(text, code);
            _texts.Add(text);
            _counts.Add(0);
        }

        recent = (text, code);
        return code;
    }

    private int TemplateOf(LogTemplate? template)
    {
        if (template is null)
        {
            return NoText;
        }

        if (ReferenceEquals(template, _lastTemplate))
        {
            return _lastNumber;
        }

        if (!_templates.TryGetValue(template, out int code))
        {
            code = _counts.Count;
            _templates.Add(template, code);
            _texts.Add(template.Text);
            _mined.Add(template);
            _counts.Add(0);
        }

        (_lastTemplate, _lastNumber) = (template, code);
        return code;
    }

    private void MergeTemplates()
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int code = FurtherTexts + 1; code < _counts.Count; code++)
        {
            _texts[code] = _mined[code]!.Widest.Text;
            counts[_texts[code]!] = counts.GetValueOrDefault(_texts[code]!) + _counts[code];
        }

        for (int code = FurtherTexts + 1; code < _counts.Count; code++)
        {
            _counts[code] = counts[_texts[code]!];
        }
    }
}
