namespace LogAnomaly.Features;

/// <summary>
/// The terms by which rows are told apart, with their inverse document frequency, learned from some rows and applied to
/// any. With N rows of which df have a term that stands tf times in a row: tf-idf = (1 + ln tf) * ln((1 + N) / (1 +
/// df)), and 0 where it is not in the row (Salton and Buckley, "Term-Weighting Approaches in Automatic Text Retrieval",
/// Information Processing and Management 24(5), 1988). The terms are those whose presence tells most about which row it
/// is: by the entropy of df / N.
/// </summary>
public sealed class TermVocabulary
{
    private readonly Dictionary<string, int> _places;

    /// <summary>Creates a vocabulary.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="weights">The inverse document frequency of each.</param>
    internal TermVocabulary(IReadOnlyList<string> terms, IReadOnlyList<double> weights)
    {
        Terms = terms;
        Weights = weights;
        _places = new Dictionary<string, int>(terms.Count, StringComparer.Ordinal);
        for (int place = 0; place < terms.Count; place++)
        {
            _places.Add(terms[place], place);
        }
    }

    /// <summary>The terms, the most informative first.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The inverse document frequency of each term: ln((1 + N) / (1 + df)).</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Chooses the terms.</summary>
    /// <param name="rowsWith">In how many rows each term is.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="most">Terms that are chosen; one that is in all rows tells nothing and is none.</param>
    /// <returns>The vocabulary.</returns>
    internal static TermVocabulary Choose(IReadOnlyDictionary<string, long> rowsWith, long rows, int most)
    {
        KeyValuePair<string, long>[] chosen =
        [
            .. rowsWith.Where(term => term.Value < rows)
                .OrderByDescending(term => EntropyOf((double)term.Value / rows))
                .ThenBy(term => term.Key, StringComparer.Ordinal)
                .Take(most),
        ];
        return new TermVocabulary(
            Array.ConvertAll(chosen, term => term.Key),
            Array.ConvertAll(chosen, term => Math.Log((1.0 + rows) / (1.0 + term.Value))));
    }

    /// <summary>The tf-idf of a row; what is not in the row stays as it is.</summary>
    /// <param name="counts">How often each term stands in the row.</param>
    /// <param name="values">Takes the values, a place for each term.</param>
    internal void Fill(IReadOnlyDictionary<string, long> counts, Span<float> values)
    {
        foreach ((string term, long count) in counts)
        {
            if (_places.TryGetValue(term, out int place))
            {
                values[place] = (float)((1 + Math.Log(count)) * Weights[place]);
            }
        }
    }

    private static double EntropyOf(double share) =>
        share is <= 0 or >= 1 ? 0 : -(share * Math.Log2(share)) - ((1 - share) * Math.Log2(1 - share));
}
