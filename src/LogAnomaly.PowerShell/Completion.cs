using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>What the completers share: matching by any part of the name, and quotes where a value needs them.</summary>
internal static class Completion
{
    /// <summary>The values that hold what was typed.</summary>
    /// <param name="values">Values with what a menu says of them.</param>
    /// <param name="typed">What was typed so far, quotes included.</param>
    /// <returns>The results: values that begin with it first.</returns>
    public static IEnumerable<CompletionResult> Among(IEnumerable<(string Value, string About)> values, string typed)
    {
        string word = (typed ?? "").Trim('\'', '"');
        return values
            .Where(value => value.Value.Contains(word, StringComparison.OrdinalIgnoreCase))
            .OrderBy(value => !value.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .ThenBy(value => value.Value, StringComparer.Ordinal)
            .Select(value => new CompletionResult(
                value.Value.Contains(' ', StringComparison.Ordinal) ? $"'{value.Value}'" : value.Value,
                value.Value,
                CompletionResultType.ParameterValue,
                string.IsNullOrEmpty(value.About) ? value.Value : value.About));
    }
}
