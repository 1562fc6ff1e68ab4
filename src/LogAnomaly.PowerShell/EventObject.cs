using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogAnomaly.PowerShell;

/// <summary>Events as PowerShell shows them.</summary>
internal static class EventObject
{
    private const string PropertiesColumn = "Properties";

    private static readonly JsonSerializerOptions s_json =
        new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>
    /// An event with the values that its log gives beside its fields as properties of their own, so that they are
    /// columns of Export-Csv and members of ConvertTo-Json. A name that the event has already stays the event's.
    /// </summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The event, wrapped where it has such values.</returns>
    public static object Of(LogEvent logEvent)
    {
        IReadOnlyDictionary<string, object?> values = logEvent.GetProperties();
        if (values.Count == 0)
        {
            return logEvent;
        }

        // What is added comes before what the event has, so the first columns of all events are added first.
        PSObject shown = PSObject.AsPSObject(logEvent);
        foreach (LogField field in LogRow.FirstColumns)
        {
            shown.Properties.Add(new PSNoteProperty(field.ToString(), logEvent.GetValue(field)), preValidated: true);
        }

        foreach ((string name, object? value) in values)
        {
            if (name.Length > 0 && shown.Properties[name] is null)
            {
                shown.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
            }
        }

        return shown;
    }

    /// <summary>
    /// An event as a row for Export-Csv and spreadsheets: all columns, whatever the event carries, and text that is
    /// taken for no formula. Values that only the log itself has a name for share the last column, as a JSON object.
    /// </summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The row.</returns>
    public static PSObject ToRow(LogEvent logEvent)
    {
        PSObject row = new();
        foreach (LogField column in LogRow.Columns)
        {
            object? cell = LogRow.GetCell(logEvent, column);

            // As a time, it would be written without fractions of a second.
            object? written = cell is DateTimeOffset ? LogRow.ToText(cell) : cell;
            row.Properties.Add(new PSNoteProperty(column.ToString(), written), preValidated: true);
        }

        string? properties = logEvent.GetProperties() is { Count: > 0 } values
            ? JsonSerializer.Serialize(values, s_json)
            : null;
        row.Properties.Add(new PSNoteProperty(PropertiesColumn, properties), preValidated: true);
        return row;
    }
}
