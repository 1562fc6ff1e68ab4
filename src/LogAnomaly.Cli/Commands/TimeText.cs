using System.Globalization;

namespace LogAnomaly.Cli.Commands;

/// <summary>Times and zones as the user writes them.</summary>
internal static class TimeText
{
    private static readonly string[] s_local =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    // "K" reads Z as well as +02:00; without either the local forms have matched before.
    private static readonly string[] s_withOffset = [.. s_local.Skip(1).Select(form => form + "K")];

    /// <summary>Reads a time in ISO 8601.</summary>
    /// <param name="option">Name of the option, for the message.</param>
    /// <param name="text">The text, or null.</param>
    /// <param name="zone">Zone of a time that names none.</param>
    /// <returns>The time, or null for null.</returns>
    /// <exception cref="UsageException">The text is no time.</exception>
    public static DateTimeOffset? Parse(string option, string? text, TimeZoneInfo zone)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTime.TryParseExact(
            text, s_local, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        return DateTimeOffset.TryParseExact(
            text, s_withOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new UsageException($"{option} '{text}' is no time: write it as 2026-01-31, 2026-01-31T13:45 or "
                + "2026-01-31T13:45:00+02:00.");
    }

    /// <summary>Reads a time zone.</summary>
    /// <param name="option">Name of the option, for the message.</param>
    /// <param name="text">An IANA name, UTC, an offset such as +02:00, or null for the machine's zone.</param>
    /// <returns>The zone.</returns>
    /// <exception cref="UsageException">The text is no zone.</exception>
    public static TimeZoneInfo ParseZone(string option, string? text)
    {
        if (text is null)
        {
            return TimeZoneInfo.Local;
        }

        if (TryParseOffset(text, out TimeSpan offset))
        {
            return TimeZoneInfo.CreateCustomTimeZone("UTC" + text, offset, null, null);
        }

        // An absolute path would be opened as a file of time zone data.
        return !Path.IsPathRooted(text) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? zone)
            ? zone
            : throw new UsageException($"{option} '{text}' is no known zone: write a name such as Europe/Berlin, "
                + "UTC, or an offset such as +02:00.");
    }

    /// <summary>Reads a length of time.</summary>
    /// <param name="option">Name of the option, for the message.</param>
    /// <param name="text">A whole number with a unit, such as 30s, 5m, 1h or 1d, or hours, minutes and seconds as
    /// 00:05:00; or null.</param>
    /// <returns>The length, or null for null.</returns>
    /// <exception cref="UsageException">The text is no length above zero.</exception>
    public static TimeSpan? ParseLength(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        long unit = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            _ => 0,
        };
        bool isNumber = int.TryParse(
            text.AsSpan(0, Math.Max(text.Length - 1, 0)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number);
        bool isLength = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan length)
            && unit == 0;
        long ticks = unit > 0 && isNumber && number <= TimeSpan.MaxValue.Ticks / unit ? number * unit
            : isLength ? length.Ticks
            : 0;
        return ticks > 0
            ? new TimeSpan(ticks)
            : throw new UsageException(
                $"{option} '{text}' is no length of time: write it as 30s, 5m, 1h, 1d or 00:05:00.");
    }

    private static bool TryParseOffset(string text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length == 0 || text[0] is not ('+' or '-'))
        {
            return false;
        }

        string[] forms = ["hh\\:mm", "hhmm", "hh"];
        if (!TimeSpan.TryParseExact(text[1..], forms, CultureInfo.InvariantCulture, out TimeSpan length)
            || length > TimeSpan.FromHours(14))
        {
            return false;
        }

        offset = text[0] == '-' ? -length : length;
        return true;
    }
}
