namespace LogAnomaly.Templates;

/// <summary>Tells the units that make a number a duration or a size.</summary>
internal static class UnitForm
{
    private const string Durations =
        " ms s us ns sec secs second seconds msec msecs millisecond milliseconds millis microsecond microseconds usec "
            + "min mins minute minutes h hr hrs hour hours day days week weeks ";

    private const string Sizes = " b kb mb gb tb kib mib gib tib byte bytes kbytes mbytes ";

    /// <summary>The length of a unit.</summary>
    /// <param name="rest">The text behind a number.</param>
    /// <param name="mark">What the number is: a number, a duration or a size.</param>
    /// <returns>Its characters with the space before it, or 0.</returns>
    public static int LengthAt(ReadOnlySpan<char> rest, out char mark)
    {
        mark = (char)Mark.Number;
        if (rest.IsEmpty)
        {
            return 0;
        }

        int start = rest[0] == ' ' ? 1 : 0;
        if (rest.Length > start && rest[start] == '%')
        {
            return rest.Length == start + 1 || !MessageMask.IsWordChar(rest[start + 1]) ? start + 1 : 0;
        }

        int end = start;
        while (end < rest.Length && char.IsAsciiLetter(rest[end]))
        {
            end++;
        }

        if (end == start || end - start > 12
            || (end < rest.Length && (MessageMask.IsWordChar(rest[end]) || rest[end] is '_' or '=')))
        {
            return 0;
        }

        Span<char> unit = stackalloc char[14];
        unit[0] = ' ';
        _ = rest[start..end].ToLowerInvariant(unit[1..]);
        unit[end - start + 1] = ' ';
        ReadOnlySpan<char> wanted = unit[..(end - start + 2)];

        // A lone letter is a unit only where it touches its number.
        if (start == 1 && end - start == 1 && rest[1] != 'B')
        {
            return 0;
        }

        if (Durations.AsSpan().Contains(wanted, StringComparison.Ordinal))
        {
            mark = (char)Mark.Duration;
            return end;
        }

        if (Sizes.AsSpan().Contains(wanted, StringComparison.Ordinal))
        {
            mark = (char)Mark.Size;
            return end;
        }

        return 0;
    }
}
