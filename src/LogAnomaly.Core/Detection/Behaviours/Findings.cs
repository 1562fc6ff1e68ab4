using System.Globalization;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>Words that findings of behaviours have in common.</summary>
internal static class Findings
{
    private const int LongestTemplate = 120;

    /// <summary>Events that a finding has at the most.</summary>
    public const int MostEvents = 20;

    /// <summary>A template in a sentence.</summary>
    /// <param name="text">Its text.</param>
    /// <returns>The text in quotes, cut where it is long.</returns>
    public static string Quote(string text) =>
        text.Length <= LongestTemplate ? $"`{text}`" : $"`{text[..LongestTemplate]}…`";

    /// <summary>A rate or a count.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whole where it is not small.</returns>
    public static string Say(double value) => value >= 10
        ? Math.Round(value).ToString("0", CultureInfo.InvariantCulture)
        : value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The time of an event on the clock of its log.</summary>
    /// <param name="utcTicks">UTC ticks.</param>
    /// <param name="example">An event of the log.</param>
    /// <returns>The time with its day.</returns>
    public static string Time(long utcTicks, LogEvent? example)
    {
        TimeSpan offset = example?.Timestamp?.Offset ?? TimeSpan.Zero;
        return new DateTime(utcTicks + offset.Ticks).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>The host of a stream in words, with a blank before it.</summary>
    /// <param name="logEvent">An event of the stream.</param>
    /// <returns>Nothing where it has no host.</returns>
    public static string OnHost(LogEvent logEvent) => logEvent.HostName is { } host ? $" on {host}" : "";
}
