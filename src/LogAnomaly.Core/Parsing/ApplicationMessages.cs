namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies whom servers refuse that have words of their own for it:
/// <code>
/// jellyfin    "Authentication request for " NAME " has been denied (IP: " address ")."
/// asterisk    "SecurityEvent=" %d34 event %d34 *("," key "=" %d34 value %d34)
/// MailScanner "Message " id " from " address " (" sender ") to " domain " is spam, " report
/// wwsympa     level " main:: " *("[" key " " value "] ") "Unknown action " name
/// </code>
/// Names and senders are the client's words; what ends them is sought from behind.
/// </summary>
internal static class ApplicationMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login or access.</returns>
    public static bool TryClassify(in AuthMessage message) => message.Target.Program switch
    {
        "jellyfin" => TryJellyfin(message),
        "asterisk" => TryAsterisk(message),
        "wwsympa" => TrySympa(message),
        SshesameMessages.Program => SshesameMessages.TryClassify(message),
        GuacamoleMessages.Program or "tomcat" or "tomcat8" or "tomcat9" or "tomcat10" or "catalina" =>
            GuacamoleMessages.TryClassify(message),
        _ => TryMailScanner(message),
    };

    private static bool TryJellyfin(in AuthMessage message)
    {
        if (!Utf8Text.TrySplit(message.Text, "Authentication request for "u8, out _, out ReadOnlySpan<byte> who)
            || !Utf8Text.TrySplitLast(who, " has been denied (IP: "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> address))
        {
            return false;
        }

        message.Set("authentication", ServiceMessages.Login, Outcome.Failure);
        message.Target.UserName = message.Get(Utf8Text.Unquote(name));
        message.SetSource(Utf8Text.Before(address.TrimStart((byte)'"'), (byte)')').TrimEnd((byte)'"'));
        return true;
    }

    // RemoteAddress="IPV4/UDP/192.0.2.7/5060"; the account comes before it, so the last of its name counts.
    private static bool TryAsterisk(in AuthMessage message)
    {
        ReadOnlySpan<byte> happened = Utf8Text.Between(message.Text, "SecurityEvent=\""u8, (byte)'"');
        bool isRefused = happened.SequenceEqual("ChallengeResponseFailed"u8)
            || happened.SequenceEqual("InvalidAccountID"u8) || happened.SequenceEqual("InvalidPassword"u8)
            || happened.SequenceEqual("FailedACL"u8);
        bool isGranted = happened.SequenceEqual("SuccessfulAuth"u8);
        if (!isRefused && !isGranted)
        {
            return false;
        }

        message.Set("authentication", ServiceMessages.Login, isRefused ? Outcome.Failure : Outcome.Success);
        message.Target.UserName = message.Get(Utf8Text.Between(message.Text, "AccountID=\""u8, (byte)'"'));
        message.Target.Reason = isRefused ? message.Get(happened) : null;
        if (Utf8Text.TrySplitLast(message.Text, "RemoteAddress=\""u8, out _, out ReadOnlySpan<byte> peer))
        {
            peer = Utf8Text.Before(peer, (byte)'"');
            int port = peer.LastIndexOf((byte)'/');
            int host = port < 0 ? -1 : peer[..port].LastIndexOf((byte)'/');
            message.SetSource(host < 0 ? default : peer[(host + 1)..port]);
            message.SetPort(port < 0 ? default : peer[(port + 1)..]);
        }

        return true;
    }

    // The name of the action is the client's, and so may be the user's; the address comes before both.
    private static bool TrySympa(in AuthMessage message)
    {
        if (!Utf8Text.TrySplit(
            message.Text, "] Unknown action "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> action)
            || !Utf8Text.TrySplit(before, "[client "u8, out _, out ReadOnlySpan<byte> client))
        {
            return false;
        }

        message.Set("web", "page_not_found", Outcome.Failure);
        message.SetSource(Utf8Text.Before(client, (byte)']'));
        message.SetReason(action);
        return true;
    }

    private static bool TryMailScanner(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Message "u8)
            || !Utf8Text.TrySplit(text, " from "u8, out _, out ReadOnlySpan<byte> client)
            || !Utf8Text.TrySplitLast(
                client, " is spam, "u8, out ReadOnlySpan<byte> who, out ReadOnlySpan<byte> report))
        {
            return false;
        }

        message.Set("network", "mail_spam", Outcome.Unknown);
        message.SetSource(Utf8Text.Before(who, (byte)' '));
        message.SetReason(report);
        return true;
    }
}
