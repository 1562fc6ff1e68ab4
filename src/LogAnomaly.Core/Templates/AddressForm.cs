namespace LogAnomaly.Templates;

/// <summary>
/// Finds IP addresses in messages by their form: dotted IPv4, and IPv6 with at least four groups or a double colon.
/// </summary>
internal static class AddressForm
{
    /// <summary>The length of the address at the start of some text.</summary>
    /// <param name="rest">The text.</param>
    /// <returns>Its bytes, or 0 where there is none.</returns>
    public static int LengthAt(ReadOnlySpan<byte> rest)
    {
        int length = 0;
        int dots = 0;
        int colons = 0;
        bool onlyDecimal = true;
        while (length < rest.Length && length < 46)
        {
            byte value = rest[length];
            if (value == '.')
            {
                dots++;
            }
            else if (value == ':')
            {
                colons++;
            }
            else if (!char.IsAsciiHexDigit((char)value))
            {
                break;
            }
            else
            {
                onlyDecimal &= char.IsAsciiDigit((char)value);
            }

            length++;
        }

        while (length > 0 && rest[length - 1] is (byte)'.' or (byte)':' && !rest[..length].EndsWith("::"u8))
        {
            length--;
        }

        if (length < 2 || (length < rest.Length && MessageMask.IsWordByte(rest[length])))
        {
            return 0;
        }

        return Judge(rest[..length], dots, colons, onlyDecimal);
    }

    private static int Judge(ReadOnlySpan<byte> text, int dots, int colons, bool onlyDecimal)
    {
        int colon = text.IndexOf((byte)':');
        if (dots >= 3 && onlyDecimal && colons <= 1)
        {
            ReadOnlySpan<byte> address = colon < 0 ? text : text[..colon];
            return IsIPv4(address) ? address.Length : 0;
        }

        // Times such as 10:05:03 have colons too; an address of IPv6 has four groups or a double colon.
        bool isIPv6 = colons >= 2 && (text.IndexOf("::"u8) >= 0 || colons >= 4) && text.Length >= 3;
        return isIPv6 ? text.Length : 0;
    }

    private static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        int parts = 0;
        int digits = 0;
        foreach (byte value in text)
        {
            if (value == '.')
            {
                if (digits is < 1 or > 3)
                {
                    return false;
                }

                parts++;
                digits = 0;
            }
            else
            {
                digits++;
            }
        }

        return parts == 3 && digits is >= 1 and <= 3;
    }
}
