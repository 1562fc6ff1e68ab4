namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the stamps at the start of syslog lines:
/// <code>
/// stamp = Mmm SP day SP [yyyy SP] hh:mm:ss ["." fraction]   ; RFC 3164 and what devices make of it
///       / ISO 8601                                          ; rsyslog, journalctl -o short-iso, RFC 5424
/// day   = 1*2DIGIT, alone or padded by a space or a zero
/// </code>
/// </summary>
internal static class SyslogStamp
{
    private const int ShortestTime = 8;

    /// <summary>Reads a stamp.</summary>
    /// <param name="text">Bytes at whose start the stamp must stand.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <param name="isIso">Whether it is an ISO 8601 stamp.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time,
        out int length, out bool isIso)
    {
        isIso = !text.IsEmpty && char.IsAsciiDigit((char)text[0]);
        return isIso
            ? Timestamps.TryReadIso8601(text, clock, out time, out length)
            : TryReadNamedMonth(text, clock, out time, out length);
    }

    private static bool TryReadNamedMonth(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time,
        out int length)
    {
        time = default;
        length = 0;
        int month = Timestamps.Month(text);
        if (month == 0 || text.Length < Timestamps.Rfc3164Length - 1 || text[3] != ' ')
        {
            return false;
        }

        int at = text[4] == ' ' ? 5 : 4;
        int day = ReadDigits(text, ref at, 2);
        if (day < 1 || at >= text.Length || text[at] != ' ')
        {
            return false;
        }

        at++;
        int year = ReadYear(text, ref at);
        if (text.Length - at < ShortestTime || !Timestamps.TryReadTimeOfDay(text[at..], out long ticks))
        {
            return false;
        }

        at += ShortestTime;
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit((char)text[at + 1]))
        {
            at += 1 + Timestamps.ReadFraction(text[(at + 1)..], ref ticks);
        }

        length = at;
        return year == 0
            ? clock.TryInferYear(month, day, ticks, out time)
            : TryCreate(clock, year, month, day, ticks, out time);
    }

    private static bool TryCreate(LogClock clock, int year, int month, int day, long ticks, out DateTimeOffset time)
    {
        bool isDay = day <= DateTime.DaysInMonth(year, month);
        time = isDay ? clock.InZone(new DateTime(new DateTime(year, month, day).Ticks + ticks)) : default;
        return isDay;
    }

    // Four digits and a space; 0 where they are not there.
    private static int ReadYear(ReadOnlySpan<byte> text, ref int at)
    {
        int end = at;
        int year = ReadDigits(text, ref end, 4);
        if (end != at + 4 || end >= text.Length || text[end] != ' ' || year < 1)
        {
            return 0;
        }

        at = end + 1;
        return year;
    }

    private static int ReadDigits(ReadOnlySpan<byte> text, ref int at, int most)
    {
        int value = 0;
        int end = Math.Min(at + most, text.Length);
        while (at < end && char.IsAsciiDigit((char)text[at]))
        {
            value = (value * 10) + text[at++] - '0';
        }

        return value;
    }
}
