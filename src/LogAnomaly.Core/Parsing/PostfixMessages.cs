namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies what postfix writes of logins and of the access that it refuses: <c>NAME "[" address "]" [":" port]</c>
/// is the client. A client's own words (its greeting, its addresses, the name it logs in with) stand behind that, and
/// the name in front of the address is one that the resolver proved, or "unknown".
/// </summary>
internal static class PostfixMessages
{
    private const string Login = ServiceMessages.Login;
    private const string Reject = "mail_rejected";
    private const string Disconnect = "mail_disconnect";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login or access.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isOwn = text[0] switch
        {
            (byte)'w' => Utf8Text.TryTake(ref text, "warning: "u8) && (TrySasl(message, text)
                || TryWarning(message, text)),
            (byte)'l' => Utf8Text.TryTake(ref text, "lost connection after "u8)
                && TryLeave(message, text, Outcome.Unknown, "lost connection"),
            (byte)'t' => Utf8Text.TryTake(ref text, "too many errors after "u8)
                && TryLeave(message, text, Outcome.Failure, "too many errors"),
            (byte)'i' => Utf8Text.TryTake(ref text, "improper command pipelining after "u8)
                && TryLeave(message, text, Outcome.Failure, "improper command pipelining"),
            (byte)'d' => Utf8Text.TryTake(ref text, "disconnect from "u8) && TryDisconnect(message, text),
            (byte)'P' or (byte)'H' or (byte)'C' => TryScreen(message, text),
            _ => false,
        };

