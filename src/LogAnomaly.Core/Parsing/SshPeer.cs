using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The client in a message of sshd: <c>HOST [SP "port" SP PORT]</c>. Names before it are chosen by the client and may
/// look like one, so the search is told whether the name is arbitrary.
/// </summary>
internal readonly ref struct SshPeer
{
    private SshPeer(ReadOnlySpan<byte> host, ReadOnlySpan<byte> port, ReadOnlySpan<byte> rest)
    {
        Host = host;
        Port = port;
        Rest = rest;
    }

    /// <summary>Address or name.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>Port, or empty.</summary>
    public ReadOnlySpan<byte> Port { get; }

    /// <summary>What follows.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>Reads a client.</summary>
    /// <param name="text">Bytes at whose start it stands.</param>
    /// <param name="peer">The client.</param>
    /// <returns>Whether a host was there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out SshPeer peer)
    {
        ReadOnlySpan<byte> host = Utf8Text.Before(text, (byte)' ');
        if (host.Length > 1 && host[^1] is (byte)':' or (byte)',')
        {
            host = host[..^1];
        }

        ReadOnlySpan<byte> rest = text[host.Length..];
        ReadOnlySpan<byte> port = default;
        if (rest.StartsWith(" port "u8))
        {
            int end = 6;
            while (end < rest.Length && char.IsAsciiDigit((char)rest[end]))
            {
                end++;
            }

            port = rest[6..end];
            rest = port.IsEmpty ? rest : rest[end..];
        }

        peer = new SshPeer(host, port, rest);
        return !host.IsEmpty;
    }

    /// <summary>
    /// Splits <c>NAME " from " client rest</c>. A name of the password file has no " from ", so the first one that is
    /// followed by what sshd writes counts, and nothing behind it can shift the address; of an arbitrary name the last
    /// one counts. Over both goes the client that earlier lines of the same connection named.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isArbitrary">Whether the client chose the name.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="name">The name.</param>
    /// <param name="peer">The client.</param>
    /// <returns>Whether a client was there.</returns>
    public static bool TrySplitFrom(
        ReadOnlySpan<byte> text, bool isArbitrary, SshConnection connection, out ReadOnlySpan<byte> name,
            out SshPeer peer)
    {
        ReadOnlySpan<byte> mark = " from "u8;
        name = default;
        peer = default;
        bool isFound = false;
        for (int at = text.IndexOf(mark); at >= 0;)
        {
            int start = at + mark.Length;
            if (TryRead(text[start..], out SshPeer read) && IsEnd(read.Rest))
            {
                bool isKnown = read.IsOf(connection);
                if (!isFound || isArbitrary || isKnown)
                {
                    name = text[..at];
                    peer = read;
                    isFound = true;
                }

                if (isKnown)
                {
                    return true;
                }
            }

            int next = text[(at + 1)..].IndexOf(mark);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return isFound;
    }

    /// <summary>
    /// Splits <c>NAME SP HOST SP "port" SP PORT</c> at the end of a text; an arbitrary name cannot reach behind it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name.</param>
    /// <param name="peer">The client.</param>
    /// <returns>Whether a client was there.</returns>
    public static bool TrySplitEnd(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name, out SshPeer peer)
    {
        int port = text.LastIndexOf(" port "u8);
        int host = (port < 0 ? text : text[..port]).LastIndexOf((byte)' ');
        name = host < 0 ? default : text[..host];
        return TryRead(text[(host + 1)..], out peer);
    }

    /// <summary>Sets the source of an event.</summary>
    /// <param name="message">The message with its event.</param>
    public void Apply(in AuthMessage message)
    {
        message.SetSource(Host);
        message.SetPort(Port);
    }

    private bool IsOf(SshConnection connection)
    {
        if (connection.SourceIP is not { } known || !SourceAddress.TryParse(Host, out ReadOnlySpan<byte> literal))
        {
            return false;
        }

        return Ascii.Equals(literal, known)
            && (Port.IsEmpty || connection.SourcePort is not { } port || FieldScanner.ToInt32(Port) == port);
    }

    private static bool IsEnd(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] == ':' || rest.StartsWith(" ssh"u8) || rest.StartsWith(" via "u8)
        || Utf8Text.Trim(rest).IsEmpty;
}
