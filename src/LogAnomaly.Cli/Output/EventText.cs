using System.Globalization;

namespace LogAnomaly.Cli.Output;

/// <summary>Events for people: a line each, with its number, time, level, origin and message.</summary>
internal sealed class EventText : IEventPrinter
{
    private readonly TextWriter _writer;
    private readonly bool _withTemplates;
    private string? _path;

    /// <summary>Creates a printer.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="withTemplates">Whether the id of the template is printed.</param>
    public EventText(TextWriter writer, bool withTemplates)
    {
        _writer = writer;
        _withTemplates = withTemplates;
    }

    /// <inheritdoc/>
    public void Print(LogEvent logEvent)
    {
        if (!string.Equals(logEvent.Path, _path, StringComparison.Ordinal))
        {
            _path = logEvent.Path;
            _writer.Write("# ");
            _writer.WriteLine(VisibleText.Escape(_path));
        }

        _writer.Write(logEvent.LineNumber.ToString(CultureInfo.InvariantCulture).PadLeft(7));
        _writer.Write("  ");
        if (_withTemplates)
        {
            _writer.Write((logEvent.TemplateId ?? "").PadRight(14));
        }

        if (logEvent.Kind == LogKind.Unparsed)
        {
            _writer.Write("(unparsed) ");
            _writer.WriteLine(VisibleText.Escape(logEvent.Raw));
            return;
        }

        WriteParsed(logEvent);
    }

    /// <inheritdoc/>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writer belongs to the run.
    }

    private void WriteParsed(LogEvent logEvent)
    {
        string time = logEvent.Timestamp is { } stamp
            ? stamp.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
            : "(no time)";
        _writer.Write(time.PadRight(28));
        _writer.Write((logEvent.Level?.ToString() ?? "").PadRight(15));
        string origin = Origin(logEvent);
        if (origin.Length > 0)
        {
            _writer.Write(VisibleText.Escape(origin));
            _writer.Write(": ");
        }

        _writer.WriteLine(VisibleText.Escape(logEvent.Message));
    }

    private static string Origin(LogEvent logEvent)
    {
        string name = logEvent.Program ?? logEvent.GetValue(LogField.Module) as string ?? "";
        return logEvent.HostName is { } host ? $"{host} {name}".TrimEnd() : name;
    }
}
