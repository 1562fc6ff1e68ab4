using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>
/// Counts the values of a field exactly, up to a number of distinct values; further values count together.
/// </summary>
internal sealed class ValueTally
{
    private readonly int _maximum;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _other;

    /// <summary>Creates a tally.</summary>
    /// <param name="maximum">Distinct values that are kept apart.</param>
    public ValueTally(int maximum = 250_000) => _maximum = maximum;

    /// <summary>Distinct values; a lower bound once the maximum is reached.</summary>
    public int Distinct => _counts.Count;

    /// <summary>Whether a value was counted by itself.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it was.</returns>
    public bool Contains(string value) => _counts.ContainsKey(value);

    /// <summary>Sum of all counts.</summary>
    public long Total => _counts.Values.Sum() + _other;

    /// <summary>Counts a value.</summary>
    /// <param name="value">The value; null is not counted.</param>
    /// <param name="times">How often it was seen.</param>
    public void Add(string? value, long times = 1)
    {
        if (value is null)
        {
            return;
        }

        if (_counts.Count >= _maximum && !_counts.ContainsKey(value))
        {
            _other += times;
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _) += times;
    }

    /// <summary>The least frequent values, most of which were seen once.</summary>
    /// <param name="most">How many at the most.</param>
    /// <param name="below">Only values that were seen less often than this.</param>
    /// <returns>The least frequent first, equal counts by name.</returns>
    public NameCount[] Rare(int most, long below) =>
    [
        .. _counts
            .Where(pair => pair.Value < below)
            .Select(pair => new NameCount(pair.Key, pair.Value))
            .OrderBy(entry => entry.Count)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .Take(most),
    ];

    /// <summary>The most frequent values.</summary>
    /// <param name="most">How many at the most; values beyond the maximum of distinct ones come last as
    /// <c>(other)</c>.</param>
    /// <returns>The most frequent first, equal counts by name.</returns>
    public IReadOnlyList<NameCount> Top(int most)
    {
        List<NameCount> top =
        [
            .. _counts
                .Select(pair => new NameCount(pair.Key, pair.Value))
                .OrderByDescending(entry => entry.Count)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Take(most),
        ];
        if (_other > 0)
        {
            top.Add(new NameCount("(other)", _other));
        }

        return top;
    }
}
