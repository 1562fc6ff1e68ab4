using System.Globalization;
using System.Net;

namespace LogAnomaly.Rules;

/// <summary>
/// A network in CIDR notation. An IPv4 address that is written as IPv6 (<c>::ffff:192.0.2.1</c>) counts as IPv4.
/// </summary>
internal sealed class AddressRange
{
    private const int LongestText = 64;

    private readonly byte[] _network;
    private readonly int _bits;

    private AddressRange(byte[] network, int bits)
    {
        _network = network;
        _bits = bits;
    }

    /// <summary>Reads a network.</summary>
    /// <param name="text">Address and length of the prefix, such as <c>10.0.0.0/8</c>; an address alone is a network of
    /// one.</param>
    /// <returns>The network, or null where the text is none.</returns>
    public static AddressRange? TryParse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        if (BytesOf(address.Trim(), out bool isMapped) is not { } bytes)
        {
            return null;
        }

        int longest = bytes.Length * 8;
        int bits = longest;
        if (slash >= 0
            && !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits))
        {
            return null;
        }

        bits -= isMapped && slash >= 0 ? 96 : 0;
        return bits < 0 || bits > longest ? null : new AddressRange(bytes, bits);
    }

    /// <summary>Whether an address lies within.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether it does; no where the text is no address.</returns>
    public bool Contains(string address)
    {
        if (BytesOf(address, out _) is not { } bytes || bytes.Length != _network.Length)
        {
            return false;
        }

        int whole = _bits / 8;
        int rest = _bits % 8;
        return bytes.AsSpan(0, whole).SequenceEqual(_network.AsSpan(0, whole))
            && (rest == 0 || ((bytes[whole] ^ _network[whole]) >> (8 - rest)) == 0);
    }

    // A number alone is an address for the parser, and a count or a port for every log.
    private static byte[]? BytesOf(string text, out bool isMapped)
    {
        isMapped = false;
        bool isVersion6 = text.Contains(':', StringComparison.Ordinal);
        if (text.Length > LongestText || (!isVersion6 && text.AsSpan().Count('.') != 3)
            || !IPAddress.TryParse(text, out IPAddress? address))
        {
            return null;
        }

        isMapped = address.IsIPv4MappedToIPv6;
        return (isMapped ? address.MapToIPv4() : address).GetAddressBytes();
    }
}
