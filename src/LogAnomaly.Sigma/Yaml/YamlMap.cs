namespace LogAnomaly.Sigma.Yaml;

/// <summary>A mapping, in the order of the file.</summary>
/// <param name="line">Line in the file, from 1.</param>
/// <param name="entries">Its entries; no key is there twice.</param>
internal sealed class YamlMap(int line, IReadOnlyList<YamlEntry> entries) : YamlNode(line)
{
    /// <summary>Its entries.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <inheritdoc/>
    public override int Weight { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Weight);

    /// <inheritdoc/>
    public override string Kind => "a map";

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value, or null where the key is not there or stands for nothing.</returns>
    public YamlNode? Find(string key)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry.Value is YamlText { IsNull: true } ? null : entry.Value;
            }
        }

        return null;
    }

    /// <summary>Line of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Its line, or that of the map where it is not there.</returns>
    public int LineOf(string key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Line ?? Line;

    /// <summary>The text of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text, or null where the key is not there.</returns>
    /// <exception cref="RuleFormatException">The value is a list or a map.</exception>
    public string? TextOf(string key) => Find(key) switch
    {
        null => null,
        YamlText text => text.Value,
        YamlNode other => throw new RuleFormatException(other.Line, $"'{key}' is {other.Kind}; it takes a text."),
    };

    /// <summary>The texts of a key that takes one text or a list of them.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The texts; none where the key is not there.</returns>
    /// <exception cref="RuleFormatException">The value is a map, or has a list or a map in it.</exception>
    public IReadOnlyList<string> TextsOf(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlText text:
                return [text.Value];
            case YamlList list:
                if (list.Items.FirstOrDefault(item => item is not YamlText) is { } unfit)
                {
                    throw Unfit(key, unfit);
                }

                // A list: into an array of the compiler's own PowerShell cannot index.
                List<string> texts =
                    [.. list.Items.Cast<YamlText>().Where(text => !text.IsNull).Select(text => text.Value)];
                return texts;
            case YamlNode other:
                throw Unfit(key, other);
        }
    }

    /// <summary>The map of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The map, or null where the key is not there.</returns>
    /// <exception cref="RuleFormatException">The value is no map.</exception>
    public YamlMap? MapOf(string key) => Find(key) switch
    {
        null => null,
        YamlMap map => map,
        YamlNode other => throw new RuleFormatException(other.Line, $"'{key}' is {other.Kind}; it takes a map."),
    };

    /// <summary>
    /// This map over another: its own entries win, and maps in both are laid over one another in turn.
    /// </summary>
    /// <param name="below">The other map.</param>
    /// <returns>The map of both.</returns>
    public YamlMap Over(YamlMap below)
    {
        List<YamlEntry> entries = [.. Entries.Select(entry => Laid(entry, below))];
        entries.AddRange(below.Entries.Where(other => Entries.All(entry => entry.Key != other.Key)));
        return new YamlMap(Line, entries);
    }

    private static YamlEntry Laid(YamlEntry entry, YamlMap below) =>
        entry.Value is YamlMap own && below.Find(entry.Key) is YamlMap other
            ? entry with { Value = own.Over(other) }
            : entry;

    private static RuleFormatException Unfit(string key, YamlNode node) =>
        new(node.Line, $"'{key}' has {node.Kind} where it takes a text or a list of texts.");
}
