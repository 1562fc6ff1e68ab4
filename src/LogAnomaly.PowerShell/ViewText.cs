using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LogAnomaly.Analysis;

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
    /// <param name="time">A <see cref="DateTimeOffset"/>, or what Import-Clixml makes of one; anything else gives an
    /// empty text.</param>
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
    public static string OfDay(object? time) =>
        time is null ? "never" : OfTime(time) is { Length: > 10 } text ? text[..10] : "";

    /// <summary>Whether an end has come.</summary>
    /// <param name="until">The end, or null for none.</param>
    /// <returns><c>expired</c> or <c>active</c>; an empty text for what is no time.</returns>
    public static string OfExpiry(object? until) => until switch
    {
        null => "active",
        DateTimeOffset end => end <= DateTimeOffset.UtcNow ? "expired" : "active",
        _ => "",
    };

    /// <summary>
    /// A number with four digits that count, as <c>12.34</c> or <c>1.2E-09</c>; <c>new</c> for what is infinite.
    /// </summary>
    /// <param name="number">The number; what is none, or not a number, gives an empty text.</param>
    /// <returns>The text.</returns>
    public static string OfFigure(object? number) => number is not double value || double.IsNaN(value) ? ""
        : double.IsInfinity(value) ? "new"
        : value >= 10_000 ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A number with three digits after the point.</summary>
    /// <param name="number">The number, or null.</param>
    /// <returns>The text.</returns>
    public static string OfMeasure(object? number) => number is null
        ? ""
        : Convert.ToDouble(number is PSObject wrapped ? wrapped.BaseObject : number, CultureInfo.InvariantCulture)
            .ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>
    /// A span of time to the second, as <c>02:10:07</c> or <c>3.02:10:07</c>; with a fraction where it is short.
    /// </summary>
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

    /// <summary>A measurement as a report; one that was imported, as its numbers.</summary>
    /// <param name="measurement">A <see cref="LogMeasurement"/>, or what Import-Clixml makes of one.</param>
    /// <returns>The lines, each safe for a terminal.</returns>
    public static string OfMeasurement(object? measurement) =>
        (measurement is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : measurement) switch
        {
            LogMeasurement known => string.Join(Environment.NewLine, MeasurementReport.ToLines(known, TerminalStyle())),
            PSObject imported => string.Join(Environment.NewLine, imported.Properties
                .Where(property => property.Value is string or ValueType)
                .Select(property => Of(FormattableString.Invariant($"{property.Name,-14} {property.Value}")))),
            _ => "",
        };

    /// <summary>A share as <c>12.34%</c>.</summary>
    /// <param name="share">The share, 0 to 1; anything else gives an empty text.</param>
    /// <returns>The text.</returns>
    public static string OfShare(object? share) =>
        share is double known ? known.ToString("0.00%", CultureInfo.InvariantCulture) : "";

    /// <summary>A number with three digits or all those before the point, as <c>12.3</c> or <c>4,511</c>.</summary>
    /// <param name="number">The number; anything else gives an empty text.</param>
    /// <returns>The text.</returns>
    public static string OfNumber(object? number) => number is double known
        ? known.ToString(
            Math.Abs(known) < 10 ? "0.##" : Math.Abs(known) < 100 ? "0.#" : "N0", CultureInfo.InvariantCulture)
        : "";

    /// <summary>The texts of some objects on one line.</summary>
    /// <param name="values">The list, as the engine gives it or as Import-Clixml does; null gives an empty
    /// text.</param>
    /// <returns>The texts, divided by semicolons.</returns>
    public static string OfLine(object? values) =>
        OfLines(values).Replace(Environment.NewLine, "; ", StringComparison.Ordinal);

    /// <summary>The texts of some objects, each on a line of its own.</summary>
    /// <param name="values">The list, as the engine gives it or as Import-Clixml does; null gives an empty
    /// text.</param>
    /// <returns>The lines, each safe for a terminal.</returns>
    public static string OfLines(object? values) => (values is PSObject wrapped ? wrapped.BaseObject : values) switch
    {
        null => "",
        string text => Of(text),
        IEnumerable list => string.Join(Environment.NewLine, list.Cast<object?>().Select(Of)),
        object single => Of(single),
    };

    // A console of Linux has no eighths of blocks, and an encoding other than Unicode shows question marks for them.
    private static SparklineStyle TerminalStyle() =>
        Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
            && Environment.GetEnvironmentVariable("TERM") is not ("linux" or "dumb")
            ? SparklineStyle.Blocks
            : SparklineStyle.Ascii;
}
