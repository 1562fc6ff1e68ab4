namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the logins of saslauthd and of the servers of mailboxes by Courier, Cyrus and the University of
/// Washington.
/// </summary>
internal static class MailboxMessages
{
    private const string Login = ServiceMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        return text[0] switch
        {
            (byte)'L' => TryCourier(message, text) || TryWashington(message, text),
            (byte)'b' or (byte)'l' => TryCyrus(message, text),
            (byte)'d' or (byte)':' => TrySaslauthd(message, text),
            (byte)'A' => TryWashington(message, text),
            (byte)'e' => Utf8Text.TryTake(ref text, "error,relay="u8) && TryCourierMail(message, text),
            _ => false,
        };
    }

    // "do_auth         : auth failure: [user=NAME] [service=SERVICE] [realm=REALM] [mech=MECHANISM] [reason=REASON]"
    private static bool TrySaslauthd(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        int mark = text.IndexOf(": auth failure: [user="u8);
        if (mark < 0)
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        text = text[(mark + ": auth failure: [user="u8.Length)..];
        bool hasService = Utf8Text.TrySplitLast(text, "] [service="u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> rest);
        message.Target.UserName = message.Get(hasService ? name : Utf8Text.Before(text, (byte)']'));
        message.Target.Method = message.Get(Utf8Text.Between(rest, "[mech="u8, (byte)']'));
        message.SetReason(Utf8Text.Between(rest, "[reason="u8, (byte)']'));
        return true;
    }

    // "LOGIN FAILED, [method=M, ]user=NAME, ip=[ADDRESS][, port=[N]]", "LOGIN, user=NAME, ip=[ADDRESS], ...", "LOGOUT,
    // ..."
    private static bool TryCourier(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isRefused = Utf8Text.TryTake(ref text, "LOGIN FAILED, "u8);
        bool isEnd = !isRefused && Utf8Text.TryTake(ref text, "LOGOUT, "u8);
        if (!isRefused && !isEnd && !Utf8Text.TryTake(ref text, "LOGIN, "u8))
        {
            return false;
        }

        if (Utf8Text.TryTake(ref text, "method="u8))
        {
            ReadOnlySpan<byte> method = Utf8Text.Before(text, (byte)',');
            message.Target.Method = message.Get(method);
            text = text[method.Length..].TrimStart(", "u8);
        }

        message.Set(isEnd ? "session" : "authentication", isEnd ? "session_closed" : Login,
            isRefused ? Outcome.Failure : Outcome.Success);
        _ = Utf8Text.TryTake(ref text, "user="u8);
        if (Utf8Text.TrySplitLast(text, ", ip=["u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest))
        {
            message.Target.UserName = message.Get(name);
            message.SetSource(Utf8Text.Before(rest, (byte)']'));
            message.SetPort(Utf8Text.Between(rest, "port=["u8, (byte)']'));
        }
        else if (Utf8Text.TryTake(ref text, "ip=["u8))
        {
            message.SetSource(Utf8Text.Before(text, (byte)']'));
        }

        return true;
    }

    // esmtpd: "error,relay=ADDRESS,msg="535 Authentication failed.",cmd: AUTH LOGIN"; the command is the client's.
    private static bool TryCourierMail(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TrySplit(text, ","u8, out ReadOnlySpan<byte> client, out ReadOnlySpan<byte> rest)
            || !rest.StartsWith("msg=\"535 Authentication failed."u8))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.SetSource(client);
        return true;
    }

    // "badlogin: [HOST ][ADDRESS] METHOD [NAME ][[]SASL(-13): REASON[]]", "login: HOST [ADDRESS] NAME METHOD User
    // logged in"
    private static bool TryCyrus(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isRefused = Utf8Text.TryTake(ref text, "badlogin: "u8);
        if (!isRefused && !Utf8Text.TryTake(ref text, "login: "u8))
        {
            return false;
        }

        int open = text.IndexOf((byte)'[');
        int end = open < 0 ? -1 : text.IndexOf("] "u8);
        if (end < open + 1)
        {
            return false;
        }

        message.Set("authentication", Login, isRefused ? Outcome.Failure : Outcome.Success);
        message.SetSource(text[(open + 1)..end]);
        text = text[(end + 2)..];
        ReadOnlySpan<byte> first = Utf8Text.Before(text, (byte)' ');
        ReadOnlySpan<byte> rest = Utf8Text.Trim(text[first.Length..]);
        if (!isRefused)
        {
            message.SetUser(first);
            message.Target.Method = message.Get(Utf8Text.Before(rest, (byte)' '));
            return true;
        }

        message.Target.Method = message.Get(first);
        int mark = rest.LastIndexOf("SASL("u8);
        message.SetUser(Utf8Text.Trim((mark < 0 ? rest : rest[..mark]).TrimEnd("[ "u8)));
        message.SetReason(mark < 0 ? default : rest[mark..].TrimEnd((byte)']'));
        return true;
    }

    // "Login failure user=NAME host=HOST [ADDRESS]", "Login failed user=... auth=... host=...", "Login user=NAME ..."
    private static bool TryWashington(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        _ = Utf8Text.TryTake(ref text, "Authenticated "u8) || Utf8Text.TryTake(ref text, "Login "u8)
            || Utf8Text.TryTake(ref text, "AUTHENTICATE "u8);
        bool isRefused = text.StartsWith("fail"u8) || text.StartsWith("disabled "u8) || text.StartsWith("excessive "u8)
            || text.StartsWith("LOGIN failure "u8);
        int user = text.IndexOf("user="u8);
        int host = text.LastIndexOf(" host="u8);
        if (user < 0 || host < user + 5 || (!isRefused && user != 0))
        {
            return false;
        }

        ReadOnlySpan<byte> name = text[(user + 5)..host];
        int method = name.LastIndexOf(" auth="u8);
        message.Set("authentication", Login, isRefused ? Outcome.Failure : Outcome.Success);
        message.Target.UserName = message.Get(method < 0 ? name : name[..method]);
        ReadOnlySpan<byte> client = text[(host + 6)..];
        int open = client.LastIndexOf((byte)'[');
        message.SetSource(open < 0 ? client : Utf8Text.Before(client[(open + 1)..], (byte)']'));
        return true;
    }
}
