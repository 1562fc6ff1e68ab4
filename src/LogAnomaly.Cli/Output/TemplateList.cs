using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Cli.Output;

/// <summary>Templates, as JSON or for people.</summary>
internal static class TemplateList
{
    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode(nameof(LogTemplate.Id));
    private static readonly JsonEncodedText s_text = JsonEncodedText.Encode(nameof(LogTemplate.Text));
    private static readonly JsonEncodedText s_count = JsonEncodedText.Encode(nameof(LogTemplate.Count));
    private static readonly JsonEncodedText s_share = JsonEncodedText.Encode(nameof(LogTemplate.Share));
    private static readonly JsonEncodedText s_firstSeen = JsonEncodedText.Encode(nameof(LogTemplate.FirstSeen));
    private static readonly JsonEncodedText s_lastSeen = JsonEncodedText.Encode(nameof(LogTemplate.LastSeen));
    private static readonly JsonEncodedText s_example = JsonEncodedText.Encode(nameof(LogTemplate.Example));

    /// <summary>Writes one object a line, with the names of the properties of <see cref="LogTemplate"/>.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="events">All events, for the shares.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<LogTemplate> templates, long events, CliHost host)
    {
        using JsonLines lines = new(host.Output);
        foreach (LogTemplate template in templates)
        {
            lines.StartLine();
            lines.Write(s_id, template.Id);
            lines.Write(s_text, template.Text);
            lines.Write(s_count, template.Count);
            lines.Write(s_share, (double)template.Count / events);
            lines.Write(s_firstSeen, template.FirstSeen);
            lines.Write(s_lastSeen, template.LastSeen);
            lines.Write(s_example, template.Example);
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes a line for each: how often, its share, its id and its text.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="events">All events, for the shares.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogTemplate> templates, long events, CliHost host)
    {
        host.Text.WriteLine("     Count   Share  Id            Template");
        foreach (LogTemplate template in templates)
        {
            double percent = 100.0 * template.Count / events;
            string text = VisibleText.Escape(template.Text);
            host.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{template.Count,10:N0} {percent,6:0.00}%  {template.Id}  {text}"));
        }

        host.Flush();
    }
}
