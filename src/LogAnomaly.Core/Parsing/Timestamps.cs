namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the stamps of logs from bytes. Each method takes the bytes at whose start a stamp must stand and tells how
/// many it took; it never throws, and says false for a day or hour that does not exist.
/// </summary>
internal static class Timestamps
{
    /// <summary>Length of the RFC 3164 stamp.</summary>
    public const int Rfc3164Length = 15;

    /// <summary>
    /// <c>Mmm dd hh:mm:ss</c> (RFC 3164, section 4.1.2); the day padded by a space or a zero. The year is inferred.
    /// </summary>
    /// <param name="text">Bytes at whose start the stamp stands.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadRfc3164(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (text.Length < Rfc3164Length || text[3] != ' ' || text[6] != ' ')
        {
            return false;
        }

        int month = Month(text);
        int day = text[4] == ' ' ? Digit(text[5]) : Two(text, 4);
        if (month == 0 || day < 1 || !TryReadTimeOfDay(text[7..], out long ticks))
        {
            return false;
        }

        length = Rfc3164Length;
        return clock.TryInferYear(month, day, ticks, out time);
    }

    /// <summary>
    /// <c>yyyy-mm-dd[T or space]hh:mm:ss[.,fraction][Z or +hh:mm or +hhmm or +hh]</c> (ISO 8601, RFC 3339, RFC 5424);
    /// without a zone the clock's.
    /// </summary>
    /// <param name="text">Bytes at whose start the stamp stands.</param>
    /// <param name="clock">Settles the zone where there is none.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadIso8601(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' '))
        {
            return false;
        }

        int year = Four(text, 0);
        int month = Two(text, 5);
        int day = Two(text, 8);
        if (!IsDate(year, month, day) || !TryReadTimeOfDay(text[11..], out long ticks))
        {
            return false;
        }

        int at = 19;
        if (at < text.Length && text[at] is (byte)'.' or (byte)',')
        {
            at += 1 + ReadFraction(text[(at + 1)..], ref ticks);
        }

        DateTime local = new(new DateTime(year, month, day).Ticks + ticks);
        length = at + ReadOffset(text[at..], out int? minutes);
        return minutes is { } offset ? TryCreate(local, offset, out time) : Assign(clock.InZone(local), out time);
    }

    /// <summary>
    /// <c>yyyymmddThhmmss[.fraction][Z or offset]</c>, the basic form of ISO 8601; without a zone the clock's.
    /// </summary>
    /// <param name="text">Bytes at whose start the stamp stands.</param>
    /// <param name="clock">Settles the zone where there is none.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadBasicIso8601(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (text.Length < 15 || text[8] != 'T')
        {
            return false;
        }

        int year = Four(text, 0);
        int month = Two(text, 4);
        int day = Two(text, 6);
        ReadOnlySpan<byte> clockTime =
            [text[9], text[10], (byte)':', text[11], text[12], (byte)':', text[13], text[14]];
        if (!IsDate(year, month, day) || !TryReadTimeOfDay(clockTime, out long ticks))
        {
            return false;
        }

        int at = 15;
        if (at < text.Length && text[at] is (byte)'.' or (byte)',')
        {
            at += 1 + ReadFraction(text[(at + 1)..], ref ticks);
        }

        DateTime local = new(new DateTime(year, month, day).Ticks + ticks);
        length = at + ReadOffset(text[at..], out int? minutes);
        return minutes is { } offset ? TryCreate(local, offset, out time) : Assign(clock.InZone(local), out time);
    }

    /// <summary>Nine or ten digits and perhaps a fraction: seconds since 1970, UTC.</summary>
    /// <param name="text">Bytes at whose start the stamp stands.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadEpoch(ReadOnlySpan<byte> text, out DateTimeOffset time, out int length)
    {
        time = default;
        long seconds = 0;
        length = 0;
        while (length < text.Length && length < 11 && Digit(text[length]) is >= 0 and int digit)
        {
            seconds = (seconds * 10) + digit;
            length++;
        }

        if (length is not (9 or 10))
        {
            return false;
        }

        long ticks = 0;
        if (length + 1 < text.Length && text[length] == '.' && Digit(text[length + 1]) >= 0)
        {
            length += 1 + ReadFraction(text[(length + 1)..], ref ticks);
        }

        time = DateTimeOffset.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + ticks);
        return true;
    }

    /// <summary><c>dd/Mmm/yyyy:hh:mm:ss +hhmm</c>, the stamp of the common log format, without its brackets.</summary>
    /// <param name="text">Bytes at whose start the stamp stands.</param>
    /// <param name="clock">Settles the zone where there is none.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadCommonLog(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (text.Length < 20 || text[2] != '/' || text[6] != '/' || text[11] != ':')
        {
            return false;
        }

        int day = Two(text, 0);
        int month = Month(text[3..]);
        int year = Four(text, 7);
        if (!IsDate(year, month, day) || !TryReadTimeOfDay(text[12..], out long ticks))
        {
            return false;
        }

        int at = 20;
        if (at < text.Length && text[at] == '.')
        {
            at += 1 + ReadFraction(text[(at + 1)..], ref ticks);
        }

        DateTime local = new(new DateTime(year, month, day).Ticks + ticks);
        int space = at < text.Length && text[at] == ' ' ? 1 : 0;
        int taken = ReadOffset(text[(at + space)..], out int? minutes);
        length = taken == 0 ? at : at + space + taken;
        return minutes is { } offset ? TryCreate(local, offset, out time) : Assign(clock.InZone(local), out time);
    }

    /// <summary>
    /// <c>Www Mmm dd hh:mm:ss[.ffffff] yyyy</c>, the stamp of the Apache error log, without its brackets.
    /// </summary>
    /// <param name="text">Bytes at whose start the stamp stands.</param>
    /// <param name="clock">Settles the zone.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadApacheError(
        ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        if (text.Length < 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ')
        {
            return false;
        }

        int month = Month(text[4..]);
        int day = text[8] == ' ' ? Digit(text[9]) : Two(text, 8);
        if (!TryReadTimeOfDay(text[11..], out long ticks))
        {
            return false;
        }

        int at = 19;
        if (text[at] == '.')
        {
            at += 1 + ReadFraction(text[(at + 1)..], ref ticks);
        }

        if (at + 5 > text.Length || text[at] != ' ')
        {
            return false;
        }

        int year = Four(text, at + 1);
        if (!IsDate(year, month, day))
        {
            return false;
        }

        length = at + 5;
        return Assign(clock.InZone(new DateTime(new DateTime(year, month, day).Ticks + ticks)), out time);
    }

    /// <summary>The month whose English three-letter name stands at the start, 1 to 12, or 0.</summary>
    /// <param name="text">The bytes.</param>
    /// <returns>The month.</returns>
    public static int Month(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3)
        {
            return 0;
        }

        // A set bit 0x20 makes ASCII letters lower case.
        int name = ((text[0] | 0x20) << 16) | ((text[1] | 0x20) << 8) | (text[2] | 0x20);
        return name switch
        {
            ('j' << 16) | ('a' << 8) | 'n' => 1,
            ('f' << 16) | ('e' << 8) | 'b' => 2,
            ('m' << 16) | ('a' << 8) | 'r' => 3,
            ('a' << 16) | ('p' << 8) | 'r' => 4,
            ('m' << 16) | ('a' << 8) | 'y' => 5,
            ('j' << 16) | ('u' << 8) | 'n' => 6,
            ('j' << 16) | ('u' << 8) | 'l' => 7,
            ('a' << 16) | ('u' << 8) | 'g' => 8,
            ('s' << 16) | ('e' << 8) | 'p' => 9,
            ('o' << 16) | ('c' << 8) | 't' => 10,
            ('n' << 16) | ('o' << 8) | 'v' => 11,
            ('d' << 16) | ('e' << 8) | 'c' => 12,
            _ => 0,
        };
    }

    private static bool Assign(DateTimeOffset value, out DateTimeOffset time)
    {
        time = value;
        return true;
    }

    private static bool TryCreate(DateTime local, int offsetMinutes, out DateTimeOffset time)
    {
        long utc = local.Ticks - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (Math.Abs(offsetMinutes) > 14 * 60 || utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            time = default;
            return false;
        }

        time = new DateTimeOffset(local, TimeSpan.FromMinutes(offsetMinutes));
        return true;
    }

    /// <summary><c>hh:mm:ss</c>; a leap second counts as the second before it.</summary>
    /// <param name="text">Bytes at whose start the time stands.</param>
    /// <param name="ticks">Ticks since midnight.</param>
    /// <returns>Whether a time was there.</returns>
    internal static bool TryReadTimeOfDay(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':')
        {
            return false;
        }

        int hour = Two(text, 0);
        int minute = Two(text, 3);
        int second = Two(text, 6);
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 60)
        {
            return false;
        }

        ticks = ((((hour * 60) + minute) * 60L) + Math.Min(second, 59)) * TimeSpan.TicksPerSecond;
        return true;
    }

    /// <summary>Adds the fraction of a second to ticks; digits beyond the seventh are dropped.</summary>
    /// <param name="text">Bytes at whose start the digits stand.</param>
    /// <param name="ticks">The ticks.</param>
    /// <returns>The digits taken.</returns>
    internal static int ReadFraction(ReadOnlySpan<byte> text, ref long ticks)
    {
        long unit = TimeSpan.TicksPerSecond / 10;
        int count = 0;
        while (count < text.Length && Digit(text[count]) is >= 0 and int digit)
        {
            ticks += digit * unit;
            unit /= 10;
            count++;
        }

        return count;
    }

    // Z, +hh:mm, +hhmm or +hh; minutes is null where there is no offset.
    private static int ReadOffset(ReadOnlySpan<byte> text, out int? minutes)
    {
        minutes = null;
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text[0] is (byte)'Z' or (byte)'z')
        {
            minutes = 0;
            return 1;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || Two(text, 1) < 0)
        {
            return 0;
        }

        int sign = text[0] == '-' ? -1 : 1;
        int colon = text.Length > 3 && text[3] == ':' ? 1 : 0;
        bool hasMinutes = text.Length >= 5 + colon && Two(text, 3 + colon) >= 0;
        minutes = sign * ((Two(text, 1) * 60) + (hasMinutes ? Two(text, 3 + colon) : 0));
        return hasMinutes ? 5 + colon : 3;
    }

    private static bool IsDate(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static int Digit(byte value) => value is >= (byte)'0' and <= (byte)'9' ? value - '0' : -1;

    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = Digit(text[at]);
        int units = Digit(text[at + 1]);
        return (tens | units) < 0 ? -1 : (tens * 10) + units;
    }

    private static int Four(ReadOnlySpan<byte> text, int at)
    {
        int high = Two(text, at);
        int low = Two(text, at + 2);
        return (high | low) < 0 ? -1 : (high * 100) + low;
    }
}
