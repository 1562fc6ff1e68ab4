using System.Globalization;

namespace LogAnomaly.Detection;

/// <summary>Says durations and counts in sentences.</summary>
internal static class DurationWords
{
    /// <summary>A duration in the two greatest units that it has, such as <c>2 h 5 min</c>.</summary>
    /// <param name="ticks">The duration.</param>
    /// <returns>The words.</returns>
    public static string Of(long ticks)
    {
        TimeSpan span = TimeSpan.FromTicks(Math.Abs(ticks));
        FormattableString text = span switch
        {
            { TotalDays: >= 2 } => $"{(int)span.TotalDays} d {span.Hours} h",
            { TotalHours: >= 1 } => $"{(int)span.TotalHours} h {span.Minutes} min",
            { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds} s",
            _ => $"{span.TotalSeconds:0.###} s",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A text with its numbers in invariant form.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text.</returns>
    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
