namespace LogAnomaly.Parsing;

/// <summary>
/// Reads what stands before the stamp of an access log: <c>[vhost] client ident user</c>. The client may be a list, as
/// a proxy hands it on in X-Forwarded-For, with or without quotes, and the address of the proxy may follow it:
/// <c>10.0.0.2, 198.51.100.7 - -</c>, <c>"10.0.0.2, 198.51.100.7" 10.0.0.9 - -</c>. Of a list the first public address
/// counts, else its first address, else its first name. The user is the rest: its text is the client's choice and may
/// hold spaces.
/// </summary>
internal ref struct AccessClient
{
    private ReadOnlySpan<byte> _public;
    private ReadOnlySpan<byte> _address;
    private ReadOnlySpan<byte> _name;

    /// <summary>Sets client, virtual host and user of an event.</summary>
    /// <param name="head">The bytes before the space and bracket that open the stamp.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Whether the bytes have this form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> head, AccessEvent made, StringPool pool)
    {
        int space = head.IndexOf((byte)' ');
        if (space < 0)
        {
            return false;
        }

        // Nearly every line: one address, no ident, no user.
        ReadOnlySpan<byte> first = head[..space];
        if (head.Length == space + 4 && head.EndsWith(" - -"u8) && SourceAddress.IsIPv4(first))
        {
            made.SourceIP = pool.Get(first);
            return true;
        }

        AccessClient client = default;
        return client.TryReadWhole(head, made, pool);
    }

    /// <summary>Sets the client of an event from a single token.</summary>
    /// <param name="token">An address or a name, with or without a port.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Whether the token is one of them.</returns>
    public static bool TryReadOne(ReadOnlySpan<byte> token, AccessEvent made, StringPool pool)
    {
        AccessClient client = default;
        if (!client.TryTake(token))
        {
            return false;
        }

        client.Assign(made, pool);
        return true;
    }

    private bool TryReadWhole(ReadOnlySpan<byte> head, AccessEvent made, StringPool pool)
    {
        FieldScanner scanner = new(head);
        ReadOnlySpan<byte> host = VirtualHost(head);
        if (!host.IsEmpty)
        {
            made.VirtualHost = pool.Get(host);
            scanner.Position = host.Length + 1;
        }

        if (!(scanner.TrySkip((byte)'"') ? TryReadQuoted(ref scanner) : TryReadList(ref scanner))
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> ident) || ident.IsEmpty || scanner.AtEnd)
        {
            return false;
        }

        // A syslog header (Oct 11 14:32:52 ...) before the line would pass for a name, an ident and a user.
        if (_address.IsEmpty && Timestamps.Month(head) > 0 && head[3] == ' ' && char.IsAsciiDigit((char)ident[0]))
        {
            return false;
        }

        ReadOnlySpan<byte> user = scanner.Rest;
        made.UserName = user.SequenceEqual("\"\""u8) ? null : pool.GetOrNull(user);
        Assign(made, pool);
        return true;
    }

    // A first token that is no address, before one that is; or one that has a port, before a client by name, ident and
    // user.
    private static ReadOnlySpan<byte> VirtualHost(ReadOnlySpan<byte> head)
    {
        int space = head.IndexOf((byte)' ');
        ReadOnlySpan<byte> first = head[..space];
        if (space == 0 || ClientAddress.IsAddress(first) || !(first[0] == '[' || ClientAddress.IsHostName(first)))
        {
            return default;
        }

        ReadOnlySpan<byte> rest = head[(space + 1)..];
        int end = rest.IndexOf((byte)' ');
        if (end <= 0)
        {
            return default;
        }

        ReadOnlySpan<byte> second = rest[..end];
        ReadOnlySpan<byte> bare = second[^1] == ',' ? second[..^1] : second;
        int colon = first.LastIndexOf((byte)':');
        bool hasPort = colon > 0 && ClientAddress.ToPort(first[(colon + 1)..]) >= 0;
        bool isNamed = hasPort && ClientAddress.IsHostName(second) && rest[(end + 1)..].Contains((byte)' ');
        return ClientAddress.IsAddress(bare) || isNamed ? first : default;
    }

    private bool TryReadQuoted(ref FieldScanner scanner)
    {
        if (!scanner.TryReadTo((byte)'"', out ReadOnlySpan<byte> quoted) || !scanner.TrySkip((byte)' '))
        {
            return false;
        }

        FieldScanner inner = new(quoted);
        while (!inner.AtEnd)
        {
            inner.SkipSpaces();
            _ = TryTake(inner.ReadToOrRest((byte)','));
        }

        return TakeProxy(ref scanner);
    }

    private bool TryReadList(ref FieldScanner scanner)
    {
        bool isList = false;
        while (scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> token) && !token.IsEmpty)
        {
            bool isLast = token[^1] != ',';
            if (!TryTake(isLast ? token : token[..^1]))
            {
                return false;
            }

            if (isLast)
            {
                // A lone name before an address was the virtual host.
                return !(isList || _name.IsEmpty) || TakeProxy(ref scanner);
            }

            isList = true;
        }

        return false;
    }

    // The address of the peer after the list; where the next token is no address, it is the ident.
    private bool TakeProxy(ref FieldScanner scanner)
    {
        int before = scanner.Position;
        if (scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> token) && ClientAddress.IsAddress(token))
        {
            return TryTake(token);
        }

        scanner.Position = before;
        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> token)
    {
        if (token.Length == 1 && token[0] == '-')
        {
            return true;
        }

        int colon = token.LastIndexOf((byte)':');
        ReadOnlySpan<byte> bare = colon > 0 && SourceAddress.IsIPv4(token[..colon]) ? token[..colon] : token;
        if (!ClientAddress.IsAddress(bare))
        {
            bool isName = ClientAddress.IsHostName(token);
            _name = isName && _name.IsEmpty ? token : _name;
            return isName;
        }

        _address = _address.IsEmpty ? bare : _address;
        _public = _public.IsEmpty && ClientAddress.IsPublic(bare) ? bare : _public;
        return true;
    }

    private readonly void Assign(AccessEvent made, StringPool pool)
    {
        ReadOnlySpan<byte> address = _public.IsEmpty ? _address : _public;
        made.SourceIP = address.IsEmpty ? null : pool.Get(address);
        made.SourceHost = address.IsEmpty && !_name.IsEmpty ? pool.Get(_name) : null;
    }
}
