using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Reads and writes a count and when it last grew as one text, such as <c>12 2026-01-05T10:00:00Z</c>.
/// </summary>
internal static class CountAndTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The text.</summary>
    /// <param name="count">The count.</param>
    /// <param name="ticks">UTC ticks, or below 0 where there is no time.</param>
    /// <returns>Count and time.</returns>
    public static string Format(long count, long ticks)
    {
        string time = ticks < 0
            ? ""
            : " " + new DateTime(ticks, DateTimeKind.Utc).ToString(Form, CultureInfo.InvariantCulture);
        return count.ToString(CultureInfo.InvariantCulture) + time;
    }

    /// <summary>Reads the text.</summary>
    /// <param name="member">The property that has it.</param>
    /// <returns>Count, and UTC ticks or -1.</returns>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static (long Count, long Ticks) Parse(JsonProperty member)
    {
        string text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "";
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        ReadOnlySpan<char> number = blank < 0 ? text : text.AsSpan(0, blank);
        DateTime time = default;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || (blank >= 0 && !DateTime.TryParseExact(
                text.AsSpan(blank + 1),
                Form,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out time)))
        {
            throw new FormatException($"'{member.Name}' must be a count and a time such as 12 2026-01-05T10:00:00Z.");
        }

        return (count, blank < 0 ? -1 : time.Ticks);
    }
}
