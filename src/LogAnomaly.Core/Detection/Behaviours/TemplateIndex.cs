namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Numbers templates from 0, so that behaviours look them up in arrays. A template keeps its number when it becomes
/// part of a wider one, and a text that a known template with open words covers has the number of that: so what an
/// earlier run knew as wide is not new because this run has not widened it yet. At most <see cref="MostTemplates"/> are
/// told apart. All behaviours of a set share one.
/// </summary>
internal sealed class TemplateIndex
{
    /// <summary>Templates that are told apart; further ones have no number.</summary>
    public const int MostTemplates = 30_000;

    private const int MostObjects = 100_000;

    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<LogTemplate, int> _byTemplate = [];
    private readonly List<LogTemplate> _unmerged = [];
    private readonly Dictionary<int, List<(string[] Words, int Id)>> _open = [];
    private LogTemplate? _lastTemplate;
    private int _lastId;

    /// <summary>Numbers that became part of others, in the order in which that happened.</summary>
    public List<(int From, int To)> Merges { get; } = [];

    /// <summary>How many templates have a number.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of an event's template.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The number, or -1 where it has no template or there are too many.</returns>
    public int Of(LogEvent logEvent)
    {
        LogTemplate? template = logEvent.Mined;
        return template is null ? -1 : Of(template);
    }

    /// <summary>The number of a template.</summary>
    /// <param name="template">The template, the widest of its kind.</param>
    /// <returns>The number, or -1 where there are too many.</returns>
    public int Of(LogTemplate template)
    {
        if (!ReferenceEquals(template, _lastTemplate))
        {
            _lastId = _byTemplate.TryGetValue(template, out int id) ? id : Number(template);
            _lastTemplate = template;
        }

        return _lastId;
    }

    /// <summary>The number of a template by its text, which is made for a new one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The number, or -1 where there are too many.</returns>
    public int Of(string text)
    {
        if (_byText.TryGetValue(text, out int id))
        {
            return id;
        }

        if (_texts.Count >= MostTemplates)
        {
            return -1;
        }

        id = _texts.Count;
        _texts.Add(text);
        Name(text, id);
        return id;
    }

    /// <summary>The text of a template.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The text; of one that was widened, the wider text.</returns>
    public string TextOf(int id) => _texts[id];

    private int Number(LogTemplate template)
    {
        int id = _byText.TryGetValue(template.Text, out int known)
            ? known
            : FindMerged(template) ?? FindCovering(template.Text) ?? Of(template.Text);
        if (_byTemplate.Count < MostObjects)
        {
            _byTemplate.Add(template, id);
        }

        if (id >= 0 && _unmerged.Count < MostObjects)
        {
            _unmerged.Add(template);
        }

        return id;
    }

    // The wider template has the number of the first that it took in, and its text from then on.
    private int? FindMerged(LogTemplate template)
    {
        int? found = null;
        if (!template.Text.Contains(LogTemplate.Variable, StringComparison.Ordinal))
        {
            return null;
        }

        List<int> parts = [];
        for (int i = _unmerged.Count - 1; i >= 0; i--)
        {
            if (_unmerged[i].MergedInto is null || !ReferenceEquals(_unmerged[i].Widest, template))
            {
                continue;
            }

            int id = _byTemplate[_unmerged[i]];
            found = Math.Min(found ?? id, id);
            parts.Add(id);
            _unmerged.RemoveAt(i);
        }

        if (found is { } kept)
        {
            Merges.AddRange(parts.Where(part => part != kept).Select(part => (part, kept)));
            _texts[kept] = template.Text;
            Name(template.Text, kept);
        }

        return found;
    }

    private int? FindCovering(string text)
    {
        string[] words = text.Split(' ');
        if (_open.TryGetValue(words.Length, out List<(string[] Words, int Id)>? open))
        {
            foreach ((string[] wide, int id) in open)
            {
                if (Covers(wide, words))
                {
                    return id;
                }
            }
        }

        return null;
    }

    private void Name(string text, int id)
    {
        _byText[text] = id;
        if (!text.Contains(LogTemplate.Variable, StringComparison.Ordinal))
        {
            return;
        }

        string[] words = text.Split(' ');
        if (!_open.TryGetValue(words.Length, out List<(string[] Words, int Id)>? open))
        {
            _open.Add(words.Length, open = []);
        }

        open.Add((words, id));
    }

    private static bool Covers(string[] wide, string[] words)
    {
        for (int i = 0; i < wide.Length; i++)
        {
            if (wide[i] != words[i] && wide[i] != LogTemplate.Variable)
            {
                return false;
            }
        }

        return true;
    }
}
