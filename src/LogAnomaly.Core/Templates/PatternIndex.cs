namespace LogAnomaly.Templates;

/// <summary>Finds the pattern that a message matches: one look-up for each set of open positions that occurs.</summary>
/// <typeparam name="T">What a pattern stands for.</typeparam>
internal sealed class PatternIndex<T>
    where T : class
{
    private readonly List<(int[] Open, Dictionary<ulong, List<(int[] Words, T Template)>> ByRest)> _sets = [];

    /// <summary>Adds a pattern.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="opened">A bit for each position that is open.</param>
    /// <param name="template">Its template.</param>
    public void Add(int[] words, ulong opened, T template)
    {
        int[] open = [.. Enumerable.Range(0, words.Length).Where(i => i < 64 && (opened >> i & 1) != 0)];
        int index = _sets.FindIndex(set => set.Open.AsSpan().SequenceEqual(open));
        if (index < 0)
        {
            index = _sets.Count;
            _sets.Add((open, []));
        }

        ulong key = KeyOf(words, open);
        Dictionary<ulong, List<(int[], T)>> byRest = _sets[index].ByRest;
        if (!byRest.TryGetValue(key, out List<(int[], T)>? list))
        {
            byRest.Add(key, list = []);
        }

        list.Add((words, template));
    }

    /// <summary>Finds the template of a message.</summary>
    /// <param name="words">Its words.</param>
    /// <returns>The matching one with the fewest open words, or null.</returns>
    public T? Find(int[] words)
    {
        T? best = null;
        int[]? fewest = null;
        foreach ((int[] open, Dictionary<ulong, List<(int[] Words, T Template)>> byRest) in _sets)
        {
            if (IsBefore(open, fewest)
                && byRest.TryGetValue(KeyOf(words, open), out List<(int[] Words, T Template)>? list))
            {
                foreach ((int[] pattern, T template) in list)
                {
                    if (Matches(pattern, words, open))
                    {
                        best = template;
                        fewest = open;
                    }
                }
            }
        }

        return best;
    }

    // Fewer open words first, then those that stand further left, so that the order in which patterns came decides
    // nothing.
    private static bool IsBefore(int[] open, int[]? other) => other is null || open.Length < other.Length
        || (open.Length == other.Length && open.AsSpan().SequenceCompareTo(other) < 0);

    private static bool Matches(int[] pattern, int[] words, int[] open)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (pattern[i] != words[i] && Array.IndexOf(open, i) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ulong KeyOf(int[] words, int[] open)
    {
        ulong key = 0;
        int next = 0;
        for (int i = 0; i < words.Length; i++)
        {
            if (next < open.Length && open[next] == i)
            {
                next++;
                continue;
            }

            key += TemplatePattern.Mix(words[i], i);
        }

        return key;
    }
}
