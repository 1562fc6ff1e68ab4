namespace LogAnomaly.Parsing;

/// <summary>
/// Finds where nginx's fields begin behind a message of its error log. Nothing is escaped there, so the same words may
/// stand in a path of the message before them, and in the request and the referrer behind. A <c>, client: </c> is
/// nginx's own if what follows has nginx's order and what stands before is a whole message; of several such it is
/// <list type="bullet">
/// <item>the first one: what follows it is within a request or a referrer. A user holds no colon, so no such words
/// either;</item>
/// <item>a later one, where the message names a path and the request behind it asks for a path with these words.</item>
/// </list>
/// </summary>
internal static class NginxFieldStart
{
    // Heads of the messages that name the path of a file, which the client chose.
    private static readonly byte[][] s_pathHeads =
    [
        [.. "open() \""u8], [.. "stat() \""u8], [.. "lstat() \""u8], [.. "opendir() \""u8], [.. "openat() \""u8],
        [.. "realpath() \""u8], [.. "directory index of \""u8], [.. "\""u8],
    ];

    /// <summary>What stands before the address of the client.</summary>
    public static ReadOnlySpan<byte> Mark => ", client: "u8;

    /// <summary>Finds the start.</summary>
    /// <param name="message">The message with its fields.</param>
    /// <returns>Index of the <see cref="Mark"/>, or -1 where there are no fields.</returns>
    public static int Find(ReadOnlySpan<byte> message)
    {
        bool isOfPath = IsOfPath(message);
        int whole = -1;
        int even = -1;
        int last = -1;
        int at = 0;
        for (int next = message.IndexOf(Mark); next >= 0; next = message[at..].IndexOf(Mark))
        {
            at += next;
            ReadOnlySpan<byte> fields = message[(at + Mark.Length)..];
            ReadOnlySpan<byte> before = message[..at];
            if (IsFieldList(fields))
            {
                last = at;
                bool isEven = (before.Count((byte)'"') & 1) == 0;
                even = isEven && even < 0 ? at : even;
                if (IsWhole(before, isOfPath, isEven) && (whole < 0 || (isOfPath && AsksForMark(fields))))
                {
                    whole = at;
                }
            }

            at += Mark.Length;
        }

        return whole >= 0 ? whole : even >= 0 ? even : last;
    }

    private static bool IsOfPath(ReadOnlySpan<byte> message)
    {
        foreach (byte[] head in s_pathHeads)
        {
            if (message.StartsWith(head))
            {
                return true;
            }
        }

        return false;
    }

    // Whether a text ends as nginx's messages do that quote what a client or an application said.
    private static bool IsWhole(ReadOnlySpan<byte> text, bool isOfPath, bool isEven)
    {
        ReadOnlySpan<byte> end = text[(text.LastIndexOf((byte)'"') + 1)..];
        if (isOfPath)
        {
            return end.StartsWith(" failed ("u8) || end.StartsWith(" is "u8);
        }

        if (text.StartsWith("user \""u8))
        {
            return end.StartsWith(": password mismatch"u8)
                || (end.IsEmpty && text.IndexOf("\" was not found in \""u8) > 0);
        }

        return text.StartsWith("FastCGI sent in stderr: \""u8) ? end.StartsWith(" while "u8) : isEven;
    }

    // Whether the request of some fields asks for a path that has the words of a field list in it.
    private static bool AsksForMark(ReadOnlySpan<byte> fields)
    {
        ReadOnlySpan<byte> label = ", request: \""u8;
        int start = fields.IndexOf(label);
        if (start < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> request = fields[(start + label.Length)..];
        request = request[..NginxErrorFields.RequestLength(request)];
        for (int at = request.IndexOfAny((byte)',', (byte)'%'); at >= 0 && at < request.Length; at++)
        {
            if (DecodesToMark(request[at..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool DecodesToMark(ReadOnlySpan<byte> text)
    {
        int at = 0;
        foreach (byte wanted in Mark)
        {
            if (at >= text.Length)
            {
                return false;
            }

            int value = text[at++];
            if (value == '%' && at + 2 <= text.Length)
            {
                int high = HexValue(text[at]);
                int low = HexValue(text[at + 1]);
                value = high < 0 || low < 0 ? value : (high << 4) | low;
                at += 2;
            }

            if (value != wanted)
            {
                return false;
            }
        }

        return true;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    // An address, then the fields in nginx's order; the name of the server is the administrator's and holds no quote.
    private static bool IsFieldList(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)',');
        ReadOnlySpan<byte> client = end < 0 ? text : text[..end];
        if (!ClientText.TryReadOne(client, out _, out _) && !client.StartsWith("unix:"u8)
            && !ClientAddress.IsHostName(client))
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
}
