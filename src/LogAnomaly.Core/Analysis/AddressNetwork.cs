using System.Globalization;
using System.Net;

namespace LogAnomaly.Analysis;

/// <summary>
/// A network of addresses, or a single one. An IPv4 address that is written as an IPv6 one counts as IPv4.
/// </summary>
internal readonly struct AddressNetwork
{
    private readonly byte[] _bytes;
    private readonly int _prefix;

    private AddressNetwork(byte[] bytes, int prefix)
    {
        _bytes = bytes;
        _prefix = prefix;
    }

    /// <summary>Reads an address or a network in CIDR notation; bits beyond the prefix need not be zero.</summary>
    /// <param name="text">The text, such as <c>10.0.0.0/8</c>, <c>2001:db8::/32</c> or <c>192.0.2.7</c>.</param>
    /// <param name="network">The network.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out AddressNetwork network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (BytesOf(slash < 0 ? text : text[..slash]) is not { } bytes)
        {
            return false;
        }

        int prefix = bytes.Length * 8;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
                || (prefix = Math.Min(given, prefix)) != given))
        {
            return false;
        }

        network = new AddressNetwork(bytes, prefix);
        return true;
    }

    /// <summary>Whether an address lies in the network.</summary>
    /// <param name="address">The address; what is none lies in no network.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(string address)
    {
        if (BytesOf(address) is not { } bytes || bytes.Length != _bytes.Length)
        {
            return false;
        }

        int whole = _prefix / 8;
        int rest = _prefix % 8;
        return bytes.AsSpan(0, whole).SequenceEqual(_bytes.AsSpan(0, whole))
            && (rest == 0 || (bytes[whole] ^ _bytes[whole]) >> (8 - rest) == 0);
    }

    // Stricter than IPAddress, which takes "1" and "0x7f.1" for addresses.
    private static byte[]? BytesOf(string text)
    {
        bool isShaped = text.Contains(':', StringComparison.Ordinal) || text.Count(character => character == '.') == 3;
        if (!isShaped || text.Contains('x', StringComparison.OrdinalIgnoreCase)
            || !IPAddress.TryParse(text, out IPAddress? address))
        {
            return null;
        }

        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
    }
}
