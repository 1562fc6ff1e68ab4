using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Text for the views of the module, safe for a terminal (<see cref="VisibleText"/>): each view shows what log lines
/// say through this type alone.
/// </summary>
public static class ViewText
{
    /// <summary>The text of any object, with control characters and marks that reorder text written out.</summary>
    /// <param name="value">The object; null gives an empty text.</param>
    /// <returns>The text on one line.</returns>
    public static string Of(object? value) =>
        VisibleText.Escape(value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    /// <summary>The time with its own offset, to the second, as <c>2026-01-05 13:37:00</c>.</summary>
    /// <param name="time">A <see cref="DateTimeOffset"/>, or what Import-Clixml makes of one; anything else gives an empty text.</param>
    /// <returns>The text.</returns>
    public static string OfTime(object? time)
    {
        DateTime? clock = time switch
        {
            DateTimeOffset stamp => stamp.DateTime,
            PSObject imported => imported.Properties["DateTime"]?.Value as DateTime?,
            _ => null,
        };
        return clock?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>The texts of some objects, each on a line of its own.</summary>
    /// <param name="values">The list, as the engine gives it or as Import-Clixml does; null gives an empty text.</param>
    /// <returns>The lines, each safe for a terminal.</returns>
    public static string OfLines(object? values) => (values is PSObject wrapped ? wrapped.BaseObject : values) switch
    {
        null => "",
        string text => Of(text),
        IEnumerable list => string.Join(Environment.NewLine, list.Cast<object?>().Select(Of)),
        object single => Of(single),
    };
}
