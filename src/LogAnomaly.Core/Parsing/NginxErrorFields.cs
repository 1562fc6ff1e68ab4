namespace LogAnomaly.Parsing;

/// <summary>
/// Finds the fields that nginx adds to a message: <c>, client: address, server: name, request: "line", ...</c>. Nothing is
/// escaped, so the same words may stand in a path or a user of the message before them and in the request and the referrer
/// behind. A <c>, client: </c> is nginx's own if what follows it has nginx's order to the end of the line; of several such
/// the first one counts before which the quotes are even (the others stand inside of a quoted value), unless a later one
/// follows the words that end nginx's own messages about quoted values.
/// </summary>
internal static class NginxErrorFields
{
    private static ReadOnlySpan<byte> Mark => ", client: "u8;

    /// <summary>Sets the fields of an event.</summary>
    /// <param name="message">The message with its fields.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Bytes of the message before the fields.</returns>
    public static int Read(ReadOnlySpan<byte> message, NginxErrorEvent made, StringPool pool)
    {
        int start = FindStart(message);
        if (start < 0)
        {
            return message.Length;
        }

        ReadOnlySpan<byte> rest = message[(start + Mark.Length)..];
        int end = rest.IndexOf((byte)',');
        ReadOnlySpan<byte> client = end < 0 ? rest : rest[..end];
        if (ClientText.TryReadOne(client, out ReadOnlySpan<byte> address, out _))
        {
            made.SourceIP = pool.Get(SourceAddress.Normalise(address));
        }
        else
        {
            made.SourceHost = pool.GetOrNull(client);
        }

        if (end >= 0)
        {
            ReadServer(rest[end..], made, pool);
        }

        return start;
    }

    private static int FindStart(ReadOnlySpan<byte> message)
    {
        int chosen = -1;
        int last = -1;
        int quotes = 0;
        int at = 0;
        while (true)
        {
            int next = message[at..].IndexOf(Mark);
            if (next < 0)
            {
                break;
            }

            quotes += message.Slice(at, next).Count((byte)'"');
            at += next;
            if (IsFieldList(message[(at + Mark.Length)..]))
            {
                last = at;
                bool isEven = (quotes & 1) == 0;
                chosen = (isEven && chosen < 0) || EndsMessage(message[..at]) ? at : chosen;
            }

            at += Mark.Length;
        }

        return chosen < 0 ? last : chosen;
    }

    // How nginx's messages about what a client named end: open() "..." failed (2: ...), user "...": password mismatch.
    private static bool EndsMessage(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("user \""u8))
        {
            int found = text.LastIndexOf("\" was not found in \""u8);
            return text.EndsWith("\": password mismatch"u8)
                || (found > 0 && text[^1] == '"' && found > text.LastIndexOf(Mark) && text[(found + 20)..^1].IndexOf((byte)'"') < 0);
        }

        return (text.StartsWith("open() \""u8) || text.StartsWith("stat() \""u8)) && text.EndsWith(")"u8)
            && text.LastIndexOf("\" failed ("u8) > text.LastIndexOf(Mark);
    }

    // An address, then the fields in nginx's order; the name of the server is the administrator's and holds no quote.
    private static bool IsFieldList(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)',');
        ReadOnlySpan<byte> client = end < 0 ? text : text[..end];
        if (!ClientText.TryReadOne(client, out _, out _) && !client.StartsWith("unix:"u8) && !ClientAddress.IsHostName(client))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = end < 0 ? default : text[end..];
        if (!Utf8Text.TryTake(ref rest, ", server: "u8))
        {
            return rest.IsEmpty || rest.StartsWith(", request: \""u8) || rest.StartsWith(", upstream: "u8)
                || rest.StartsWith(", udp"u8);
        }

        end = rest.IndexOf(", "u8);
        return !(end < 0 ? rest : rest[..end]).ContainsAny((byte)' ', (byte)'"');
    }

    private static void ReadServer(ReadOnlySpan<byte> text, NginxErrorEvent made, StringPool pool)
    {
        if (Utf8Text.TryTake(ref text, ", server: "u8))
        {
            int end = text.IndexOf(", "u8);
            ReadOnlySpan<byte> server = end < 0 ? text : text[..end];
            made.VirtualHost = pool.GetOrNull(server);
            text = end < 0 ? default : text[end..];
        }

        if (Utf8Text.TryTake(ref text, ", login: \""u8))
        {
            int close = text.LastIndexOf((byte)'"');
            made.UserName = close > 0 ? pool.Get(text[..close]) : made.UserName;
            return;
        }

        if (Utf8Text.TryTake(ref text, ", request: \""u8))
        {
            int length = RequestLength(text);
            ReadRequest(text[..length], made, pool);
            text = text[Math.Min(length + 1, text.Length)..];
        }

        ReadHost(text, made, pool);
    }

    // The first end of the request that looks like one of HTTP and that another field follows, else the last end.
    private static int RequestLength(ReadOnlySpan<byte> text)
    {
        int at = 0;
        int last = -1;
        while (true)
        {
            int next = text[at..].IndexOf((byte)'"');
            if (next < 0)
            {
                return last < 0 ? text.Length : last;
            }

            at += next;
            ReadOnlySpan<byte> rest = text[(at + 1)..];
            if (rest.IsEmpty || rest.StartsWith(", host: \""u8) || rest.StartsWith(", upstream: \""u8)
                || rest.StartsWith(", subrequest: \""u8) || rest.StartsWith(", referrer: \""u8))
            {
                last = at;
                if (at > 9 && text[at - 2] == '.' && text[(at - 9)..at].StartsWith(" HTTP/"u8))
                {
                    return at;
                }
            }

            at++;
        }
    }

    private static void ReadRequest(ReadOnlySpan<byte> request, NginxErrorEvent made, StringPool pool)
    {
        NginxRequest parts = NginxRequest.Read(request, pool);
        made.Method = parts.Method;
        made.Url = parts.Url;
        made.HttpVersion = parts.Version;
        made.UrlPath = parts.Method is { } method ? RequestWords.PathOf(method, parts.Url) : null;
        made.UrlQuery = parts.Method is null ? null : RequestWords.QueryOf(parts.Url);
    }

    private static void ReadHost(ReadOnlySpan<byte> text, NginxErrorEvent made, StringPool pool)
    {
        // The names of subrequest and upstream are nginx's; a host holds no quote.
        int at = text.IndexOf(", host: \""u8);
        if (at >= 0)
        {
            text = text[(at + ", host: \"".Length)..];
            int close = text.IndexOf((byte)'"');
            ReadOnlySpan<byte> host = close < 0 ? text : text[..close];
            made.VirtualHost = pool.GetOrNull(host) ?? made.VirtualHost;
            text = close < 0 ? default : text[(close + 1)..];
        }

        at = text.IndexOf(", referrer: \""u8);
        if (at >= 0)
        {
            ReadOnlySpan<byte> referrer = text[(at + ", referrer: \"".Length)..];
            made.Referrer = pool.GetOrNull(referrer.EndsWith("\""u8) ? referrer[..^1] : referrer);
        }
    }
}
