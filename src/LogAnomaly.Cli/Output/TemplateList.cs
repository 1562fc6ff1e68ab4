using System.Globalization;
using System.Text.Json;
using LogAnomaly.Analysis;

namespace LogAnomaly.Cli.Output;

/// <summary>Templates, as JSON or for people.</summary>
internal static class TemplateList
{
    private static readonly (JsonEncodedText Name, Func<LogTemplate, object?> Value)[] s_values =
    [
        (Name(nameof(LogTemplate.Id)), template => template.Id),
        (Name(nameof(LogTemplate.Text)), template => template.Text),
        (Name(nameof(LogTemplate.Count)), template => template.Count),
        (Name(nameof(LogTemplate.Share)), template => template.Share),
        (Name("Rate"), RateOf),
        (Name(nameof(LogTemplate.FirstSeen)), template => template.FirstSeen),
        (Name(nameof(LogTemplate.LastSeen)), template => template.LastSeen),
        (Name(nameof(LogTemplate.Example)), template => template.Example),
    ];

    private static readonly (JsonEncodedText Name, Func<TemplateChange, object?> Value)[] s_changes =
    [
        (Name(nameof(TemplateChange.State)), change => change.State),
        (Name(nameof(TemplateChange.Id)), change => change.Id),
        (Name(nameof(TemplateChange.Template)), change => change.Template),
        (Name(nameof(TemplateChange.Count)), change => change.Count),
        (Name(nameof(TemplateChange.Share)), change => change.Share),
        (Name(nameof(TemplateChange.ReferenceCount)), change => change.ReferenceCount),
        (Name(nameof(TemplateChange.ReferenceShare)), change => change.ReferenceShare),
        (Name(nameof(TemplateChange.Ratio)), change => change.Ratio),
        (Name(nameof(TemplateChange.PValue)), change => change.PValue),
        (Name(nameof(TemplateChange.FirstSeen)), change => change.FirstSeen),
        (Name(nameof(TemplateChange.LastSeen)), change => change.LastSeen),
        (Name(nameof(TemplateChange.Example)), change => change.Example),
    ];

    /// <summary>Writes one object a line, with the names of the properties of <see cref="LogTemplate"/>.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<LogTemplate> templates, CliHost host) => JsonLines.WriteAll(host.Output, templates, s_values);

    /// <summary>Writes one object a line, with the names of the properties of <see cref="TemplateChange"/>.</summary>
    /// <param name="changes">What differs, and what does not.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<TemplateChange> changes, CliHost host) => JsonLines.WriteAll(host.Output, changes, s_changes);

    /// <summary>Writes a line for each: how often, its share, its id and its text.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogTemplate> templates, CliHost host)
    {
        host.Text.WriteLine("     Count   Share  Id            Template");
        foreach (LogTemplate template in templates)
        {
            string text = VisibleText.Escape(template.Text);
            host.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{template.Count,10:N0} {template.Share * 100,6:0.00}%  {template.Id}  {text}"));
        }

        host.Flush();
    }

    /// <summary>Writes a line for each: what became of it, how often it is and was, and its text.</summary>
    /// <param name="changes">What differs, and what does not.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<TemplateChange> changes, CliHost host)
    {
        host.Text.WriteLine("State         Count    Before   Share  Before        p  Template");
        foreach (TemplateChange change in changes)
        {
            string text = VisibleText.Escape(change.Template);
            host.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{change.State,-8} {change.Count,10:N0} {change.ReferenceCount,9:N0} {change.Share * 100,6:0.00}% {change.ReferenceShare * 100,6:0.00}%  {change.PValue.ToString(change.PValue >= 0.001 ? "0.000" : "0e-0", CultureInfo.InvariantCulture),7}  {text}"));
        }

        host.Flush();
    }

    // Events an hour from the first to the last.
    private static object? RateOf(LogTemplate template) =>
        template.LastSeen - template.FirstSeen is { } length && length > TimeSpan.Zero ? template.Count / length.TotalHours : null;

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);
}
