using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// Events as comma-separated values (RFC 4180), by the columns and cells of <see cref="LogRow"/>. Values that only the
/// log itself has a name for share the last column, as a JSON object.
/// </summary>
internal sealed class EventCsv : IEventPrinter
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    private static readonly JsonSerializerOptions s_json =
        new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly TextWriter _writer;
    private readonly IReadOnlyList<LogField> _columns;

    /// <summary>Creates a printer and prints the names of the columns.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="withTemplates">Whether the fields of the template are printed.</param>
    public EventCsv(TextWriter writer, bool withTemplates)
    {
        _writer = writer;
        _columns = [.. LogRow.Columns, .. withTemplates ? LogRow.TemplateColumns : []];
        _writer.Write(string.Join(',', _columns));
        _writer.Write(",Properties\r\n");
    }

    /// <inheritdoc/>
    public void Print(LogEvent logEvent)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (i > 0)
            {
                _writer.Write(',');
            }

            WriteText(LogRow.ToText(LogRow.GetCell(logEvent, _columns[i])));
        }

        _writer.Write(',');
        if (logEvent.GetProperties() is { Count: > 0 } properties)
        {
            WriteText(JsonSerializer.Serialize(properties, s_json));
        }

        _writer.Write("\r\n");
    }

    /// <inheritdoc/>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writer belongs to the run.
    }

    private void WriteText(string safe)
    {
        if (!safe.AsSpan().ContainsAny(s_quoted))
        {
            _writer.Write(safe);
            return;
        }

        _writer.Write('"');
        _writer.Write(safe.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
