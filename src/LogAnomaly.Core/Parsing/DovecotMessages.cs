namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of dovecot's logins and of its service of authentication, 1.x to 2.4:
/// <code>
/// login = service "-login: " text ": " [user=&lt;NAME&gt; ", "] [method=METHOD ", "] "rip=" address *(", " element)
/// auth  = "auth" [...] ": " backend "(" NAME "," address ["," session] "): " reason            ; to 2.3
///       / "auth(" NAME "," address ",sasl:" METHOD ")" ["&lt;" session "&gt;"] ": " backend ": " reason     ; 2.4
/// </code>
/// The name is the client's, so what stands behind it is sought from the end. A login that fails is told by both
/// services; the line of the login names what other lines do not (the method), but only the other tells a login from a
/// probe of another protocol, so each is a failure.
/// </summary>
internal static class DovecotMessages
{
    private const string Login = ServiceMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        _ = Utf8Text.TryTake(ref text, "dovecot: "u8);
        TakeLevel(ref text);
        if (text.StartsWith("auth"u8) || message.Target.Program is "dovecot-auth" or "auth-worker")
        {
            return TryAuth(message, text);
        }

        // "imap-login: Info: "
        int colon = text.IndexOf(": "u8);
        if (colon > 0 && text[..colon].EndsWith("-login"u8))
        {
            text = text[(colon + 2)..];
            TakeLevel(ref text);
        }

