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
        (Name(nameof(LogTemplate.Rate)), template => template.Rate),
        (Name(nameof(LogTemplate.FirstSeen)), template => template.FirstSeen),
        (Name(nameof(LogTemplate.LastSeen)), template => template.LastSeen),
        (Name(nameof(LogTemplate.Example)), template => template.Example),
    ];

    private static readonly JsonEncodedText s_examples = Name(nameof(LogTemplate.Examples));
    private static readonly JsonEncodedText s_parameters = Name(nameof(LogTemplate.Parameters));
    private static readonly (JsonEncodedText Name, Func<LogParameter, object?> Value)[] s_parameterValues =
    [
        (Name(nameof(LogParameter.Position)), parameter => parameter.Position),
        (Name(nameof(LogParameter.Type)), parameter => parameter.Type),
        (Name(nameof(LogParameter.DistinctCount)), parameter => parameter.DistinctCount),
        (Name(nameof(LogParameter.Minimum)), parameter => parameter.Minimum),
        (Name(nameof(LogParameter.Maximum)), parameter => parameter.Maximum),
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
    public static void WriteJson(IReadOnlyList<LogTemplate> templates, CliHost host)
    {
        using JsonLines lines = new(host.Output);
        foreach (LogTemplate template in templates)
        {
            lines.StartLine();
            lines.Write(template, s_values);
            lines.Write(s_examples, template.Examples);
            lines.StartList(s_parameters);
            foreach (LogParameter parameter in template.Parameters)
            {
                lines.StartItem();
                lines.Write(parameter, s_parameterValues);
                lines.Write(s_examples, parameter.Examples);
                lines.EndItem();
            }

            lines.EndList();
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes one object a line, with the names of the properties of <see cref="TemplateChange"/>.</summary>
    /// <param name="changes">What differs, and what does not.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<TemplateChange> changes, CliHost host) =>
        JsonLines.WriteAll(host.Output, changes, s_changes);

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
                CultureInfo.InvariantCulture,
                $"{template.Count,10:N0} {template.Share * 100,6:0.00}%  {template.Id}  {text}"));
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

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);
}
