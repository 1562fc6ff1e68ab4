using System.Globalization;
using System.Text;

namespace LogAnomaly.Rules;

/// <summary>
/// The values that a finding saw in a field: how many distinct ones, and of the first of them how often.
/// </summary>
internal sealed class FindingTally
{
    private const int MostNamed = 12;
    private const int MostDistinct = 1_000;
    private const int MostShown = 5;

    private readonly List<(string Value, long Count)> _named = [];
    private HashTally? _others;

    /// <summary>Distinct values, 1,012 at most.</summary>
    public int Distinct => _named.Count + (_others?.Count ?? 0);

    /// <summary>Counts a value.</summary>
    /// <param name="utf8">The value; an empty one is none.</param>
    /// <param name="count">How often it came.</param>
    public void Add(ReadOnlySpan<byte> utf8, long count)
    {
        if (utf8.IsEmpty)
        {
            return;
        }

        for (int index = 0; index < _named.Count; index++)
        {
            (string known, long before) = _named[index];
            if (IsEqual(known, utf8))
            {
                _named[index] = (known, before + count);
                return;
            }
        }

        if (_named.Count < MostNamed)
        {
            _named.Add((Encoding.UTF8.GetString(utf8), count));
        }
        else if ((_others ??= new HashTally()).Count < MostDistinct)
        {
            _others.Add(ValueHash.Of(utf8));
        }
    }

    /// <summary>The values in words, the most frequent first.</summary>
    /// <returns>The words.</returns>
    public string Describe()
    {
        List<(string Value, long Count)> sorted = [.. _named.OrderByDescending(pair => pair.Count)];
        string shown = string.Join(", ", sorted.Take(MostShown).Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Start(pair.Value, 64)} ({pair.Count:N0})")));
        int more = Distinct - Math.Min(sorted.Count, MostShown);
        return more == 0 ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {more:N0} more");
    }

    private static bool IsEqual(string known, ReadOnlySpan<byte> utf8) =>
        Ascii.Equals(utf8, known) || (!Ascii.IsValid(utf8) && Encoding.UTF8.GetString(utf8) == known);
}
