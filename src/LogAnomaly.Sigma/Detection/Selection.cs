using LogAnomaly.Rules;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Detection;

/// <summary>
/// A selection: a map of fields that must all fit, a list of maps or keywords of which one must, or a keyword.
/// </summary>
internal static class Selection
{
    private static readonly FieldKey s_keyword = FieldKey.Parse("", 1);

    /// <summary>The condition of a selection.</summary>
    /// <param name="node">The selection.</param>
    /// <param name="options">How rules are read.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="RuleFormatException">The selection has a fault.</exception>
    public static RuleCondition Read(YamlNode node, SigmaOptions options) => node switch
    {
        YamlMap { Entries.Count: > 0 } map => Conditions.All([.. map.Entries.Select(entry =>
            new FieldTests(FieldKey.Parse(entry.Key, entry.Line), options).Of(entry.Value))]),
        YamlList { Items.Count: > 0 } list => Conditions.Any([.. list.Items.Select(item => ReadItem(item, options))]),
        YamlText { IsNull: false } => new FieldTests(s_keyword, options).Of(node),
        _ => throw new RuleFormatException(node.Line, "A selection is empty; it takes a map of fields or a list."),
    };

    private static RuleCondition ReadItem(YamlNode item, SigmaOptions options) => item is YamlList
        ? throw new RuleFormatException(
            item.Line, "A list of a selection has a list in it; it takes maps of fields, or keywords.")
        : Read(item, options);
}
