using System.Net;
using System.Net.Sockets;

namespace LogAnomaly.Places;

/// <summary>An IP address as a number.</summary>
/// <param name="Value">The number; of an IPv4 address the low 32 bits.</param>
/// <param name="IsVersion4">Whether it is an IPv4 address.</param>
internal readonly record struct AddressNumber(UInt128 Value, bool IsVersion4)
{
    // Eight groups of four digits and seven colons, or six groups and an IPv4 address.
    private const int LongestVersion6 = 45;

    private static readonly UInt128 s_mapped = (UInt128)0xFFFF << 32;
    private static readonly UInt128 s_translated = (UInt128)0x0064_FF9B << 96;

    /// <summary>The IPv4 address as a number.</summary>
    public uint Version4 => (uint)Value;

    /// <summary>
    /// Reads an address. It is stricter than <see cref="IPAddress"/>, which takes <c>1</c>, <c>0x7f.1</c> and octal
    /// numbers for addresses, and <c>[::1]:80</c> too: an address with a port, a prefix or brackets is none. A zone
    /// (<c>fe80::1%eth0</c>) is passed over.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">
    /// The address. An IPv4 address that is carried in an IPv6 one is the IPv4 one: mapped (<c>::ffff:192.0.2.1</c>,
    /// RFC 4291), translated by the well-known prefix (<c>64:ff9b::192.0.2.1</c>, RFC 6052), or of 6to4
    /// (<c>2002:c000:201::1</c>, RFC 3056).
    /// </param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressNumber address)
    {
        address = default;
        if (!text.Contains(':'))
        {
            bool isVersion4 = TryParseVersion4(text, out uint number);
            address = new AddressNumber(number, IsVersion4: true);
            return isVersion4;
        }

        int zone = text.IndexOf('%');
        if (zone == text.Length - 1 || !TryParseVersion6(zone < 0 ? text : text[..zone], out UInt128 value))
        {
            return false;
        }

        address = Carried(value) is { } carried
            ? new AddressNumber(carried, IsVersion4: true)
            : new AddressNumber(value, IsVersion4: false);
        return true;
    }

    /// <summary>
    /// Reads an IPv4 address of four decimal numbers without leading zeros, which some would read as octal.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The address.</param>
    /// <returns>Whether the text is one.</returns>
    private static bool TryParseVersion4(ReadOnlySpan<char> text, out uint number)
    {
        number = 0;
        uint part = 0;
        int digits = 0;
        int parts = 1;
        foreach (char character in text)
        {
            if (character == '.')
            {
                if (digits == 0 || ++parts > 4)
                {
                    return false;
                }

                number = (number << 8) | part;
                (part, digits) = (0, 0);
                continue;
            }

            if (!char.IsAsciiDigit(character) || (digits > 0 && part == 0))
            {
                return false;
            }

            part = (part * 10) + (uint)(character - '0');
            digits++;
            if (part > 255)
            {
                return false;
            }
        }

        number = (number << 8) | part;
        return parts == 4 && digits > 0;
    }

    private static bool TryParseVersion6(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        if (text.Length > LongestVersion6)
        {
            return false;
        }

        foreach (char character in text)
        {
            if (!char.IsAsciiHexDigit(character) && character is not (':' or '.'))
            {
                return false;
            }
        }

        // The platform's reader takes octal numbers in the IPv4 part as well.
        if (text.Contains('.') && !TryParseVersion4(text[(text.LastIndexOf(':') + 1)..], out _))
        {
            return false;
        }

        if (!IPAddress.TryParse(text, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = parsed.TryWriteBytes(bytes, out _);
        foreach (byte one in bytes)
        {
            value = (value << 8) | one;
        }

        return true;
    }

    private static uint? Carried(UInt128 value)
    {
        UInt128 high = (value >> 32) << 32;
        if (high == s_mapped || high == s_translated)
        {
            return (uint)value;
        }

        return value >> 112 == 0x2002 ? (uint)(value >> 80) : null;
    }
}
