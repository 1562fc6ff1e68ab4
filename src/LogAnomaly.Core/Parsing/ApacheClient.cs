namespace LogAnomaly.Parsing;

/// <summary>
/// Reads <c>[client address] </c> and <c>[remote address] </c> of the Apache error log. httpd 2.2 writes the address
/// alone, 2.4 always <c>address:port</c>, and IPv6 without brackets: <c>2001:db8::1:443</c> is an address of its own
/// too. So in a line of 2.4 (one with a module, even an empty one) a last group that can be a port is the port if an
/// address is left before it; in a line of 2.2 a whole address is the address. Some modules write the client
/// themselves, without a port, in 2.4 as well; such an IPv6 address whose last group is decimal and stands after others
/// cannot be told from one with a port.
/// </summary>
internal static class ApacheClient
{
    private const int LongestClient = 300;

    /// <summary>Steps over a client if it is next, and sets it.</summary>
    /// <param name="scanner">The line.</param>
    /// <param name="made">The event.</param>
    /// <param name="hasPort">Whether the line is of a version that writes the port.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Whether a client was next.</returns>
    public static bool TryRead(ref FieldScanner scanner, ApacheErrorEvent made, bool hasPort, StringPool pool)
    {
        ReadOnlySpan<byte> text = scanner.Rest;
        if (!text.StartsWith("[client "u8) && !text.StartsWith("[remote "u8))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text["[client ".Length..];
        int end = rest[..Math.Min(rest.Length, LongestClient)].IndexOf("] "u8);
        if (end < 0 && rest.Length <= LongestClient && rest.EndsWith("]"u8))
        {
            end = rest.Length - 1;
        }

        if (end < 0 || rest[..end].Contains((byte)' '))
        {
            return false;
        }

        Assign(rest[..end], made, hasPort, pool);
        scanner.Position += "[client ".Length + end + 1;
        scanner.SkipSpaces();
        return true;
    }

    private static void Assign(ReadOnlySpan<byte> client, ApacheErrorEvent made, bool hasPort, StringPool pool)
    {
        int colon = client.LastIndexOf((byte)':');
        int port = colon < 0 ? -1 : ClientAddress.ToPort(client[(colon + 1)..]);
        ReadOnlySpan<byte> before = port < 0 ? client : client[..colon];
        if (before.Length > 2 && before[0] == '[' && before[^1] == ']')
        {
            before = before[1..^1];
        }
        else if (port >= 0 && !hasPort && ClientAddress.IsIPv6(client))
        {
            before = client;
            port = -1;
        }

        if (!ClientAddress.IsAddress(before) && ClientAddress.IsAddress(client))
        {
            before = client;
            port = -1;
        }

        if (ClientAddress.IsAddress(before))
        {
            made.SourceIP = pool.Get(SourceAddress.Normalise(before));
        }
        else if (ClientAddress.IsHostName(before))
        {
            made.SourceHost = pool.Get(before);
        }

        made.SourcePort = port < 0 ? null : port;
    }
}
