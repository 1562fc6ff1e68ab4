using System.Runtime.InteropServices;

namespace LogAnomaly.Features;

/// <summary>
/// The encoding of one categorical feature: how often each text was seen. The number of a text is its self-information
/// -log2(share) in bits; one that was never seen, or was beyond those that are kept, belongs to the unknown class,
/// which weighs half an event: its number is greater than that of any known text.
/// </summary>
internal sealed class CategoryCounts
{
    private const double UnknownWeight = 0.5;

    private readonly Dictionary<string, long> _counts;
    private readonly int _maximum;

    /// <summary>Creates an encoding that knows nothing.</summary>
    /// <param name="maximum">Texts that are kept.</param>
    public CategoryCounts(int maximum)
    {
        _maximum = maximum;
        _counts = new Dictionary<string, long>(StringComparer.Ordinal);
    }

    /// <summary>Events that it has seen.</summary>
    public long Total { get; private set; }

    /// <summary>The texts and their counts, the most frequent first, equal counts by text.</summary>
    public IEnumerable<NameCount> Entries => _counts
        .Select(pair => new NameCount(pair.Key, pair.Value))
        .OrderByDescending(entry => entry.Count)
        .ThenBy(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>Learns a text.</summary>
    /// <param name="text">The text; null is one of its own.</param>
    /// <param name="times">How often it was seen.</param>
    public void Learn(string? text, long times = 1)
    {
        Total += times;
        if (_counts.Count < _maximum || _counts.ContainsKey(text ?? ""))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, text ?? "", out _) += times;
        }
    }

    /// <summary>Learns texts that it does not keep.</summary>
    /// <param name="times">How many.</param>
    public void LearnFurther(long times) => Total += times;

    /// <summary>The number of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isKnown">Whether it is one that was learned.</param>
    /// <returns>Its self-information in bits.</returns>
    public float Encode(string? text, out bool isKnown)
    {
        isKnown = _counts.TryGetValue(text ?? "", out long count);
        return Total == 0 ? 0 : -MathF.Log2((float)(isKnown ? count : UnknownWeight) / Total);
    }
}
