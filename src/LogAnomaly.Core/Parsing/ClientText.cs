namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the client of a request from a value of its own: an address or a name, with or without a port, or the list
/// that a proxy hands on, of which the first public address counts, else the first address, else the first name.
/// </summary>
internal static class ClientText
{
    /// <summary>Finds the address of a client.</summary>
    /// <param name="text">The value.</param>
    /// <param name="address">Its address, without zone and port; empty where there is none.</param>
    /// <param name="name">Its name, where it has no address; empty where there is none.</param>
    /// <param name="port">Its port, or -1.</param>
    /// <returns>Whether the value is one of these.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> text, out ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name, out int port)
    {
        address = default;
        name = default;
        port = -1;
        bool isPublic = false;
        bool isAny = false;
        while (!text.IsEmpty)
        {
            int comma = text.IndexOf((byte)',');
            ReadOnlySpan<byte> item = (comma < 0 ? text : text[..comma]).Trim((byte)' ').Trim((byte)'"');
            text = comma < 0 ? default : text[(comma + 1)..];
            if (!TryReadOne(item, out ReadOnlySpan<byte> bare, out int itemPort))
            {
                bool isName = ClientAddress.IsHostName(item);
                name = isName && name.IsEmpty ? item : name;
                isAny |= isName;
                continue;
            }

            isAny = true;
            if (address.IsEmpty || (!isPublic && ClientAddress.IsPublic(bare)))
            {
                isPublic = ClientAddress.IsPublic(bare);
                address = SourceAddress.Normalise(bare);
                port = itemPort;
            }
        }

        return isAny;
    }

    /// <summary>
    /// Reads one address with or without a port: <c>192.0.2.1:80</c>, <c>[2001:db8::1]:80</c>, <c>::1</c>.
    /// </summary>
    /// <param name="text">The value.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port, or -1.</param>
    /// <returns>Whether the value is an address.</returns>
    public static bool TryReadOne(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> address, out int port)
    {
        port = -1;
        address = text;
        int close = text.Length > 2 && text[0] == '[' ? text.IndexOf((byte)']') : -1;
        if (close > 0)
        {
            address = text[1..close];
            port = close + 2 < text.Length && text[close + 1] == ':' ? ClientAddress.ToPort(text[(close + 2)..]) : -1;
            return ClientAddress.IsAddress(address)
                && (port >= 0 || close + 1 == text.Length || text[close + 1] == '(');
        }

        if (ClientAddress.IsAddress(text))
        {
            return true;
        }

        int colon = text.LastIndexOf((byte)':');
        address = colon < 0 ? text : text[..colon];
        port = colon < 0 ? -1 : ClientAddress.ToPort(text[(colon + 1)..]);
        return port >= 0 && ClientAddress.IsAddress(address);
    }
}
