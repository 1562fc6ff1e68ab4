namespace LogAnomaly.Analysis;

/// <summary>
/// Which templates are narrower forms of others: one log may show four users where another shows two, and then the same
/// message has a template with an open word in one of them only.
/// </summary>
internal static class TemplateWidening
{
    /// <summary>Finds the wider form of each template that has one.</summary>
    /// <param name="texts">The texts of all templates.</param>
    /// <returns>The wider text by the narrower.</returns>
    public static Dictionary<string, string> Of(IEnumerable<string> texts)
    {
        Dictionary<int, List<(string Text, string[] Words, int Open)>> wide = [];
        HashSet<string> all = new(texts, StringComparer.Ordinal);
        foreach (string text in all.Where(text => text.Contains(LogTemplate.Variable, StringComparison.Ordinal)))
        {
            string[] words = text.Split(' ');
            int open = words.Count(word => word == LogTemplate.Variable);
            if (open > 0 && open < words.Length)
            {
                (wide.TryGetValue(words.Length, out var list) ? list : wide[words.Length] = [])
                    .Add((text, words, open));
            }
        }

        Dictionary<string, string> wider = new(StringComparer.Ordinal);
        foreach (string text in wide.Count == 0 ? [] : all)
        {
            string[] words = text.Split(' ');
            (string? Text, int Open) best = (null, words.Count(word => word == LogTemplate.Variable));
            foreach ((string candidate, string[] pattern, int open) in wide.GetValueOrDefault(words.Length) ?? [])
            {
                if (open > best.Open && Matches(pattern, words))
                {
                    best = (candidate, open);
                }
            }

            if (best.Text is not null)
            {
                wider.Add(text, best.Text);
            }
        }

        return wider;
    }

    /// <summary>Counts templates as their wider forms.</summary>
    /// <param name="entries">The templates.</param>
    /// <param name="wider">The wider text by the narrower.</param>
    /// <returns>The templates that are left.</returns>
    public static SortedDictionary<string, ProfileEntry> Fold(
        SortedDictionary<string, ProfileEntry> entries, Dictionary<string, string> wider)
    {
        if (wider.Count == 0)
        {
            return entries;
        }

        SortedDictionary<string, ProfileEntry> folded = new(StringComparer.Ordinal);
        foreach ((string text, ProfileEntry entry) in entries)
        {
            string widest = wider.GetValueOrDefault(text, text);
            folded[widest] = ProfileEntry.Sum(folded.GetValueOrDefault(widest), entry);
        }

        return folded;
    }

    private static bool Matches(string[] pattern, string[] words)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != LogTemplate.Variable && pattern[i] != words[i])
            {
                return false;
            }
        }

        return true;
    }
}
