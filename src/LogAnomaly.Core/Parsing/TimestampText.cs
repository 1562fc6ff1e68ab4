using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads a whole value as a time, in any of the forms that logs have: ISO 8601 with its variants, RFC 1123 and 850,
/// the stamps of syslog, of the web servers and of C's <c>ctime</c>, .NET's <c>/Date(…)/</c>, and numbers of seconds,
/// milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
/// </summary>
internal static class TimestampText
{
    private const int LongestText = 64;

    // Seconds from 1973 to 5138; less is a duration, a counter or a small number.
    private const double LeastSeconds = 1e8;
    private const double MostSeconds = 1e11;

    private static readonly System.Buffers.SearchValues<byte> s_numberBytes =
        System.Buffers.SearchValues.Create("0123456789.eE+-"u8);

    private static readonly string[] s_patterns =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd, dd MMM yyyy HH:mm:ss 'UTC'", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd MMM d HH:mm:ss 'UTC' yyyy",
        "ddd MMM d HH:mm:ss 'GMT' yyyy", "ddd MMM d HH:mm:ss zzz yyyy", "yyyyMMdd'T'HHmmss'Z'",
    ];

    private static readonly string[] s_localPatterns =
    [
        "yyyyMMdd HH:mm:ss", "yyyyMMdd HH:mm:ss.FFFFFFF", "yyyyMMddHHmmss", "yyyyMMdd'T'HHmmss",
        "MMM d, yyyy h:mm:ss tt", "M/d/yyyy h:mm:ss tt", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm:ss.FFFFFFF tt",
        "d.M.yyyy HH:mm:ss", "d MMM yyyy HH:mm:ss", "d MMM yyyy HH:mm:ss.FFFFFFF", "d-MMM-yyyy HH:mm:ss",
        "d-MMM-yyyy HH:mm:ss.FFFFFFF", "MMM d yyyy HH:mm:ss", "MMM d, yyyy HH:mm:ss", "yyyy MMM d HH:mm:ss",
        "ddd MMM d HH:mm:ss yyyy", "ddd, d MMM yyyy HH:mm:ss", "yyyy-MM-dd HH:mm", "MMM d, yyyy @ HH:mm:ss.FFFFFFF",
        "yyyy-M-d H:mm:ss", "dd/MM/yyyy HH:mm:ss",
    ];

    /// <summary>Reads a text or a number.</summary>
    /// <param name="text">The whole value.</param>
    /// <param name="clock">Settles what it leaves open.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether it is a time.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        text = text.Trim(" \t[]"u8);
        time = default;
        if (text.Length is < 8 or > LongestText)
        {
            return false;
        }

        if (!text.ContainsAnyExcept(s_numberBytes) && TryReadNumber(text, out time))
        {
            return true;
        }

        return TryReadStamp(text, clock, out time) || TryReadDate(text, out time)
            || TryReadByPatterns(text, clock, out time);
    }

    /// <summary>Reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970.</summary>
    /// <param name="text">The whole value.</param>
    /// <param name="time">The time, in UTC.</param>
    /// <returns>Whether its size is that of a time.</returns>
    public static bool TryReadNumber(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (Utf8Parser.TryParse(text, out long whole, out int read) && read == text.Length)
        {
            return TryCreate(whole, 0, out time);
        }

        if (!Utf8Parser.TryParse(text, out decimal number, out read) || read != text.Length
            || decimal.Abs(number) >= long.MaxValue)
        {
            // A decimal keeps the nanoseconds that a double would lose; exponents it does not read.
            return Utf8Parser.TryParse(text, out double real, out read, 'e') && read == text.Length
                && real is >= LeastSeconds and < MostSeconds
                && TryCreate((long)real, (decimal)(real - Math.Floor(real)), out time);
        }

        decimal floor = decimal.Floor(number);
        return TryCreate((long)floor, number - floor, out time);
    }

    private static bool TryCreate(long number, decimal fraction, out DateTimeOffset time)
    {
        decimal ticks = number switch
        {
            < (long)LeastSeconds => -1,
            < (long)MostSeconds => (number + fraction) * TimeSpan.TicksPerSecond,
            < (long)(MostSeconds * 1e3) => (number + fraction) * TimeSpan.TicksPerMillisecond,
            < (long)(MostSeconds * 1e6) => (number + fraction) * TimeSpan.TicksPerMicrosecond,
            _ => number / 100,
        };
        bool isTime = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks;
        time = isTime ? DateTimeOffset.UnixEpoch.AddTicks((long)ticks) : default;
        return isTime;
    }

    // A stamp of one of the common forms that fills the text, but for a name of UTC behind it.
    private static bool TryReadStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        if (text.Length >= 19 && text[4] == '/' && text[7] == '/')
        {
            Span<byte> iso = stackalloc byte[LongestText];
            text.CopyTo(iso);
            iso[4] = iso[7] = (byte)'-';
            return TryReadIso(iso[..text.Length], clock, out time);
        }

        return TryReadIso(text, clock, out time)
            || (Timestamps.TryReadCommonLog(text, clock, out time, out int length) && length == text.Length)
            || (Timestamps.TryReadApacheError(text, clock, out time, out length) && length == text.Length)
            || (SyslogStamp.TryRead(text, clock, out time, out length) && length == text.Length);
    }

    // "2026-01-02 03:04:05.678 +0100 CET" and "… UTC" are what Go and Ruby print.
    private static bool TryReadIso(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        if (!Timestamps.TryReadIso8601(text, clock, out time, out int length))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[length..];
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] != ' ')
        {
            return false;
        }

        rest = rest[1..];
        if (rest.SequenceEqual("UTC"u8) || rest.SequenceEqual("GMT"u8) || rest.SequenceEqual("Z"u8))
        {
            time = new DateTimeOffset(time.DateTime, TimeSpan.Zero);
            return true;
        }

        return rest.Length >= 5 && rest[0] is (byte)'+' or (byte)'-'
            && TryReadApart(text[..length], rest, clock, out time);
    }

    private static bool TryReadApart(
        ReadOnlySpan<byte> stamp, ReadOnlySpan<byte> zone, LogClock clock, out DateTimeOffset time)
    {
        // The zone's name, where there is one, says nothing more than its offset.
        int space = zone.IndexOf((byte)' ');
        zone = space < 0 ? zone : zone[..space];
        Span<byte> joined = stackalloc byte[LongestText];
        stamp.CopyTo(joined);
        zone.CopyTo(joined[stamp.Length..]);
        int length = stamp.Length + zone.Length;
        return Timestamps.TryReadIso8601(joined[..length], clock, out time, out int taken) && taken == length;
    }

    // "/Date(1663977609000)/" and "/Date(1663977609000+0200)/": the offset does not change the instant.
    private static bool TryReadDate(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (!text.StartsWith("/Date("u8) || !text.EndsWith(")/"u8)
            || !Utf8Parser.TryParse(text[6..], out long milliseconds, out int read)
            || text[6 + read] is not ((byte)')' or (byte)'+' or (byte)'-')
            || milliseconds is < -62_135_596_800_000 or > 253_402_300_799_999)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    private static bool TryReadByPatterns(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        time = default;
        if (!Ascii.IsValid(text) || !text.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        string value = Encoding.ASCII.GetString(text);
        const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces;
        if (DateTimeOffset.TryParseExact(
            value, s_patterns, CultureInfo.InvariantCulture, Styles | DateTimeStyles.AssumeUniversal, out time))
        {
            return time.UtcTicks > 0;
        }

        if (!DateTime.TryParseExact(value, s_localPatterns, CultureInfo.InvariantCulture, Styles, out DateTime local))
        {
            return false;
        }

        time = clock.InZone(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        return true;
    }
}
