using System.Text.Json;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// Events as JSON, one object a line; the names are those of the properties of <see cref="LogEvent"/>. Values that
/// only the log itself has a name for stand in <c>Properties</c>.
/// </summary>
internal sealed class EventJson : IEventPrinter
{
    private static readonly JsonEncodedText[] s_names =
        [.. Enum.GetValues<LogField>().Select(field => JsonEncodedText.Encode(field.ToString()))];

    private static readonly JsonEncodedText s_properties = JsonEncodedText.Encode("Properties");

    private readonly JsonLines _lines;
    private readonly bool _withTemplates;

    /// <summary>Creates a printer.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="withTemplates">Whether the fields of the template are printed.</param>
    public EventJson(Stream output, bool withTemplates)
    {
        _lines = new JsonLines(output);
        _withTemplates = withTemplates;
    }

    /// <inheritdoc/>
    public void Print(LogEvent logEvent)
    {
        _lines.StartLine();
        Write(logEvent, LogRow.FirstColumns);
        Write(logEvent, logEvent.GetKindFields());
        _lines.Write(s_properties, logEvent.GetProperties());
        Write(logEvent, LogRow.LastColumns);
        if (_withTemplates)
        {
            Write(logEvent, LogRow.TemplateColumns);
        }

        _lines.EndLine();
    }

    /// <inheritdoc/>
    public void Flush() => _lines.Flush();

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private void Write(LogEvent logEvent, IReadOnlyList<LogField> fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            _lines.Write(s_names[(int)fields[i]], logEvent.GetValue(fields[i]));
        }
    }
}
