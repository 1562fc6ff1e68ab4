using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>
/// The rules of a file before their references are resolved, and the faults of those that cannot be read.
/// </summary>
internal sealed class RuleFile
{
    private readonly string _path;
    private readonly DraftReader _reader;

    private RuleFile(string path, SigmaOptions options)
    {
        _path = path;
        _reader = new DraftReader(path, options);
    }

    /// <summary>The rules, in the order of the file.</summary>
    public List<RuleDraft> Drafts { get; } = [];

    /// <summary>The faults.</summary>
    public List<RuleFault> Faults { get; } = [];

    /// <summary>Ids and names of the rules that cannot be read.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a text.</summary>
    /// <param name="text">Text of the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How rules are read.</param>
    /// <returns>The rules of the file.</returns>
    public static RuleFile Read(string text, string path, SigmaOptions options)
    {
        RuleFile file = new(path, options);
        YamlMap? shared = null;
        YamlMap? before = null;
        HashSet<string> sharedIds = new(StringComparer.OrdinalIgnoreCase);
        foreach (YamlDocumentText document in YamlDocumentText.Split(text))
        {
            if (file.ReadMap(document) is not { } map)
            {
                continue;
            }

            // Collections of old Sigma: what is global is laid under all documents that follow, until it is reset.
            switch ((map.Find("action") as YamlText)?.Value)
            {
                case "global":
                    shared = shared is null ? map : map.Over(shared);
                    continue;
                case "reset":
                    shared = null;
                    before = null;
                    break;
                case "repeat" when before is not null:
                    map = map.Over(before);
                    break;
            }

            before = map;
            file.ReadRule(shared is null ? map : map.Over(shared), map, sharedIds);
        }

        if (file.Drafts.Count == 0 && file.Faults.Count == 0)
        {
            file.Faults.Add(new RuleFault(path, 1, null, "There is no rule in this file."));
        }

        return file;
    }

    /// <summary>A file that cannot be read at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">Why.</param>
    /// <returns>The file.</returns>
    public static RuleFile Failed(string path, string message)
    {
        RuleFile file = new(path, new SigmaOptions());
        file.Faults.Add(new RuleFault(path, 1, null, message));
        return file;
    }

    private YamlMap? ReadMap(YamlDocumentText document)
    {
        try
        {
            YamlNode? node = YamlReader.Read(document.Text, document.FirstLine);
            return node is null or YamlMap
                ? node as YamlMap
                : throw new RuleFormatException(
                    node.Line, $"This is {node.Kind}; a rule is a map with a title and a detection.");
        }
        catch (RuleFormatException exception)
        {
            Faults.Add(new RuleFault(_path, exception.Line, null, exception.Message));
            return null;
        }
    }

    // Documents that have their id from the global one would all have the same.
    private void ReadRule(YamlMap map, YamlMap own, HashSet<string> sharedIds)
    {
        string? id = (map.Find("id") as YamlText)?.Value;
        bool isShared = id is not null && own.Find("id") is null;
        string? madeId = isShared && !sharedIds.Add(id!) ? $"{id}#{own.Line}" : null;
        try
        {
            // The line of the rule is that of its own document, also where most of it is global.
            Drafts.AddRange(_reader.Read(map, madeId));
        }
        catch (RuleFormatException exception)
        {
            Faults.Add(new RuleFault(_path, exception.Line, madeId ?? id, exception.Message));
            foreach (string key in new[] { madeId ?? id, (map.Find("name") as YamlText)?.Value }.OfType<string>())
            {
                Unreadable.Add(key);
            }
        }
    }
}
