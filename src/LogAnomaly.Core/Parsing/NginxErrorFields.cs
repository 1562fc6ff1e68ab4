namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the fields that nginx adds to a message: <c>, client: address, server: name, request: "line", ...</c>. Where
/// they begin says <see cref="NginxFieldStart"/>.
/// </summary>
internal static class NginxErrorFields
{
    /// <summary>Sets the fields of an event.</summary>
    /// <param name="message">The message with its fields.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Bytes of the message before the fields.</returns>
    public static int Read(ReadOnlySpan<byte> message, NginxErrorEvent made, StringPool pool)
    {
        int start = NginxFieldStart.Find(message);
        if (start < 0)
        {
            return message.Length;
        }

        ReadOnlySpan<byte> rest = message[(start + NginxFieldStart.Mark.Length)..];
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

    /// <summary>
    /// Bytes of a request: to the first end that looks like one of HTTP and that another field follows, else to the
    /// last end.
    /// </summary>
    /// <param name="text">What follows the opening quote.</param>
    /// <returns>The bytes.</returns>
    internal static int RequestLength(ReadOnlySpan<byte> text)
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
