using System.Globalization;
using System.Text.Json;
using LogAnomaly.Rules;

namespace LogAnomaly.Cli.Output;

/// <summary>Rules, as JSON or for people.</summary>
internal static class RuleList
{
    private static readonly (JsonEncodedText Name, Func<LogRule, object?> Value)[] s_values =
    [
        (Encoded(nameof(LogRule.Id)), rule => rule.Id),
        (Encoded(nameof(LogRule.Title)), rule => rule.Title),
        (Encoded(nameof(LogRule.Severity)), rule => rule.Severity),
        (Encoded(nameof(LogRule.Area)), rule => rule.Area),
        (Encoded(nameof(LogRule.Type)), rule => rule.Type),
        (Encoded(nameof(LogRule.Description)), rule => rule.Description),
        (Encoded(nameof(LogRule.Timespan)), rule => rule.Timespan?.ToString("c", CultureInfo.InvariantCulture)),
        (Encoded(nameof(LogRule.Status)), rule => rule.Status),
        (Encoded(nameof(LogRule.Author)), rule => rule.Author),
        (Encoded(nameof(LogRule.Path)), rule => rule.Path),
        (Encoded(nameof(LogRule.LineNumber)), rule => rule.LineNumber),
        (Encoded(nameof(LogRule.IsBuiltIn)), rule => rule.IsBuiltIn),
    ];

    private static readonly (JsonEncodedText Name, Func<LogRule, IReadOnlyList<string>> Values)[] s_lists =
    [
        (Encoded(nameof(LogRule.Techniques)), rule => rule.Techniques),
        (Encoded(nameof(LogRule.FormerTechniques)), rule => rule.FormerTechniques),
        (Encoded(nameof(LogRule.GroupBy)), rule => rule.GroupBy),
        (Encoded(nameof(LogRule.FalsePositives)), rule => rule.FalsePositives),
        (Encoded(nameof(LogRule.References)), rule => rule.References),
        (Encoded(nameof(LogRule.Tags)), rule => rule.Tags),
    ];

    private static readonly JsonEncodedText s_parameters = Encoded(nameof(LogRule.Parameters));

    /// <summary>Writes one object a line, with the names of the properties of <see cref="LogRule"/>.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<LogRule> rules, CliHost host)
    {
        using JsonLines lines = new(host.Output);
        foreach (LogRule rule in rules)
        {
            lines.StartLine();
            foreach ((JsonEncodedText name, Func<LogRule, object?> value) in s_values)
            {
                lines.Write(name, value(rule));
            }

            foreach ((JsonEncodedText name, Func<LogRule, IReadOnlyList<string>> values) in s_lists)
            {
                lines.Write(name, values(rule));
            }

            lines.Write(s_parameters, rule.Parameters.ToDictionary(one => one.Key, one => (object?)one.Value));
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes a line for each: its id, its severity, its techniques and its title.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogRule> rules, CliHost host)
    {
        string[] techniques = [.. rules.Select(rule => string.Join(' ', rule.Techniques))];
        int idWidth = rules.Select(rule => VisibleText.Escape(rule.Id).Length).Append(2).Max();
        int techniqueWidth = techniques.Select(text => text.Length).Append("Techniques".Length).Max();
        host.Text.WriteLine($"{"Id".PadRight(idWidth)}  Severity       {"Techniques".PadRight(techniqueWidth)}  Title");
        for (int at = 0; at < rules.Count; at++)
        {
            LogRule rule = rules[at];
            host.Text.WriteLine(
                $"{VisibleText.Escape(rule.Id).PadRight(idWidth)}  {rule.Severity,-13}  "
                + $"{techniques[at].PadRight(techniqueWidth)}  "
                + VisibleText.Escape(rule.Title));
        }

        host.Flush();
    }

    private static JsonEncodedText Encoded(string name) => JsonEncodedText.Encode(name);
}
