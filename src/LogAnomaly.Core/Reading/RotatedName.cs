using System.Globalization;

namespace LogAnomaly.Reading;

/// <summary>
/// What the name of a file says about its place in a set of rotated files:
/// <code>
/// name  = bare                                   ; access.log: what is written to now
///       / bare "." number [packed]               ; access.log.2.gz: the higher, the older
///       / bare ".old" [packed]
///       / start [sep] date *(sep number) rest [packed]
///                                                ; access.log-20260101-1699999999.xz, app.2026-01-01.log,
///                                                ; u_ex260101.log
/// date  = yyyymmdd[hh[mm[ss]]] / yyyy sep mm sep dd
/// sep   = "-" / "_" / "." / "T"
/// </code>
/// The bare name of a dated file is its start and its rest together.
/// </summary>
/// <param name="Bare">The name of the set.</param>
/// <param name="Age">0 for the file that is written to now, else by which a greater one is older; -1 for a dated
/// file.</param>
/// <param name="Dates">The numbers of a date and what follows it, for a dated file; else empty.</param>
/// <param name="IsPacked">Whether the name ends like that of a compressed file.</param>
internal sealed record RotatedName(
    string Bare, long Age, IReadOnlyList<long> Dates, bool IsPacked) : IComparable<RotatedName>
{
    // A longer number is a time and no count.
    private const int LongestCount = 5;
    private const int DigitsToSeconds = 14;

    private static readonly string[] s_packed = [".gz", ".bz2", ".xz", ".zst", ".lzma", ".lz4", ".Z", ".zip"];
    private static readonly string[] s_iisStarts = ["u_ex", "u_nc", "u_in"];

    /// <summary>Reads a name.</summary>
    /// <param name="name">Name of a file, without its folder.</param>
    /// <returns>What it says.</returns>
    public static RotatedName Parse(string name)
    {
        string? packed = Array.Find(
            s_packed,
            ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && name.Length > ending.Length);
        string rest = name[..^(packed?.Length ?? 0)];
        int dot = rest.LastIndexOf('.');
        string ending = rest[(dot + 1)..];
        if (dot > 0 && HasLetter(rest.AsSpan(0, dot)) && TryReadAge(ending, out long age) && FindDate(rest) is null)
        {
            return new RotatedName(rest[..dot], age, [], packed is not null);
        }

        return FindDate(rest) is { } date
            ? new RotatedName(date.Bare, -1, date.Numbers, packed is not null)
            : new RotatedName(rest, 0, [], packed is not null);
    }

    /// <summary>Compares two files of one set.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>Less than 0 where this one is older: dated files, then numbered ones, then the one that is written to
    /// now.</returns>
    public int CompareTo(RotatedName? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Age != other.Age)
        {
            return Age < 0 ? -1 : other.Age < 0 ? 1 : other.Age.CompareTo(Age);
        }

        for (int i = 0; i < Math.Min(Dates.Count, other.Dates.Count); i++)
        {
            if (Dates[i] != other.Dates[i])
            {
                return Dates[i].CompareTo(other.Dates[i]);
            }
        }

        return Dates.Count.CompareTo(other.Dates.Count);
    }

    // BSD counts from 0, so that the file after the bare one is 0 or 1.
    private static bool TryReadAge(string ending, out long age)
    {
        if (ending.Equals("old", StringComparison.OrdinalIgnoreCase))
        {
            age = 1;
            return true;
        }

        bool isNumber = long.TryParse(ending, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        age = number + 1;
        return isNumber && ending.Length <= LongestCount;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (char value in text)
        {
            if (char.IsLetter(value))
            {
                return true;
            }
        }

        return false;
    }

    private static (string Bare, List<long> Numbers)? FindDate(string name)
    {
        for (int at = 0; at < name.Length; at++)
        {
            if (!char.IsAsciiDigit(name[at]) || (at > 0 && char.IsAsciiDigit(name[at - 1])))
            {
                continue;
            }

            int length = DateLength(name, at);
            if (length == 0)
            {
                continue;
            }

            List<long> numbers = [ToNumber(name.AsSpan(at, length), DigitsToSeconds)];
            int end = TakeNumbers(name, at + length, numbers);
            string start = name[..at].TrimEnd('-', '_', '.');
            return (start + name[end..], numbers);
        }

        return null;
    }

    // Numbers that follow a date, each after a separator: the hour, a count, a time in seconds.
    private static int TakeNumbers(string name, int at, List<long> numbers)
    {
        while (at + 1 < name.Length && name[at] is '-' or '_' or '.' or 'T' && char.IsAsciiDigit(name[at + 1]))
        {
            int end = at + 1;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
            {
                end++;
            }

            if (end - at > 18)
            {
                return at;
            }

            numbers.Add(ToNumber(name.AsSpan(at + 1, end - at - 1), 0));
            at = end;
        }

        return at;
    }

    private static int DateLength(string name, int at)
    {
        int digits = 0;
        while (at + digits < name.Length && char.IsAsciiDigit(name[at + digits]))
        {
            digits++;
        }

        ReadOnlySpan<char> text = name.AsSpan(at);
        if (digits is 8 or 10 or 12 or 14)
        {
            if (IsDate(text[..4], text[4..6], text[6..8]))
            {
                return digits;
            }
        }

        if (digits is 6 or 8 && Array.Exists(
            s_iisStarts, start => at == start.Length && name.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
        {
            return digits;
        }

        return digits == 4 && text.Length >= 10 && text[4] is '-' or '_' or '.' && text[7] == text[4]
            && IsDate(text[..4], text[5..7], text[8..10]) ? 10 : 0;
    }

    private static bool IsDate(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day) =>
        int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out int y) && y is >= 1970 and < 2200
        && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out int m) && m is >= 1 and <= 12
        && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out int d) && d is >= 1 and <= 31;

    // The digits alone, filled up so that a day with its hour and one without compare.
    private static long ToNumber(ReadOnlySpan<char> text, int digits)
    {
        long number = 0;
        foreach (char value in text)
        {
            if (char.IsAsciiDigit(value))
            {
                number = (number * 10) + value - '0';
                digits--;
            }
        }

        for (; digits > 0; digits--)
        {
            number *= 10;
        }

        return number;
    }
}
