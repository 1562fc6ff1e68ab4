namespace LogAnomaly.Templates;

/// <summary>
/// Tells dates and times by their form alone, whatever log they are of: <c>2015-10-18 18:01:47,978</c>,
/// <c>17/06/09 20:10:40</c>, <c>Nov  9 12:01:01</c>, <c>081109 203615</c>, <c>20171223-22:15:29:606</c>,
/// <c>03-17 16:13:38.811</c>, seconds or milliseconds since 1970.
/// </summary>
internal static class StampForm
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string Days = "MonTueWedThuFriSatSun";

    /// <summary>The length of the stamp at the start of some text.</summary>
    /// <param name="rest">The text.</param>
    /// <param name="isSyslog">Whether it is one of month, day and time, which a host and a tag follow.</param>
    /// <param name="isEpoch">Whether it is a number since 1970.</param>
    /// <returns>Its bytes, or 0 where there is none.</returns>
    public static int LengthAt(ReadOnlySpan<byte> rest, out bool isSyslog, out bool isEpoch)
    {
        isEpoch = false;
        int length = MonthStamp(rest);
        isSyslog = length > 0 && StartsWithName(rest, Months);
        if (length > 0)
        {
            return length;
        }

        int digits = Digits(rest);
        if (digits == 0)
        {
            return 0;
        }

        length = NumberStamp(rest, digits, out isEpoch);
        return length > 0 ? length : SeparatedStamp(rest);
    }

    // [Sun ]Dec[ ]4 04:47:44[.f][ 2005]
    private static int MonthStamp(ReadOnlySpan<byte> rest)
    {
        int at = StartsWithName(rest, Days) ? 3 : 0;
        at += at > 0 ? Skip(rest[at..], ", "u8) : 0;
        if (!StartsWithName(rest[at..], Months))
        {
            return 0;
        }

        at += 3;
        int spaces = Skip(rest[at..], " "u8);
        int day = Digits(rest[(at + spaces)..]);
        if (spaces == 0 || day is < 1 or > 2)
        {
            return 0;
        }

        at += spaces + day;
        at += Skip(rest[at..], " "u8);
        int time = TimeLength(rest[at..], mayHaveDots: false);
        if (time == 0)
        {
            return 0;
        }

        at += time;
        bool hasYear = rest.Length >= at + 5 && rest[at] == ' ' && Digits(rest[(at + 1)..]) == 4
            && rest[at + 1] is (byte)'1' or (byte)'2';
        return hasYear ? at + 5 : at;
    }

    // 081109 203615; 1117838570[.123]; 1117838570123; 20171223-22:15:29:606
    private static int NumberStamp(ReadOnlySpan<byte> rest, int digits, out bool isEpoch)
    {
        isEpoch = digits is 10 or 13 && rest[0] == '1'
            && (digits == rest.Length || rest[digits] is (byte)' ' or (byte)'.' or (byte)'|' or (byte)',');
        if (isEpoch)
        {
            return digits < rest.Length && rest[digits] == '.' ? digits + 1 + Digits(rest[(digits + 1)..]) : digits;
        }

        if (digits is not (6 or 8) || digits + 1 >= rest.Length
            || rest[digits] is not ((byte)' ' or (byte)'-' or (byte)'T' or (byte)'_'))
        {
            return 0;
        }

        int time = TimeLength(rest[(digits + 1)..], mayHaveDots: false);
        int compact = Digits(rest[(digits + 1)..]) == 6 && IsClock(rest.Slice(digits + 1, 6)) ? 6 : 0;
        return time + compact == 0 ? 0 : digits + 1 + Math.Max(time, compact);
    }

    // A date of two or three parts, a time, or both.
    private static int SeparatedStamp(ReadOnlySpan<byte> rest)
    {
        int time = TimeLength(rest, mayHaveDots: false);
        if (time > 0)
        {
            return time;
        }

        int date = DateLength(rest, out int parts);
        if (date == 0)
        {
            return 0;
        }

        int gap = date < rest.Length && rest[date] is (byte)' ' or (byte)'T' or (byte)'_' or (byte)'-' or (byte)':'
            ? 1
            : 0;
        int after = gap == 0 ? 0 : TimeLength(rest[(date + gap)..], mayHaveDots: true);
        if (after > 0)
        {
            return date + gap + after;
        }

        return parts == 3 ? date : 0;
    }

    private static int DateLength(ReadOnlySpan<byte> rest, out int parts)
    {
        parts = 1;
        int at = Digits(rest);
        if (at is < 1 or > 4 || at >= rest.Length || rest[at] is not ((byte)'-' or (byte)'/' or (byte)'.'))
        {
            return 0;
        }

        byte separator = rest[at];
        while (parts < 3 && at + 1 < rest.Length && rest[at] == separator
            && IsDatePart(rest[(at + 1)..], out int length))
        {
            at += 1 + length;
            parts++;
        }

        bool ends = at >= rest.Length || !(MessageMask.IsWordByte(rest[at]) && rest[at] != 'T');
        return ends && parts >= 2 && !(at < rest.Length && rest[at] == separator && separator == '.') ? at : 0;
    }

    private static bool IsDatePart(ReadOnlySpan<byte> rest, out int length)
    {
        length = Digits(rest);
        if (length is 1 or 2 or 4)
        {
            return true;
        }

        length = 3;
        return StartsWithName(rest, Months);
    }

    // 10:05:03, behind a date 10.05.03 too, with a fraction after . , or : and a zone.
    private static int TimeLength(ReadOnlySpan<byte> rest, bool mayHaveDots)
    {
        int at = Digits(rest);
        if (at is < 1 or > 2 || at + 4 >= rest.Length + 1 || !(rest[at] == ':' || (mayHaveDots && rest[at] == '.')))
        {
            return 0;
        }

        byte separator = rest[at];
        int minutes = Digits(rest[(at + 1)..]);
        int second = at + 1 + minutes;
        if (minutes is < 1 or > 2 || second + 1 >= rest.Length || rest[second] != separator)
        {
            return 0;
        }

        int seconds = Digits(rest[(second + 1)..]);
        if (seconds is < 1 or > 2)
        {
            return 0;
        }

        at = second + 1 + seconds;
        if (at + 1 < rest.Length && rest[at] is (byte)'.' or (byte)',' or (byte)':')
        {
            int fraction = Digits(rest[(at + 1)..]);
            at += fraction > 0 ? 1 + fraction : 0;
        }

        return at + ZoneLength(rest[at..]);
    }

    private static int ZoneLength(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > 0 && rest[0] == 'Z' && (rest.Length == 1 || !MessageMask.IsWordByte(rest[1])))
        {
            return 1;
        }

        int gap = rest.Length > 1 && rest[0] == ' ' ? 1 : 0;
        if (rest.Length < gap + 5 || rest[gap] is not ((byte)'+' or (byte)'-'))
        {
            return 0;
        }

        int hours = Digits(rest[(gap + 1)..]);
        return hours == 4 ? gap + 5
            : hours == 2 && rest.Length >= gap + 6 && rest[gap + 3] == ':' && Digits(rest[(gap + 4)..]) == 2 ? gap + 6
            : 0;
    }

    private static bool IsClock(ReadOnlySpan<byte> six) => six[0] <= '2' && six[2] <= '5' && six[4] <= '5';

    private static bool StartsWithName(ReadOnlySpan<byte> rest, string names)
    {
        if (rest.Length < 4 || rest[3] is not ((byte)' ' or (byte)',' or (byte)'-' or (byte)'/'))
        {
            return false;
        }

        for (int i = 0; i < names.Length; i += 3)
        {
            if (rest[0] == names[i] && rest[1] == names[i + 1] && rest[2] == names[i + 2])
            {
                return true;
            }
        }

        return false;
    }

    private static int Digits(ReadOnlySpan<byte> rest)
    {
        int length = 0;
        while (length < rest.Length && (uint)(rest[length] - '0') <= 9)
        {
            length++;
        }

        return length;
    }

    private static int Skip(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> what)
    {
        int length = rest.IndexOfAnyExcept(what);
        return length < 0 ? rest.Length : length;
    }
}
