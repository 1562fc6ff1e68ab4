namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of dropbear. The client's address stands at the end of a line about an attempt and before
/// the name in a line about the end; so a name cannot pose as the address in either.
/// </summary>
internal static class DropbearMessages
{
    private const string Login = SshdMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login, a connection or a session.</returns>
    public static bool TryClassify(in AuthMessage message) => (message.Text[0] | 0x20) switch
    {
        'b' or 't' => TryBad(message),
        'l' => TryNobody(message),
        'p' or 'a' => TryGrant(message),
        'e' => TryExit(message),
        'c' => TryConnection(message),
        'u' => TryUser(message),
        'r' => TryRoot(message),
        _ => false,
    };

    // "Bad password attempt for 'NAME' from HOST:PORT", with "PAM password" and "Too-long password" too
    private static bool TryBad(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTakeAnyCase(ref text, "bad password attempt for "u8)
            && !Utf8Text.TryTakeAnyCase(ref text, "bad PAM password attempt for "u8)
            && !Utf8Text.TryTakeAnyCase(ref text, "too-long password attempt for "u8))
        {
            return false;
        }

        SetAttempt(message, text, Outcome.Failure, "bad password");
        message.Target.Method = "password";
        return true;
    }

    // "Login attempt for nonexistent user ['NAME' ]from HOST:PORT", "Login attempt with wrong user NAME from HOST:PORT"
    private static bool TryNobody(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTakeAnyCase(ref text, "login attempt for nonexistent user"u8))
        {
            SetAttempt(message, text, Outcome.Failure, "nonexistent user");
            return true;
        }

        if (Utf8Text.TryTakeAnyCase(ref text, "login attempt with wrong user "u8))
        {
            SetAttempt(message, text, Outcome.Failure, "wrong user");
            return true;
        }

        if (Utf8Text.TryTake(ref text, "Logins are restricted to the group "u8)
            && Utf8Text.TrySplit(text, " but user '"u8, out _, out ReadOnlySpan<byte> name))
        {
            _ = Utf8Text.TryTakeEnd(ref name, "' is not a member"u8);
            message.Set("authentication", Login, Outcome.Failure);
            message.SetUser(name);
            message.Target.Reason = "not in the group";
            return true;
        }

        return false;
    }

    // "Password auth succeeded for 'NAME' from HOST:PORT", "Pubkey auth succeeded for 'NAME' with KEY from HOST:PORT",
    // "Pubkey auth bad signature for ...", "Auth succeeded with blank password for 'NAME' from HOST:PORT"
    private static bool TryGrant(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isKey = Utf8Text.TryTakeAnyCase(ref text, "pubkey auth "u8);
        if (isKey && Utf8Text.TryTake(ref text, "bad signature for "u8))
        {
            SetAttempt(message, text, Outcome.Failure, "bad signature");
            message.Target.Method = "publickey";
            return true;
        }

        bool isGranted = isKey ? Utf8Text.TryTake(ref text, "succeeded for "u8)
            : Utf8Text.TryTakeAnyCase(ref text, "password auth succeeded for "u8)
                || Utf8Text.TryTake(ref text, "PAM password auth succeeded for "u8)
                || Utf8Text.TryTakeAnyCase(ref text, "auth succeeded with blank password for "u8);
        if (!isGranted)
        {
            return false;
        }

        bool isPart = Utf8Text.TryTakeEnd(ref text, ", extra auth required"u8);
        SetAttempt(message, text, isPart ? Outcome.Unknown : Outcome.Success, null);
        message.Target.Method = isKey ? "publickey" : "password";
        return true;
    }

    // "Exit before auth[ from <HOST:PORT>]: [(user 'NAME', N fails): ]REASON", older "exit before auth (user 'NAME', N
    // fails): REASON - user 'NAME' from HOST:PORT", "Exit (NAME)[ from <HOST:PORT>]: REASON", "Early exit: ..."
    private static bool TryExit(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Exit ("u8))
        {
            message.Set("session", "session_closed", Outcome.Success);
            if (Utf8Text.TrySplit(text, ")"u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> behind))
            {
                message.SetUser(name);
                SetExitPeer(message, ref behind);
                message.SetReason(behind.TrimStart(": "u8));
            }

            return true;
        }

        if (!Utf8Text.TryTakeAnyCase(ref text, "exit before auth"u8) && !Utf8Text.TryTake(ref text, "Early exit"u8))
        {
            return false;
        }

        bool hasPeer = SetExitPeer(message, ref text);
        text = text.TrimStart(": "u8);
        bool hasUser = Utf8Text.TryTake(ref text, "(user '"u8)
            && Utf8Text.TrySplitLast(text, " fails): "u8, out ReadOnlySpan<byte> who, out text)
            && TrySetUser(message, who);
        bool isRefused = text.StartsWith("Max auth tries reached"u8);
        if (!hasPeer && Utf8Text.TrySplitLast(text, " from "u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> peer))
        {
            message.SetPeer(peer);
            text = before;
        }

        message.Set(hasUser ? "authentication" : "network", hasUser ? Login : "ssh_disconnect",
            isRefused ? Outcome.Failure : Outcome.Unknown);
        message.SetReason(isRefused ? "Max auth tries reached"u8 : text);
        return true;
    }

    private static bool SetExitPeer(in AuthMessage message, ref ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TryTake(ref text, " from <"u8)
            || !Utf8Text.TrySplit(text, ">"u8, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> behind))
        {
            return false;
        }

        message.SetPeer(peer);
        text = behind;
        return true;
    }

    // "NAME', N" of "(user 'NAME', N fails): "
    private static bool TrySetUser(in AuthMessage message, ReadOnlySpan<byte> who)
    {
        int end = who.LastIndexOf("', "u8);
        message.Target.UserName = end < 0 ? null : message.Context.Pool.Get(who[..end]);
        return end >= 0;
    }

    private static bool TryConnection(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTakeAnyCase(ref text, "child connection from "u8))
        {
            return false;
        }

        message.Set("network", "ssh_connection", Outcome.Unknown);
        message.SetPeer(text);
        return true;
    }

    // "User 'NAME' has invalid shell, rejected", "User account 'NAME' is locked", "User NAME executing 'COMMAND'"
    private static bool TryUser(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTakeAnyCase(ref text, "user "u8))
        {
            return false;
        }

        if (Utf8Text.TrySplit(text, " executing "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> command))
        {
            message.Set("session", "ssh_session", Outcome.Success);
            message.SetUser(name);
            message.Target.Command = message.Get(Utf8Text.Unquote(command));
            return true;
        }

        _ = Utf8Text.TryTake(ref text, "account "u8);
        int end = text.LastIndexOf((byte)'\'');
        if (end < 1 || text[0] != '\'')
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.SetUser(text[..(end + 1)]);
        message.SetReason(text[(end + 1)..]);
        return true;
    }

    private static bool TryRoot(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTakeAnyCase(ref text, "root login rejected"u8))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.Target.UserName = "root";
        message.Target.Reason = "root login rejected";
        return true;
    }

    // "['NAME' [with KEY ]]from HOST:PORT"; the last quote before the address ends the name, but a key has none.
    private static void SetAttempt(in AuthMessage message, ReadOnlySpan<byte> text, Outcome outcome, string? reason)
    {
        message.Set("authentication", Login, outcome);
        message.Target.Reason = reason;
        int from = text.LastIndexOf(" from "u8);
        if (from < 0 && Utf8Text.TryTake(ref text, "from "u8))
        {
            message.SetPeer(Utf8Text.Trim(text));
            return;
        }

        ReadOnlySpan<byte> who = Utf8Text.Trim(from < 0 ? text : text[..from]);
        message.SetPeer(from < 0 ? default : Utf8Text.Trim(text[(from + 6)..]));
        int end = who.LastIndexOf((byte)'\'');
        who = end > 0 && who[0] == '\'' ? who[1..end] : who;
        message.Target.UserName = message.Get(who);
    }
}
