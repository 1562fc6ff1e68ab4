namespace LogAnomaly.Parsing;

/// <summary>
/// Tells addresses from names. IPv4 is four decimal numbers without leading zeros (which some readers take for octal);
/// IPv6 is the text of RFC 4291, section 2.2. A zone id (<c>%eth0</c>) is dropped: it has a meaning on the writing host
/// only.
/// </summary>
internal static class SourceAddress
{
    private const int Groups = 8;

    /// <summary>Reads an address literal.</summary>
    /// <param name="text">The whole word; brackets around it are dropped.</param>
    /// <param name="literal">The bytes of the address: without a zone, and of an IPv4-mapped address the IPv4
    /// part.</param>
    /// <returns>Whether the word is an address.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> literal)
    {
        literal = text;
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
        {
            literal = text[1..^1];
        }

        if (literal.IndexOf((byte)':') < 0)
        {
            return IsIPv4(literal);
        }

        int zone = literal.IndexOf((byte)'%');
        literal = zone < 0 ? literal : literal[..zone];
        if (!IsIPv6(literal))
        {
            return false;
        }

        if (literal.Length > 7 && literal.StartsWith("::"u8) && IsMappedPrefix(literal[2..7]) && IsIPv4(literal[7..]))
        {
            literal = literal[7..];
        }

        return true;
    }

    /// <summary>Whether some bytes are an IPv4 address.</summary>
    /// <param name="text">The bytes.</param>
    /// <returns>Whether they are.</returns>
    public static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 7 or > 15)
        {
            return false;
        }

        int numbers = 0;
        int at = 0;
        while (numbers < 4)
        {
            int start = at;
            int value = 0;
            while (at < text.Length && at < start + 3 && char.IsAsciiDigit((char)text[at]))
            {
                value = (value * 10) + text[at++] - '0';
            }

            if (at == start || value > 255 || (at > start + 1 && text[start] == '0'))
            {
                return false;
            }

            numbers++;
            if (numbers < 4 && (at >= text.Length || text[at++] != '.'))
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static bool IsMappedPrefix(ReadOnlySpan<byte> text) =>
        (text[0] | 0x20) == 'f' && (text[1] | 0x20) == 'f' && (text[2] | 0x20) == 'f' && (text[3] | 0x20) == 'f'
            && text[4] == ':';

    /// <summary>
    /// An address as it is told apart from others: without a zone, and of an IPv4-mapped one the IPv4 part.
    /// </summary>
    /// <param name="address">An address.</param>
    /// <returns>Its bytes; what is no address comes back as it is.</returns>
    public static ReadOnlySpan<byte> Normalise(ReadOnlySpan<byte> address) =>
        TryParse(address, out ReadOnlySpan<byte> literal) ? literal : address;

    /// <summary>Whether some bytes are an IPv6 address without a zone.</summary>
    /// <param name="text">The bytes.</param>
    /// <returns>Whether they are.</returns>
    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 2 or > 45)
        {
            return false;
        }

        int groups = 0;
        bool isShortened = text.StartsWith("::"u8);
        int at = isShortened ? 2 : 0;
        while (at < text.Length)
        {
            int digits = HexDigits(text[at..]);
            if (digits < text.Length - at && text[at + digits] == '.')
            {
                return IsIPv4(text[at..]) && IsCount(groups + 2, isShortened);
            }

            if (digits is 0 or > 4)
            {
                return false;
            }

            groups++;
            at += digits;
            if (at < text.Length && (text[at++] != ':' || at == text.Length))
            {
                return false;
            }

            if (at == text.Length)
            {
                break;
            }

            if (text[at] == ':' && !TryShorten(ref at, ref isShortened))
            {
                return false;
            }
        }

        return IsCount(groups, isShortened);
    }

    // "::" may stand once.
    private static bool TryShorten(ref int at, ref bool isShortened)
    {
        bool isFirst = !isShortened;
        isShortened = true;
        at++;
        return isFirst;
    }

    private static bool IsCount(int groups, bool isShortened) => isShortened ? groups < Groups : groups == Groups;

    private static int HexDigits(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiHexDigit((char)text[count]))
        {
            count++;
        }

        return count;
    }
}
