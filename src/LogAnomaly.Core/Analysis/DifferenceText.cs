using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>Says differences as a person would.</summary>
internal static class DifferenceText
{
    private const int Longest = 120;

    /// <summary>The kind of a difference of counts.</summary>
    /// <param name="field">The field.</param>
    /// <param name="first">Events of the reference.</param>
    /// <param name="second">Events of the other.</param>
    /// <returns>The kind.</returns>
    public static LogDifferenceKind KindOf(string field, double first, double second) =>
        (field == nameof(LogField.Template), first, second) switch
        {
            (true, 0, _) => LogDifferenceKind.NewTemplate,
            (true, _, 0) => LogDifferenceKind.GoneTemplate,
            (false, 0, _) => LogDifferenceKind.NewValue,
            (false, _, 0) => LogDifferenceKind.GoneValue,
            _ => LogDifferenceKind.Rate,
        };

    /// <summary>Says a difference of counts.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The row with its sentence.</returns>
    public static LogDifference Rate(LogDifference row)
    {
        string what = row.Field == "Events" ? "All events" : $"{row.Field} \"{Shorten(row.Value)}\"";
        string come = row.Field == "Events" ? "come" : "comes";
        string sentence = row.Kind switch
        {
            LogDifferenceKind.NewTemplate or LogDifferenceKind.NewValue =>
                Say($"{what} is new: {row.DifferenceCount:N0} events, none before."),
            LogDifferenceKind.GoneTemplate or LogDifferenceKind.GoneValue =>
                Say($"{what} is gone: {row.ReferenceCount:N0} events before, none now."),
            _ => Say($"{what} {come} {Times(row.Ratio)} as often: {Moved(row)} ({Interval(row)})."),
        };
        return row with { Sentence = sentence };
    }

    /// <summary>Says a difference of a mix.</summary>
    /// <param name="effect">Cramer's V.</param>
    /// <param name="row">The row.</param>
    /// <returns>The row with its sentence.</returns>
    public static LogDifference Mix(double effect, LogDifference row) => row with
    {
        Sentence = Say(
            $"{row.Field} divides otherwise (V {effect:0.00}): {row.Value} is {row.Difference:0.0 %} of events, before {row.Reference:0.0 %}."),
    };

    /// <summary>Says a difference of latency.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The row with its sentence.</returns>
    public static LogDifference Latency(LogDifference row) => row with
    {
        Sentence = Say(
            $"The {NameOf(row.Value)} of the duration is {Times(row.Ratio)} as long: {Moved(row)} ({Interval(row)})."),
    };

    /// <summary>What was forgotten for its age.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="entry">What was known of it.</param>
    /// <returns>The row.</returns>
    public static LogDifference Age(string field, string value, ProfileEntry entry)
    {
        DateTime last = new(Math.Max(entry.LastTicks, 0), DateTimeKind.Utc);
        return new LogDifference
        {
            Kind = LogDifferenceKind.AgedOut,
            Field = field,
            Value = value,
            Reference = entry.Count,
            ReferenceCount = entry.Count,
            Ratio = 0,
            Sentence = Say(
                $"{field} \"{Shorten(value)}\" was last seen on {last:yyyy-MM-dd} ({entry.Count:N0} events) and is forgotten."),
        };
    }

    private static string NameOf(string quantile) => quantile == "median" ? "median" : "95th percentile";

    private static string Moved(LogDifference row) =>
        Say($"{row.Reference:0.###} {row.Unit} before, {row.Difference:0.###} now");

    private static string Interval(LogDifference row) =>
        Say($"95 % sure of {Number(row.Low)} to {Number(row.High)} times");

    private static string Times(double ratio) => $"{Number(ratio)} times";

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "any"
        : value >= 100 ? Say($"{value:N0}") : Say($"{value:0.##}");

    private static string Shorten(string text) => text.Length <= Longest ? text : text[..Longest] + "...";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
