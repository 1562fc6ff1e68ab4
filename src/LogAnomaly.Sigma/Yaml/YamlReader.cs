using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LogAnomaly.Sigma.Yaml;

/// <summary>
/// Reads one YAML document into nodes. It stands on the events of the parser and not on its object model, because each
/// node needs its line, and because an alias has to stay one shared node: spelled out, nine lines can become a billion
/// nodes.
/// </summary>
internal sealed class YamlReader
{
    private const int GreatestDepth = 64;

    // The largest rule of SigmaHQ has some 2,000 nodes.
    private const int GreatestWeight = 200_000;

    private readonly Parser _parser;

    // Lines of the file that stand before the text.
    private readonly int _offset;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];

    // Line of the last node that was met.
    private int _line;

    private YamlReader(string text, int offset)
    {
        _parser = new Parser(new StringReader(text));
        _offset = offset;
        _line = offset + 1;
    }

    /// <summary>Reads the document of a text.</summary>
    /// <param name="text">The text, of one document.</param>
    /// <param name="firstLine">Line of the file where the text begins, from 1.</param>
    /// <returns>Its root, or null where it has nothing but comments.</returns>
    /// <exception cref="RuleFormatException">The text is no YAML, or more of it than any rule needs.</exception>
    public static YamlNode? Read(string text, int firstLine)
    {
        YamlReader reader = new(text, firstLine - 1);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            int line = (int)exception.Start.Line + reader._offset;
            throw new RuleFormatException(Math.Max(line, 1), $"This is not YAML: {exception.Message}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser of YamlDotNet fails so on some broken texts, without saying where.
            throw new RuleFormatException(reader._line, $"This is not YAML: {exception.Message}");
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        YamlNode root = ReadNode(0);
        return root is YamlText { IsNull: true } ? null : root;
    }

    private YamlNode ReadNode(int depth)
    {
        int line = LineOf(_parser.Current!);
        _line = line;
        if (depth > GreatestDepth)
        {
            throw new RuleFormatException(line, $"This is nested more than {GreatestDepth} deep.");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            _parser.MoveNext();
            return _anchors.TryGetValue(alias.Value, out YamlNode? target)
                ? target
                : throw new RuleFormatException(line, $"The alias '{alias.Value}' stands for no anchor before it.");
        }

        AnchorName anchor = (_parser.Current as NodeEvent)?.Anchor
            ?? throw new RuleFormatException(line, "This is not YAML: a value is missing.");
        YamlNode node = _parser.Current switch
        {
            SequenceStart => ReadList(line, depth),
            MappingStart => ReadMap(line, depth),
            _ => ReadText(line),
        };
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlText ReadText(int line)
    {
        Scalar scalar = _parser.Consume<Scalar>();
        return new YamlText(line, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList ReadList(int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        List<YamlNode> items = [];
        long weight = 0;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
            weight = Bounded(weight + items[^1].Weight, line);
        }

        return new YamlList(line, items);
    }

    private YamlMap ReadMap(int line, int depth)
    {
        _parser.Consume<MappingStart>();
        List<YamlEntry> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        List<YamlMap> merged = [];
        long weight = 0;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            YamlEntry entry = ReadEntry(depth);
            weight = Bounded(weight + 1 + entry.Value.Weight, line);
            if (entry.Key == "<<")
            {
                merged.AddRange(MapsOf(entry));
                continue;
            }

            if (!keys.Add(entry.Key))
            {
                throw new RuleFormatException(entry.Line, $"The key '{entry.Key}' is there twice in one map.");
            }

            entries.Add(entry);
        }

        YamlMap map = new(line, entries);
        return merged.Aggregate(map, (above, below) => above.Over(below));
    }

    private YamlEntry ReadEntry(int depth)
    {
        YamlNode key = ReadNode(depth + 1);
        return key is YamlText text
            ? new YamlEntry(text.Value, text.Line, ReadNode(depth + 1))
            : throw new RuleFormatException(key.Line, $"A key is {key.Kind}; it has to be a text.");
    }

    private static IEnumerable<YamlMap> MapsOf(YamlEntry entry) => entry.Value switch
    {
        YamlMap map => [map],
        YamlList list when list.Items.All(item => item is YamlMap) => list.Items.Cast<YamlMap>(),
        _ => throw new RuleFormatException(entry.Line, "'<<' takes a map, or a list of maps."),
    };

    private static long Bounded(long weight, int line) => weight <= GreatestWeight
        ? weight
        : throw new RuleFormatException(
            line, $"This document has more than {GreatestWeight} nodes with its aliases spelled out.");

    private int LineOf(ParsingEvent current) => (int)current.Start.Line + _offset;
}
