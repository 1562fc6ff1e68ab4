using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>Tells what the text that a server logged for a client is: an address, a public address or a name.</summary>
internal static class ClientAddress
{
    // 39 for eight groups, 45 with an IPv4 tail, and room for a zone.
    private const int LongestIPv6 = 64;
    private const int LongestHostName = 255;

    private static readonly SearchValues<byte> s_nameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"u8);

    /// <summary>Whether a text is an IPv4 or IPv6 address and nothing more: no brackets, no port.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsAddress(ReadOnlySpan<byte> text) => SourceAddress.IsIPv4(text) || IsIPv6(text);

    /// <summary>Whether a text is an IPv6 address, with or without a zone (<c>%eth0</c>).</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        if ((uint)(text.Length - 2) > LongestIPv6 - 2 || !text.Contains((byte)':'))
        {
            return false;
        }

        int zone = text.IndexOf((byte)'%');
        ReadOnlySpan<byte> digits = zone < 0 ? text : text[..zone];
        bool hasZone = zone >= 0 && zone + 1 < text.Length && !text[(zone + 1)..].ContainsAnyExcept(s_nameBytes);
        return (zone < 0 || hasZone)
            && SourceAddress.IsIPv6(digits);
    }

    /// <summary>
    /// Whether a text is an address that is routed on the internet: not private, loopback, link-local, shared or
    /// multicast.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsPublic(ReadOnlySpan<byte> text)
    {
        if (!IsAddress(text) || !TryParse(text, out IPAddress? address))
        {
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out int written);
        return written == 4 ? IsPublicIPv4(bytes) : IsPublicIPv6(address, bytes);
    }

    /// <summary>
    /// Whether a text can be the name of a client: letters, digits, dots, hyphens and underscores, and a colon only at
    /// its end (nginx logs <c>unix:</c> for a socket) or before a port. A lone hyphen is no name.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsHostName(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? text : text[..colon];
        return name.Length is > 0 and <= LongestHostName
            && !name.ContainsAnyExcept(s_nameBytes)
            && !(name.Length == 1 && name[0] == '-')
            && (colon < 0 || colon + 1 == text.Length || ToPort(text[(colon + 1)..]) >= 0);
    }

    /// <summary>A text as a port.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The port, or -1 where the text is no decimal number from 0 to 65535.</returns>
    public static int ToPort(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte next in text)
        {
            uint digit = (uint)next - '0';
            value = (value * 10) + (int)digit;
            if (digit > 9 || value > ushort.MaxValue)
            {
                return -1;
            }
        }

        return text.IsEmpty ? -1 : value;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out IPAddress? address)
    {
        Span<char> characters = stackalloc char[LongestIPv6];
        int length = Encoding.ASCII.GetChars(text, characters);
        return IPAddress.TryParse(characters[..length], out address);
    }

    private static bool IsPublicIPv4(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        0 or 10 or 127 or >= 224 => false,
        100 => (bytes[1] & 0xC0) != 64,
        169 => bytes[1] != 254,
        172 => (bytes[1] & 0xF0) != 16,
        192 => bytes[1] != 168,
        _ => true,
    };

    private static bool IsPublicIPv6(IPAddress address, ReadOnlySpan<byte> bytes) =>
        !(address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal
            || bytes[..15].IndexOfAnyExcept((byte)0) < 0);
}
