namespace LogAnomaly.Parsing;

/// <summary>
/// Messages of name servers. BIND's may have a stamp, a category and a level of their own before them:
/// <code>
/// client @0x7f.. 192.0.2.7#53 (example.com): query (cache) 'example.com/ANY/IN' denied
/// client 192.0.2.7#53: query: example.com IN A + (10.0.0.1)
/// </code>
/// The names are the client's choice: the address is taken from the words before them, and the verdict from the end.
/// </summary>
internal static class NameServerMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int client = FindClient(text);
        if (client >= 0)
        {
            ClassifyClient(message, text[client..]);
            return;
        }

        if (text.StartsWith("starting BIND "u8) || text.StartsWith("start of service"u8))
        {
            message.Set("process", "service_started", Outcome.Success);
        }
        else if (text.StartsWith("exiting"u8) || text.StartsWith("shutting down"u8)
            || text.StartsWith("service stopped"u8))
        {
            message.Set("process", "service_stopped", Outcome.Unknown);
        }
        else if (text.StartsWith("query["u8) && text.LastIndexOf(" from "u8) is > 0 and int from)
        {
            // dnsmasq: "query[A] example.com from 192.0.2.7"
            message.Set("network", "dns_query", Outcome.Unknown);
            message.SetSource(text[(from + " from ".Length)..]);
        }
    }

    // "client " at the start, or behind a stamp ("19-Oct-2022 05:34:02.425 "), a category and a level.
    private static int FindClient(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf("client "u8);
        ReadOnlySpan<byte> before = at < 0 ? default : text[..at];
        bool isPrefix = at == 0 || (at > 0 && at < 60 && before[^1] == ' ' && !before.Contains((byte)'#')
            && (before.EndsWith(": "u8) || char.IsAsciiDigit((char)before[^2])));
        return isPrefix ? at + "client ".Length : -1;
    }

    private static void ClassifyClient(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("@0x"u8))
        {
            text = text[Math.Min(text.Length, Utf8Text.Before(text, (byte)' ').Length + 1)..];
        }

        int port = text.IndexOf((byte)'#');
        if (port <= 0 || !message.SetSource(text[..port]))
        {
            return;
        }

        ReadOnlySpan<byte> rest = text[(port + 1)..];
        message.Target.SourcePort = SystemMessage.ToPort(Utf8Text.Before(Utf8Text.Before(rest, (byte)' '), (byte)':'));
        int says = rest.IndexOf(": "u8);
        ReadOnlySpan<byte> said = Utf8Text.Trim(says < 0 ? rest : rest[(says + 2)..]);
        if (said.StartsWith("query: "u8))
        {
            message.Set("network", "dns_query", Outcome.Unknown);
        }
        else if (said.StartsWith("query "u8) && said.EndsWith(" denied"u8))
        {
            message.Set("network", "dns_query", Outcome.Failure);
            message.Target.Reason = "denied";
        }
        else if (said.StartsWith("zone transfer "u8) || said.StartsWith("transfer of "u8)
            || said.StartsWith("bad zone transfer"u8))
        {
            bool isRefused = said.EndsWith(" denied"u8) || said.StartsWith("bad "u8);
            message.Set("network", "dns_zone_transfer", isRefused ? Outcome.Failure : Outcome.Unknown);
            message.Target.Reason = isRefused ? message.Get(said.EndsWith(" denied"u8) ? "denied"u8 : said) : null;
        }
        else if (said.StartsWith("update "u8) && said.EndsWith(" denied"u8))
        {
            message.Set("network", "dns_update", Outcome.Failure);
            message.Target.Reason = "denied";
        }
        else if (said.StartsWith("rate limit "u8) || said.StartsWith("would rate limit"u8))
        {
            message.Set("network", "dns_rate_limited", Outcome.Failure);
        }
    }
}
