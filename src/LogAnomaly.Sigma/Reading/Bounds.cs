using System.Globalization;
using LogAnomaly.Rules;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>
/// Reads bounds: a map of <c>gt</c>, <c>gte</c>, <c>lt</c>, <c>lte</c>, <c>eq</c> and <c>neq</c> to numbers.
/// </summary>
internal static class Bounds
{
    /// <summary>Reads them.</summary>
    /// <param name="map">The map.</param>
    /// <param name="others">Keys that may be there and are no bounds.</param>
    /// <returns>The bounds.</returns>
    /// <exception cref="RuleFormatException">A key is not known, or a value is no number.</exception>
    public static IReadOnlyList<CorrelationBound> Read(YamlMap map, params string[] others) =>
    [
        .. map.Entries.Where(entry => !others.Contains(entry.Key))
            .Select(entry => new CorrelationBound(ComparisonOf(entry), NumberOf(entry.Key, entry.Value))),
    ];

    /// <summary>The bounds in the words of a rule's parameters: the number alone where it is a least one.</summary>
    /// <param name="bounds">The bounds, at least one.</param>
    /// <returns>The text.</returns>
    public static string TextOf(IReadOnlyList<CorrelationBound> bounds) =>
        bounds is [{ Comparison: BoundComparison.GreaterOrEqual }]
            ? Text(bounds[0].Value)
            : string.Join(" and ", bounds.Select(bound => $"{SignOf(bound.Comparison)} {Text(bound.Value)}"));

    /// <summary>A number of a rule.</summary>
    /// <param name="key">The key that it stands under.</param>
    /// <param name="node">The number.</param>
    /// <returns>The number.</returns>
    /// <exception cref="RuleFormatException">It is none.</exception>
    public static double NumberOf(string key, YamlNode node) =>
        node is YamlText text
        && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : throw new RuleFormatException(node.Line, $"'{key}' takes a number.");

    private static BoundComparison ComparisonOf(YamlEntry entry) => entry.Key switch
    {
        "gt" => BoundComparison.Greater,
        "gte" => BoundComparison.GreaterOrEqual,
        "lt" => BoundComparison.Less,
        "lte" => BoundComparison.LessOrEqual,
        "eq" => BoundComparison.Equal,
        "neq" => BoundComparison.NotEqual,
        _ => throw new RuleFormatException(
            entry.Line, $"'{entry.Key}' is no bound; known are gt, gte, lt, lte, eq and neq."),
    };

    private static string SignOf(BoundComparison comparison) => comparison switch
    {
        BoundComparison.Greater => ">",
        BoundComparison.GreaterOrEqual => ">=",
        BoundComparison.Less => "<",
        BoundComparison.LessOrEqual => "<=",
        BoundComparison.NotEqual => "!=",
        _ => "=",
    };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
