using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>Events as PowerShell shows them.</summary>
internal static class EventObject
{
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

        PSObject shown = PSObject.AsPSObject(logEvent);
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
    /// An event as a row for Export-Csv and spreadsheets: all columns, whatever the event carries, and text that is taken
    /// for no formula.
    /// </summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The row.</returns>
    public static PSObject ToRow(LogEvent logEvent)
    {
        PSObject row = new();
        foreach (LogField column in LogRow.Columns)
        {
            row.Properties.Add(new PSNoteProperty(column.ToString(), LogRow.GetCell(logEvent, column)), preValidated: true);
        }

        return row;
    }
}
