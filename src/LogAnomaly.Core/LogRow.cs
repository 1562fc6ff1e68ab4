using System.Globalization;

namespace LogAnomaly;

/// <summary>
/// Events as rows of a table: the same columns for every event, and text that does no harm in a spreadsheet. A cell
/// that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a carriage return would be taken for a formula, so
/// an apostrophe is put before it: log lines are written by strangers. Control characters are escaped, tabs within
/// stay.
/// </summary>
public static class LogRow
{
    private static readonly LogField[] s_first =
    [
        LogField.Timestamp, LogField.HostName, LogField.Program, LogField.ProcessId, LogField.Level, LogField.Message,
    ];

    private static readonly LogField[] s_last =
        [LogField.Kind, LogField.Path, LogField.LineNumber, LogField.Raw, LogField.Label];

    private static readonly LogField[] s_template = [LogField.TemplateId, LogField.Template];

    /// <summary>The columns before those of the kind.</summary>
    public static IReadOnlyList<LogField> FirstColumns => s_first;

    /// <summary>The columns after those of the kind.</summary>
    public static IReadOnlyList<LogField> LastColumns => s_last;

    /// <summary>The columns of the template, which an event has only where templates were mined.</summary>
    public static IReadOnlyList<LogField> TemplateColumns => s_template;

    /// <summary>All fields of all kinds, in the order of columns and without those of the template.</summary>
    public static IReadOnlyList<LogField> Columns { get; } =
        [.. s_first, .. Enum.GetValues<LogField>().Except([.. s_first, .. s_last, .. s_template]), .. s_last];

    /// <summary>A cell of a row: the value, harmless where it is text.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="column">The column.</param>
    /// <returns>A number, a time or a text; null where the event does not carry the field.</returns>
    public static object? GetCell(LogEvent logEvent, LogField column)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        return logEvent.GetValue(column) switch
        {
            string text => MakeHarmless(text),
            Enum word => word.ToString(),
            object value => value,
            null => null,
        };
    }

    /// <summary>Text that does no harm in a spreadsheet.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, with an apostrophe before it and escapes in it where it needs them.</returns>
    public static string MakeHarmless(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string visible = VisibleText.EscapeExceptTab(text);
        return text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + visible : visible;
    }

    /// <summary>The text of a cell, the same on every machine.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The text; empty for none.</returns>
    public static string ToText(object? cell) => cell switch
    {
        null => "",
        string text => text,
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };
}
