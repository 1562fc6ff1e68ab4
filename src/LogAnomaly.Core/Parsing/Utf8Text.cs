namespace LogAnomaly.Parsing;

/// <summary>Small cuts of UTF-8 text that the classifiers of messages share.</summary>
internal static class Utf8Text
{
    /// <summary>Text without spaces at both ends.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The rest.</returns>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim((byte)' ');

    /// <summary>Text without one pair of quotes around it: '…', "…", `…' or &lt;…&gt;.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The rest.</returns>
    public static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return text;
        }

        bool isQuoted = (text[0], text[^1]) is ((byte)'\'', (byte)'\'') or ((byte)'"', (byte)'"') or ((byte)'`',
            (byte)'\'')
            or ((byte)'<', (byte)'>');
        return isQuoted ? text[1..^1] : text;
    }

    /// <summary>Splits at the first occurrence of a separator.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The separator.</param>
    /// <param name="before">What stands before it.</param>
    /// <param name="after">What stands behind it.</param>
    /// <returns>Whether the separator was there.</returns>
    public static bool TrySplit(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> after) =>
        TrySplitAt(text, text.IndexOf(separator), separator.Length, out before, out after);

    /// <summary>Splits at the last occurrence of a separator.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The separator.</param>
    /// <param name="before">What stands before it.</param>
    /// <param name="after">What stands behind it.</param>
    /// <returns>Whether the separator was there.</returns>
    public static bool TrySplitLast(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> after) =>
        TrySplitAt(text, text.LastIndexOf(separator), separator.Length, out before, out after);

    /// <summary>Takes a prefix off.</summary>
    /// <param name="text">The text; without the prefix afterwards.</param>
    /// <param name="prefix">The prefix.</param>
    /// <returns>Whether the prefix was there.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        if (!text.StartsWith(prefix))
        {
            return false;
        }

        text = text[prefix.Length..];
        return true;
    }

    /// <summary>Takes a suffix off.</summary>
    /// <param name="text">The text; without the suffix afterwards.</param>
    /// <param name="suffix">The suffix.</param>
    /// <returns>Whether the suffix was there.</returns>
    public static bool TryTakeEnd(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> suffix)
    {
        if (!text.EndsWith(suffix))
        {
            return false;
        }

        text = text[..^suffix.Length];
        return true;
    }

    /// <summary>What stands before a byte, or the whole where the byte is not there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">The byte.</param>
    /// <returns>The part.</returns>
    public static ReadOnlySpan<byte> Before(ReadOnlySpan<byte> text, byte end)
    {
        int at = text.IndexOf(end);
        return at < 0 ? text : text[..at];
    }

    /// <summary>What stands between a mark and a byte.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="end">The byte that ends the part; without it the part goes to the end.</param>
    /// <returns>The part, or empty where the mark is not there.</returns>
    public static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark, byte end)
    {
        int at = text.IndexOf(mark);
        return at < 0 ? default : Before(text[(at + mark.Length)..], end);
    }

    /// <summary>Whether a part occurs in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="part">The part.</param>
    /// <returns>Whether it does.</returns>
    public static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) => text.IndexOf(part) >= 0;

    /// <summary>
    /// Takes a prefix off whose first letter may be a capital or not, as versions of a program differ.
    /// </summary>
    /// <param name="text">The text; without the prefix afterwards.</param>
    /// <param name="prefix">The prefix.</param>
    /// <returns>Whether the prefix was there.</returns>
    public static bool TryTakeAnyCase(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        bool isThere = text.Length >= prefix.Length && (text[0] | 0x20) == (prefix[0] | 0x20)
            && text[1..].StartsWith(prefix[1..]);
        text = isThere ? text[prefix.Length..] : text;
        return isThere;
    }

    private static bool TrySplitAt(
        ReadOnlySpan<byte> text, int at, int length, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> after)
    {
        before = at < 0 ? default : text[..at];
        after = at < 0 ? default : text[(at + length)..];
        return at >= 0;
    }
}
