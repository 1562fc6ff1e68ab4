using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>Says what would have to be different for something to be usual.</summary>
internal static class NormalSentence
{
    private const int LongestValue = 80;

    /// <summary>The sentence.</summary>
    /// <param name="found">What would have to change; at least one column.</param>
    /// <param name="textOf">The text of a number in a column, such as the most frequent of the values that have
    /// it.</param>
    /// <returns>Such as <c>It would be usual with Method "GET" and StatusCode "200".</c></returns>
    public static string Of(Counterfactual found, Func<int, float, string> textOf) =>
        Of([.. found.Changes.Select(change => (change.Column, textOf(change.Index, change.Needed)))])!;

    /// <summary>The sentence about usual values.</summary>
    /// <param name="values">Columns and their usual values.</param>
    /// <returns>The sentence, or null where there are none.</returns>
    public static string? Of(IReadOnlyList<(string Column, string Value)> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        string[] parts = [.. values.Select(value =>
            $"{value.Column} \"{(value.Value.Length == 0 ? "(none)" : Shorten(value.Value))}\"")];
        string list = parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        return $"It would be usual with {list}.";
    }

    private static string Shorten(string text) =>
        text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}