        // An id of the queue may begin with any of these letters.
        return isOwn || TryReject(message, message.Text) || TryClient(message, message.Text);
    }

    // "CLIENT: SASL METHOD authentication failed: REASON[, sasl_username=NAME]"
    private static bool TrySasl(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TrySplit(text, ": SASL "u8, out ReadOnlySpan<byte> client, out ReadOnlySpan<byte> rest)
            || !Utf8Text.TrySplit(rest, " authentication "u8, out ReadOnlySpan<byte> method, out rest)
            || method.IndexOf((byte)' ') >= 0 || !TrySetClient(message, client, out _))
        {
            return false;
        }

        bool isFailed = Utf8Text.TryTake(ref rest, "failed"u8);
        ReadOnlySpan<byte> reason = rest.TrimStart(": "u8);
        if (Utf8Text.TrySplit(reason, ", sasl_username="u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> name))
        {
            message.SetUser(name);
            reason = before;
        }

        // The server's fault, or no attempt at all.
        bool isTried = isFailed && !reason.StartsWith("Connection lost to authentication server"u8)
            && !reason.StartsWith("Invalid authentication mechanism"u8);
        message.Set("authentication", Login, isTried ? Outcome.Failure : Outcome.Unknown);
        message.Target.Method = message.Get(method);
        message.SetReason(reason);
        return true;
    }

    // "Connection rate limit exceeded: N from CLIENT for service smtp", "non-SMTP command from CLIENT: WORDS"
    private static bool TryWarning(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> client;
        bool isLimit = text.StartsWith("Connection "u8)
            && Utf8Text.TrySplit(text, " limit exceeded: "u8, out _, out client)
            && Utf8Text.TrySplit(client, " from "u8, out _, out client) && TrySetClient(message, client, out _);
        if (isLimit)
        {
            message.Set("network", "mail_connection", Outcome.Failure);
            message.SetReason(Utf8Text.Before(text, (byte)':'));
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "non-SMTP command from "u8) || !TrySetClient(message, text, out _))
        {
            return false;
        }

        message.Set("intrusion_detection", Disconnect, Outcome.Failure);
        message.Target.Reason = "non-SMTP command";
        return true;
    }

    // "COMMAND from CLIENT"
    private static bool TryLeave(in AuthMessage message, ReadOnlySpan<byte> text, Outcome outcome, string reason)
    {
        if (!Utf8Text.TrySplit(text, " from "u8, out ReadOnlySpan<byte> command, out ReadOnlySpan<byte> client)
            || !TrySetClient(message, client, out _))
        {
            return false;
        }

        // A client that leaves in the middle of a login has failed, and what it failed at was told before.
        bool isLogin = command.SequenceEqual("AUTH"u8);
        bool isHostile = isLogin || outcome == Outcome.Failure;
        message.Set(isHostile ? "intrusion_detection" : "network", isLogin ? "login_probe" : Disconnect, outcome);
        message.Target.Reason = reason;
        return true;
    }

    // "CLIENT ehlo=1 auth=0/3 quit=1 commands=2/5": counts of what was accepted and of what was tried.
    private static bool TryDisconnect(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.Has(text, " auth=0/"u8) || !TrySetClient(message, text, out _))
        {
            return false;
        }

        message.Set("intrusion_detection", "login_probe", Outcome.Unknown);
        message.Target.Reason = "no login succeeded";
        return true;
    }

    // postscreen: "PREGREET 11 after 0.1 from [ADDRESS]:PORT: WORDS", "HANGUP after 0 from ... in tests before SMTP
    // handshake", "COMMAND TIME LIMIT from ..."
    private static bool TryScreen(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isScreen = text.StartsWith("PREGREET "u8) || text.StartsWith("HANGUP after "u8)
            || text.StartsWith("COMMAND "u8);
        if (!isScreen || !Utf8Text.TrySplit(text, " from "u8, out ReadOnlySpan<byte> what,
            out ReadOnlySpan<byte> client)
            || !TrySetClient(message, client, out _))
        {
            return false;
        }

        message.Set("intrusion_detection", Disconnect, Outcome.Unknown);
        message.SetReason(what);
        return true;
    }

    // "ID: [milter-]reject: COMMAND from CLIENT: CODE [ENHANCED] TEXT; from=<...> ..."
    private static bool TryReject(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TrySplit(text, ": "u8, out _, out ReadOnlySpan<byte> rest)
            || !(Utf8Text.TryTake(ref rest, "reject: "u8) || Utf8Text.TryTake(ref rest, "milter-reject: "u8))
            || !Utf8Text.TrySplit(rest, " from "u8, out _, out ReadOnlySpan<byte> client)
            || !TrySetClient(message, client, out ReadOnlySpan<byte> answer))
        {
            return false;
        }

        answer = answer.TrimStart(": "u8);
        message.Set("network", Reject, IsRefusal(answer) ? Outcome.Failure : Outcome.Unknown);
        message.SetReason(Utf8Text.Before(answer, (byte)';'));
        return true;
    }

    // 5xx is for good; of the answers that ask to come again, those about policy (x.7.x) and addresses (x.1.x) refuse,
    // the others (greylisting, a full disk) do not.
    private static bool IsRefusal(ReadOnlySpan<byte> answer) => answer.Length > 3
        && (answer[0] == '5' || (answer[0] == '4' && (answer[3..].StartsWith(" 4.7."u8)
        || answer[3..].StartsWith(" 4.1."u8)
        || answer[3..].StartsWith(" 5."u8))));

    // "ID: client=CLIENT, sasl_method=METHOD, sasl_username=NAME[, sasl_sender=...]"
    private static bool TryClient(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TrySplit(text, ": client="u8, out _, out ReadOnlySpan<byte> client)
            || !Utf8Text.TrySplit(client, ", sasl_method="u8, out client, out ReadOnlySpan<byte> rest)
            || !TrySetClient(message, client, out _))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Success);
        message.Target.Method = message.Get(Utf8Text.Before(rest, (byte)','));
        if (Utf8Text.TrySplit(rest, ", sasl_username="u8, out _, out ReadOnlySpan<byte> name))
        {
            message.SetUser(Utf8Text.Before(name, (byte)','));
        }

        return true;
    }

    // "NAME[ADDRESS][:PORT]", "[ADDRESS]:PORT"
    private static bool TrySetClient(in AuthMessage message, ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        int open = text.IndexOf((byte)'[');
        int length = open < 0 ? -1 : text[open..].IndexOf((byte)']');
        if (length < 2 || text[..open].IndexOf((byte)' ') >= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> address = text[(open + 1)..(open + length)];
        rest = text[(open + length + 1)..];
        message.SetSource(address);
        if (rest.Length > 1 && rest[0] == ':' && char.IsAsciiDigit((char)rest[1]))
        {
            int end = 1;
            while (end < rest.Length && char.IsAsciiDigit((char)rest[end]))
            {
                end++;
            }

            message.SetPort(rest[1..end]);
            rest = rest[end..];
        }

        return true;
    }
}
