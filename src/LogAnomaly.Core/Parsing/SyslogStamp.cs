namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the stamps at the start of syslog lines:
/// <code>
/// stamp   = Mmm SP day SP [yyyy SP] hh:mm:ss ["." fraction]       ; RFC 3164 and what devices make of it
///         / yyyy SP Mmm SP day SP hh:mm:ss ["." fraction]         ; Cisco NX-OS
///         / Www SP Mmm SP day SP hh:mm:ss ["." fraction] SP yyyy  ; logread of OpenWrt
///         / Www SP ISO 8601 SP zone                               ; journalctl -o short-full
///         / ISO 8601, extended or basic                           ; rsyslog, journalctl -o short-iso, RFC 5424
///         / 9*10DIGIT ["." fraction]                              ; journalctl -o short-unix: seconds since 1970
///         / "[" seconds "." fraction "]"                          ; journalctl -o short-monotonic, dmesg
/// day     = 1*2DIGIT, alone or padded by a space or a zero
/// </code>
/// The month of the first form may also be a name of another language, as journalctl writes it in a locale.
/// </summary>
internal static class SyslogStamp
{
    private const int ShortestTime = 8;
    private const int ShortestNamed = 14;

    /// <summary>Reads a stamp.</summary>
    /// <param name="text">Bytes at whose start the stamp must stand.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="time">The time, or null where the stamp counts from the start of the machine.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>The form of the stamp.</returns>
    public static SyslogStampForm Read(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset? time, out int length)
    {
        time = null;
        length = 0;
        if (text.Length < ShortestNamed)
        {
            return SyslogStampForm.None;
        }

        if (text[0] == '[')
        {
            length = UptimeLength(text);
            return length == 0 ? SyslogStampForm.None : SyslogStampForm.Uptime;
        }

        SyslogStampForm form;
        DateTimeOffset read;
        if (char.IsAsciiDigit((char)text[0]))
        {
            form = ReadDigits(text, clock, out read, out length);
        }
        else if (text[3] == ' ' && IsWeekday(text))
        {
            form = ReadWeekday(text, clock, out read, out length);
        }
        else
        {
            form = TryReadNamedMonth(text, clock, out read, out length) ? SyslogStampForm.Named : SyslogStampForm.None;
        }

        time = form == SyslogStampForm.None ? null : read;
        return form;
    }

