namespace LogAnomaly.Templates;

/// <summary>Templates with words left open, asked for the one that a message matches.</summary>
internal sealed class WideTemplates
{
    private readonly Dictionary<(int Words, string First), List<Entry>> _entries = [];

    /// <summary>Finds the template of a message.</summary>
    /// <param name="words">Words of the masked message.</param>
    /// <returns>The matching template with the fewest open words, the first by text of several; or null.</returns>
    public LogTemplate? Find(string[] words)
    {
        Entry? best = null;
        best = Best(best, words, words[0]);
        best = Best(best, words, LogTemplate.Variable);
        return best?.Template;
    }

    /// <summary>Adds a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="words">Its words.</param>
    public void Add(LogTemplate template, string[] words)
    {
        if (!_entries.TryGetValue((words.Length, words[0]), out List<Entry>? entries))
        {
            entries = [];
            _entries.Add((words.Length, words[0]), entries);
        }

        entries.Add(new Entry(template, words, words.Count(word => word == LogTemplate.Variable)));
    }

    /// <summary>Takes a template out, if it is here.</summary>
    /// <param name="template">The template.</param>
    public void Remove(LogTemplate template)
    {
        string[] words = template.Text.Split(' ');
        if (_entries.TryGetValue((words.Length, words[0]), out List<Entry>? entries))
        {
            entries.RemoveAll(entry => entry.Template == template);
        }
    }

    /// <summary>Whether a text is one of a template, its open words aside.</summary>
    /// <param name="template">Words of the template.</param>
    /// <param name="text">The text, words parted by one space each.</param>
    /// <returns>Whether it matches.</returns>
    public static bool Matches(string[] template, ReadOnlySpan<char> text)
    {
        for (int i = 0; i < template.Length; i++)
        {
            int space = text.IndexOf(' ');
            bool isLast = i == template.Length - 1;
            ReadOnlySpan<char> word = space < 0 ? text : text[..space];
            if (isLast != space < 0 || (template[i] != LogTemplate.Variable && !word.SequenceEqual(template[i])))
            {
                return false;
            }

            text = isLast ? [] : text[(space + 1)..];
        }

        return true;
    }

    private static bool Matches(string[] template, string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (template[i] != words[i] && template[i] != LogTemplate.Variable)
            {
                return false;
            }
        }

        return true;
    }

    private Entry? Best(Entry? best, string[] words, string first)
    {
        foreach (Entry entry in _entries.GetValueOrDefault((words.Length, first)) ?? [])
        {
            bool isBetter = best is null || entry.Open < best.Open
                || (entry.Open == best.Open && string.CompareOrdinal(entry.Template.Text, best.Template.Text) < 0);
            if (isBetter && Matches(entry.Words, words))
            {
                best = entry;
            }
        }

        return best;
    }

    private sealed record Entry(LogTemplate Template, string[] Words, int Open);
}
