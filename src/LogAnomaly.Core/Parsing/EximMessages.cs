namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the failed logins of exim: <c>DRIVER " authenticator failed for " [host SP] ["(" helo ")" SP] "[" address
/// "]" [":" port] ... ": 535 Incorrect authentication data" [" (set_id=" NAME ")"]</c>.
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
            return false;
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
