using System.Buffers;
using System.Globalization;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// Events as comma-separated values (RFC 4180). The columns are the same for every input. A value that a spreadsheet
/// would take for a formula gets an apostrophe before it, because log lines are written by attackers; control
/// characters are escaped, tabs stay.
/// </summary>
internal sealed class EventCsv : IEventPrinter
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    private readonly TextWriter _writer;
    private readonly IReadOnlyList<LogField> _columns;

    /// <summary>Creates a printer and prints the names of the columns.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="withTemplates">Whether the fields of the template are printed.</param>
    public EventCsv(TextWriter writer, bool withTemplates)
    {
        _writer = writer;
        _columns = EventColumns.All(withTemplates);
        _writer.Write(string.Join(',', _columns));
        _writer.Write("\r\n");
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

            WriteValue(logEvent.GetValue(_columns[i]));
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

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                WriteText(text);
                break;
            case DateTimeOffset time:
                _writer.Write(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
                break;
            default:
                _writer.Write(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteText(string text)
    {
        string safe = VisibleText.EscapeExceptTab(text);
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
        {
            safe = "'" + safe;
        }

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
