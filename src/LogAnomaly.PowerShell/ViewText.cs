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

    /// <summary>The day of a time, as <c>2026-01-05</c>.</summary>
    /// <param name="time">As of <see cref="OfTime"/>; null gives <c>never</c>.</param>
    /// <returns>The text.</returns>
    public static string OfDay(object? time) => time is null ? "never" : OfTime(time) is { Length: > 10 } text ? text[..10] : "";

    /// <summary>Whether an end has come.</summary>
    /// <param name="until">The end, or null for none.</param>
    /// <returns><c>expired</c> or <c>active</c>; an empty text for what is no time.</returns>
    public static string OfExpiry(object? until) => until switch
    {
        null => "active",
        DateTimeOffset end => end <= DateTimeOffset.UtcNow ? "expired" : "active",
        _ => "",
    };

    /// <summary>A number with three digits after the point.</summary>
    /// <param name="number">The number, or null.</param>
    /// <returns>The text.</returns>
    public static string OfNumber(object? number) => number is null
        ? ""
        : Convert.ToDouble(number is PSObject wrapped ? wrapped.BaseObject : number, CultureInfo.InvariantCulture)
            .ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A span of time to the second, as <c>02:10:07</c> or <c>3.02:10:07</c>; with a fraction where it is short.</summary>
    /// <param name="span">A <see cref="TimeSpan"/>, or null.</param>
    /// <returns>The text.</returns>
    public static string OfDuration(object? span) => span is not TimeSpan length ? ""
        : length.TotalSeconds is > 0 and < 10 ? length.ToString(@"hh\:mm\:ss\.f", CultureInfo.InvariantCulture)
        : TimeSpan.FromSeconds(Math.Floor(length.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>Fields and their values on one line, as <c>SourceIP=10.0.0.0/8</c>.</summary>
    /// <param name="fields">The fields of a suppression.</param>
    /// <returns>The text.</returns>
    public static string OfFields(object? fields) => fields is IReadOnlyDictionary<string, IReadOnlyList<string>> map
        ? Of(string.Join("; ", map.Select(field => $"{field.Key}={string.Join('|', field.Value)}")))
        : "";

    /// <summary>Names and how often they were seen, on one line, as <c>root (5), admin (2)</c>.</summary>
    /// <param name="counts">The counts; anything else gives an empty text.</param>
    /// <returns>The text.</returns>
    public static string OfCounts(object? counts) => counts is IEnumerable<NameCount> list
        ? Of(string.Join(", ", list.Select(entry => FormattableString.Invariant($"{entry.Name} ({entry.Count})"))))
        : "";

    /// <summary>The texts of some objects on one line.</summary>
    /// <param name="values">The list, as the engine gives it or as Import-Clixml does; null gives an empty text.</param>
    /// <returns>The texts, divided by semicolons.</returns>
    public static string OfLine(object? values) => OfLines(values).Replace(Environment.NewLine, "; ", StringComparison.Ordinal);

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