        return TryLogin(message, text);
    }

    private static void TakeLevel(ref ReadOnlySpan<byte> text) =>
        _ = Utf8Text.TryTake(ref text, "Info: "u8) || Utf8Text.TryTake(ref text, "Warning: "u8)
            || Utf8Text.TryTake(ref text, "Error: "u8) || Utf8Text.TryTake(ref text, "Debug: "u8)
            || Utf8Text.TryTake(ref text, "Warn: "u8);

    private static bool TryLogin(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        int address = text.LastIndexOf(" rip="u8);
        if (address < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> before = text[..address].TrimEnd(", "u8);
        int user = before.IndexOf(": user=<"u8);
        ReadOnlySpan<byte> what = user < 0 ? before.TrimEnd((byte)':') : before[..user];
        if (!TryOutcome(what, out Outcome outcome, out bool isProbe))
        {
            return false;
        }

        // 1.x tells of the attempt by the user and the method alone.
        bool isOld = what.SequenceEqual("Aborted login"u8) && user >= 0 && Utf8Text.Has(before[user..], ">, method="u8);
        outcome = isOld ? Outcome.Failure : outcome;

        message.Set(isProbe ? "intrusion_detection" : "authentication", isProbe ? "login_probe" : Login, outcome);
        message.SetSource(Utf8Text.Before(Utf8Text.Before(text[(address + 5)..], (byte)','), (byte)' '));
        if (user >= 0)
        {
            SetUser(message, before[(user + ": user=<"u8.Length)..]);
        }

        if (outcome != Outcome.Success)
        {
            message.SetReason(Inner(what));
        }

        return true;
    }

    // "NAME>[, method=METHOD]"
    private static void SetUser(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        int method = text.LastIndexOf(">, method="u8);
        if (method >= 0)
        {
            message.Target.Method = message.Get(text[(method + ">, method="u8.Length)..]);
            text = text[..method];
        }
        else
        {
            int end = text.LastIndexOf((byte)'>');
            text = end < 0 ? text : text[..end];
        }

        message.Target.UserName = message.Get(text);
    }

    // "Login", "Logged in"; "Aborted login", "Disconnected", "Login aborted", "Maximum number of connections ..." with
    // a reason in parentheses or behind a colon.
    private static bool TryOutcome(ReadOnlySpan<byte> what, out Outcome outcome, out bool isProbe)
    {
        isProbe = false;
        outcome = Outcome.Success;
        if (what.SequenceEqual("Login"u8) || what.SequenceEqual("Logged in"u8))
        {
            return true;
        }

        bool isEnd = what.StartsWith("Disconnected"u8) || what.StartsWith("Aborted login"u8)
            || what.StartsWith("Login aborted"u8) || what.StartsWith("Remote closed connection"u8)
            || what.StartsWith("Client has quit the connection"u8)
            || what.StartsWith("Maximum number of connections"u8);
        isProbe = Utf8Text.Has(what, "(no auth attempts"u8)
            || Utf8Text.Has(what, "(disconnected before auth was ready"u8)
            || Utf8Text.Has(what, "(disconnected before greeting"u8) || Utf8Text.Has(what, " finish SASL auth"u8);
        outcome = !isProbe && IsRefused(what) ? Outcome.Failure : Outcome.Unknown;
        return isEnd;
    }

    private static bool IsRefused(ReadOnlySpan<byte> what) =>
        Utf8Text.Has(what, "(auth fail"u8) || Utf8Text.Has(what, "authentication attempts)"u8)
        || Utf8Text.Has(what, "(tried to use "u8) || Utf8Text.Has(what, "authorization failed"u8)
        || Utf8Text.Has(what, "(user disabled"u8) || Utf8Text.Has(what, "(password expired"u8)
        || Utf8Text.Has(what, "(login disabled"u8) || Utf8Text.Has(what, "(sent invalid base64"u8)
        || Utf8Text.Has(what, "anonymous logins disabled"u8) || Utf8Text.Has(what, "credentials contain control"u8)
        || Utf8Text.Has(what, "(proxy dest auth failed"u8) || what.StartsWith("Maximum number of connections"u8)
        || Utf8Text.Has(what, "client sent an invalid cert"u8) || Utf8Text.Has(what, "(cert required"u8);

    private static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> what)
    {
        ReadOnlySpan<byte> inner = Utf8Text.Between(what, "("u8, (byte)')');
        return inner.IsEmpty ? what : inner;
    }

    private static bool TryAuth(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        SkipServices(ref text);
        if (PamMessages.IsPam(text))
        {
            PamMessages.Classify(message.With(text));
            return message.Target.Action is not null;
        }

        int open = text.IndexOf((byte)'(');
        if (open < 0 || !TryReason(text, open, out int close, out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        ReadOnlySpan<byte> inner = text[(open + 1)..close];
        int session = inner.LastIndexOf(",<"u8);
        inner = session < 0 ? inner : inner[..session];
        int method = inner.LastIndexOf(",sasl:"u8);
        message.Target.Method = method < 0 ? null : message.Get(inner[(method + 6)..]);
        inner = method < 0 ? inner : inner[..method];
        bool hasHost = Utf8Text.TrySplitLast(inner, ","u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> host);
        message.Set("authentication", Login, Outcome.Failure);
        message.SetReason(reason);
        message.SetUser(hasHost ? name : inner);
        message.SetSource(host);
        return true;
    }

    // "auth: ", "auth(default): ", "auth-worker(12): conn unix:auth-worker (pid=1,uid=2): auth-worker<3>: "; what has a
    // comma in its parentheses tells of a user.
    private static void SkipServices(ref ReadOnlySpan<byte> text)
    {
        while (text.StartsWith("auth"u8) || text.StartsWith("conn "u8))
        {
            int colon = text.IndexOf(": "u8);
            if (colon < 0 || (text[0] == 'a' && text[..colon].IndexOf((byte)',') >= 0))
            {
                return;
            }

            text = text[(colon + 2)..];
            TakeLevel(ref text);
        }
    }

    // The parenthesis that closes NAME and address: the last one that a reason follows; with passwords logged, which
    // may hold anything, the first.
    private static bool TryReason(ReadOnlySpan<byte> text, int open, out int close, out ReadOnlySpan<byte> reason)
    {
        close = -1;
        reason = default;
        for (int at = text[open..].IndexOf((byte)')') + open; at > open;)
        {
            ReadOnlySpan<byte> behind = text[(at + 1)..];
            if (IsReason(behind, out ReadOnlySpan<byte> words))
            {
                close = at;
                reason = words;
                if (Utf8Text.Has(words, "given password: "u8))
                {
                    return true;
                }
            }

            int next = text[(at + 1)..].IndexOf((byte)')');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return close >= 0;
    }

    // "[<session>]: [Info: ][backend: ]REASON"
    private static bool IsReason(ReadOnlySpan<byte> behind, out ReadOnlySpan<byte> reason)
    {
        reason = default;
        if (!behind.IsEmpty && behind[0] == '<')
        {
            int end = behind.IndexOf(">: "u8);
            behind = end < 0 ? default : behind[(end + 1)..];
        }

        if (!Utf8Text.TryTake(ref behind, ": "u8))
        {
            return false;
        }

        TakeLevel(ref behind);
        reason = behind;
        int colon = behind.IndexOf(": "u8);
        return IsRefusal(behind)
            || (colon > 0 && behind[..colon].IndexOf((byte)' ') < 0 && IsRefusal(behind[(colon + 2)..]));
    }

    private static bool IsRefusal(ReadOnlySpan<byte> reason) =>
        Utf8Text.TryTakeAnyCase(ref reason, "unknown user"u8)
            || Utf8Text.TryTakeAnyCase(ref reason, "password mismatch"u8)
        || Utf8Text.TryTakeAnyCase(ref reason, "invalid credentials"u8)
        || reason.StartsWith("pam_authenticate() failed"u8)
        || reason.StartsWith("pam_acct_mgmt() failed"u8) || reason.StartsWith("Authentication failure"u8)
        || reason.StartsWith("Username character disallowed"u8) || reason.StartsWith("Empty username"u8)
        || reason.StartsWith("User is disabled"u8) || reason.StartsWith("Password expired"u8)
        || reason.StartsWith("allow_nets check failed"u8) || reason.StartsWith("User found from deny passdb"u8);
}