    /// <summary>Reads a stamp with the name of a month, or of ISO 8601.</summary>
    /// <param name="text">Bytes at whose start the stamp must stand.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        SyslogStampForm form = Read(text, clock, out DateTimeOffset? read, out length);
        time = read ?? default;
        return form is SyslogStampForm.Named or SyslogStampForm.Iso;
    }

    /// <summary>Bytes of the kernel's <c>[seconds.fraction]</c>.</summary>
    /// <param name="text">Bytes at whose start it must stand.</param>
    /// <returns>The bytes, or 0.</returns>
    public static int UptimeLength(ReadOnlySpan<byte> text)
    {
        int at = 1;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        int whole = DigitCount(text, at);
        int point = at + whole;
        if (text.IsEmpty || text[0] != '[' || whole is 0 or > 12 || point >= text.Length || text[point] != '.')
        {
            return 0;
        }

        int end = point + 1 + DigitCount(text, point + 1);

        // With CONFIG_PRINTK_CALLER the task or the processor follows: "[   12.345678][    T1]".
        bool isClosed = end > point + 1 && end < text.Length && text[end] == ']';
        if (isClosed && end + 3 < text.Length && text[end + 1] == '[')
        {
            int caller = text[(end + 1)..].IndexOf((byte)']');
            end += caller is > 2 and < 12 ? caller + 1 : 0;
        }

        return isClosed ? end + 1 : 0;
    }

    private static SyslogStampForm ReadDigits(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (text[4] == '-' || text[8] == 'T')
        {
            bool isIso = text[4] == '-'
                ? Timestamps.TryReadIso8601(text, clock, out time, out length)
                : Timestamps.TryReadBasicIso8601(text, clock, out time, out length);
            return isIso ? SyslogStampForm.Iso : SyslogStampForm.None;
        }

        if (text[4] == ' ')
        {
            int at = 0;
            int year = ReadNumber(text, ref at, 4);
            bool isNamed = at == 4 && year > 0 && TryReadMonthAndTime(text[5..], year, clock, out time, out length);
            length += isNamed ? 5 : 0;
            return isNamed ? SyslogStampForm.Named : SyslogStampForm.None;
        }

        return Timestamps.TryReadEpoch(text, out time, out length) ? SyslogStampForm.Epoch : SyslogStampForm.None;
    }

    // "Thu Jan  1 00:00:00 2023" or "Mon 2024-06-03 08:01:02 CEST"
    private static SyslogStampForm ReadWeekday(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        if (Timestamps.TryReadApacheError(text, clock, out time, out length))
        {
            return SyslogStampForm.Weekday;
        }

        if (!Timestamps.TryReadIso8601(text[4..], clock, out time, out length))
        {
            return SyslogStampForm.None;
        }

        length += 4;
        if (length >= text.Length || text[length] != ' ')
        {
            return SyslogStampForm.None;
        }

        ReadOnlySpan<byte> zone = Utf8Text.Before(text[(length + 1)..], (byte)' ');
        if (zone.SequenceEqual("UTC"u8))
        {
            time = new DateTimeOffset(time.DateTime, TimeSpan.Zero);
        }

        length += 1 + zone.Length;
        return zone.Length is > 1 and < 7 ? SyslogStampForm.Full : SyslogStampForm.None;
    }

    private static bool TryReadNamedMonth(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length) =>
        TryReadMonthAndTime(text, 0, clock, out time, out length);

    // The month's name and what follows; year is 0 where it was not read yet.
    private static bool TryReadMonthAndTime(
        ReadOnlySpan<byte> text, int year, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        int month = text.Length > 3 && text[3] == ' ' ? Timestamps.Month(text) : 0;
        int at = 3;
        if (month == 0 && (text.IsEmpty || !MonthName.TryRead(text, out month, out at)))
        {
            return false;
        }

        at += at + 1 < text.Length && text[at + 1] == ' ' ? 2 : 1;
        int day = ReadNumber(text, ref at, 2);
        if (day < 1 || at >= text.Length || text[at] != ' ')
        {
            return false;
        }

        at++;
        year = year == 0 ? ReadYear(text, ref at) : year;
        if (text.Length - at < ShortestTime || !Timestamps.TryReadTimeOfDay(text[at..], out long ticks))
        {
            return false;
        }

        at += ShortestTime;
        if (at + 1 < text.Length && text[at] is (byte)'.' or (byte)',' && char.IsAsciiDigit((char)text[at + 1]))
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
        int year = ReadNumber(text, ref end, 4);
        if (end != at + 4 || end >= text.Length || text[end] != ' ' || year < 1)
        {
            return 0;
        }

        at = end + 1;
        return year;
    }

    private static int ReadNumber(ReadOnlySpan<byte> text, ref int at, int most)
    {
        int value = 0;
        int end = Math.Min(at + most, text.Length);
        while (at < end && char.IsAsciiDigit((char)text[at]))
        {
            value = (value * 10) + text[at++] - '0';
        }

        return value;
    }

    private static int DigitCount(ReadOnlySpan<byte> text, int at)
    {
        int end = at;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
        {
            end++;
        }

        return end - at;
    }

    private static bool IsWeekday(ReadOnlySpan<byte> text) =>
        text.StartsWith("Mon"u8) || text.StartsWith("Tue"u8) || text.StartsWith("Wed"u8) || text.StartsWith("Thu"u8)
        || text.StartsWith("Fri"u8) || text.StartsWith("Sat"u8) || text.StartsWith("Sun"u8);
}
