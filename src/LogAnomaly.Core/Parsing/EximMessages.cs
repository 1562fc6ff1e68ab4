namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the failed logins of exim and the mail that it refuses:
/// <code>
/// DRIVER " authenticator failed for " client ... ": 535 Incorrect authentication data" [" (set_id=" NAME ")"]
/// "H=" client *(SP word) SP ["temporarily "] "rejected " what [": " reason]
/// "H=" client SP "sender verify fail for " address ": " reason
/// client = [host SP] ["(" helo ")" SP] "[" address "]" [":" port]
/// </code>
/// The greeting, the addresses and the subject are the client's words.
/// </summary>
internal static class EximMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TrySplit(text, " authenticator failed for "u8, out ReadOnlySpan<byte> driver,
            out ReadOnlySpan<byte> client))
        {
            return TryReject(message);
        }

        // The greeting in parentheses is the client's; the answer behind the address is the server's, but for the name.
        bool hasName = Utf8Text.TrySplitLast(client, " (set_id="u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> name);
        client = hasName ? before : client;
        if (!Utf8Text.TrySplitLast(client, ": 535 "u8, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> reason)
            && !Utf8Text.TrySplitLast(client, ": 435 "u8, out peer, out reason))
        {
            return false;
        }

        message.Set("authentication", ServiceMessages.Login, Outcome.Failure);
        message.Target.Method = message.Get(driver[(driver.LastIndexOf((byte)' ') + 1)..]);
        message.SetReason(reason);
        SetAddress(message, peer);
        _ = Utf8Text.TryTakeEnd(ref name, ")"u8);
        message.Target.UserName = message.Get(name);
        return true;
    }

    private static bool TryReject(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "H="u8) && !Utf8Text.TrySplit(text, " H="u8, out _, out text))
        {
            return false;
        }

        bool isTemporary = Utf8Text.TrySplit(text, " temporarily rejected "u8, out ReadOnlySpan<byte> client,
            out ReadOnlySpan<byte> reason);
        if (!isTemporary && !Utf8Text.TrySplit(text, " rejected "u8, out client, out reason)
            && !Utf8Text.TrySplit(text, " sender verify fail for "u8, out client, out reason))
        {
            return false;
        }

        SetAddress(message, client[..EndOfClient(client)]);
        if (message.Target.SourceIP is null)
        {
            return false;
        }

        message.SetReason(reason);

        // Greylisting asks to come again; a limit that was passed refuses.
        bool isRefused = !isTemporary || Utf8Text.Has(reason, "ratelimit"u8);
        message.Set("network", "mail_rejected", isRefused ? Outcome.Failure : Outcome.Unknown);
        return true;
    }

    // Behind the client stand the words of exim's own keys, such as " F=<" before the sender that it claims to be.
    private static int EndOfClient(ReadOnlySpan<byte> client)
    {
        int mark = client.IndexOf((byte)'=');
        int space = mark < 0 ? -1 : client[..mark].LastIndexOf((byte)' ');
        return space < 0 ? client.Length : space;
    }

    // "... [ADDRESS][:PORT][ I=[LOCAL]:PORT]"
    private static void SetAddress(in AuthMessage message, ReadOnlySpan<byte> peer)
    {
        int local = peer.LastIndexOf(" I=["u8);
        peer = local < 0 ? peer : peer[..local];
        int open = peer.LastIndexOf((byte)'[');
        int end = peer.LastIndexOf((byte)']');
        if (open < 0 || end < open)
        {
            return;
        }

        message.SetSource(peer[(open + 1)..end]);
        message.SetPort(peer[(end + 1)..].TrimStart((byte)':'));
    }
}
