namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the logins among the messages of servers with users of their own: dropbear, vsftpd, dovecot, proftpd,
/// postfix. Their other lines are plain system events.
/// </summary>
internal static class ServiceMessages
{
    private const string Login = "login";

    /// <summary>Whether a program is such a server.</summary>
    /// <param name="program">Name of the program.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsService(string program) =>
        program is "dropbear" or "vsftpd" or "dovecot" or "dovecot-auth" or "imap-login" or "pop3-login" or "proftpd"
        || program.StartsWith("postfix/", StringComparison.Ordinal);

    /// <summary>Whether a message of such a server is about a login.</summary>
    /// <param name="text">The message.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsAuthentication(ReadOnlySpan<byte> text) =>
        IsDropbear(text) || IsVsftpd(text) || IsDovecot(text) || IsProftpd(text) || IsSasl(text);

    /// <summary>Classifies a message for which <see cref="IsAuthentication"/> holds.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        if (IsDropbear(message.Text))
        {
            ClassifyDropbear(message);
        }
        else if (IsVsftpd(message.Text))
        {
            ClassifyVsftpd(message);
        }
        else if (IsDovecot(message.Text))
        {
            ClassifyDovecot(message);
        }
        else if (IsProftpd(message.Text))
        {
            ClassifyProftpd(message);
        }
        else
        {
            ClassifySasl(message);
        }
    }

    private static bool IsDropbear(ReadOnlySpan<byte> text) =>
        HasPrefix(text, "bad password attempt for "u8) || HasPrefix(text, "bad PAM password attempt for "u8)
        || HasPrefix(text, "login attempt for nonexistent user"u8) || HasPrefix(text, "exit before auth"u8)
        || HasPrefix(text, "password auth succeeded for "u8) || HasPrefix(text, "pubkey auth succeeded for "u8)
        || HasPrefix(text, "PAM password auth succeeded for "u8);

    // "... 'NAME' from HOST:PORT"; newer: "Exit before auth from <HOST:PORT>: (user 'NAME', n fails): REASON"
    private static void ClassifyDropbear(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isExit = HasPrefix(text, "exit before auth"u8);
        bool isGranted = text.IndexOf(" auth succeeded for "u8) > 0;
        bool isRefused = !isGranted && (!isExit || text.IndexOf("Max auth tries reached"u8) >= 0);
        message.Set("authentication", SshdMessages.Login, isGranted ? Outcome.Success : isRefused ? Outcome.Failure
            : Outcome.Unknown);
        message.Target.Method = !isGranted ? null : HasPrefix(text, "pubkey"u8) ? "publickey" : "password";
        int quote = text.IndexOf((byte)'\'');
        bool hasFrom = Utf8Text.TrySplitLast(text, " from "u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> peer);
        int end = (hasFrom ? before : text).LastIndexOf((byte)'\'');
        if (isExit)
        {
            // The name may stand there twice; the first time in "(user 'NAME', ".
            message.SetUser(Utf8Text.Between(text, "user '"u8, (byte)'\''));
        }
        else if (quote >= 0 && end > quote)
        {
            message.SetUser(text[(quote + 1)..end]);
        }

        peer = Utf8Text.Before(Utf8Text.Before(peer, (byte)' '), (byte)'>').TrimStart((byte)'<');
        int colon = peer.LastIndexOf((byte)':');
        message.SetSource(colon < 0 ? peer : peer[..colon]);
        message.SetPort(colon < 0 ? default : peer[(colon + 1)..]);
    }

    private static bool IsVsftpd(ReadOnlySpan<byte> text) =>
        text.IndexOf("] FAIL LOGIN: Client \""u8) > 0 || text.IndexOf("] OK LOGIN: Client \""u8) > 0;

    // "[pid N] [NAME] FAIL LOGIN: Client "HOST""
    private static void ClassifyVsftpd(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int mark = text.LastIndexOf(" LOGIN: Client \""u8);
        bool isRefused = text[..mark].EndsWith("FAIL"u8);
        message.Set("authentication", Login, isRefused ? Outcome.Failure : Outcome.Success);
        message.SetSource(Utf8Text.Between(text[mark..], "\""u8, (byte)'"'));
        ReadOnlySpan<byte> name = text[..mark];
        name = name[..name.LastIndexOf((byte)']')];
        if (name.StartsWith("[pid "u8) && Utf8Text.TrySplit(name, "] "u8, out _, out ReadOnlySpan<byte> rest))
        {
            name = rest;
        }

        message.SetUser(name.TrimStart((byte)'['));
    }

    private static bool IsDovecot(ReadOnlySpan<byte> text) =>
        text.LastIndexOf(" rip="u8) > 0
            ? text.IndexOf("auth fail"u8) > 0 || text.IndexOf("ogin: user=<"u8) >= 0
            : DovecotReason(text) >= 0;

    // The index of the reason in "auth...: BACKEND(NAME,HOST[,<ID>]): REASON", or -1.
    private static int DovecotReason(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf("): "u8);
        if (at < 0 || text.IndexOf("auth"u8) < 0 || text.IndexOf((byte)',') < 0)
        {
            return -1;
        }

        ReadOnlySpan<byte> reason = text[(at + 3)..];
        return reason.StartsWith("unknown user"u8) || reason.StartsWith("Password mismatch"u8)
            || reason.StartsWith("pam_authenticate() failed"u8) || reason.StartsWith("Authentication failure"u8)
            ? at + 3
            : -1;
    }

    // "imap-login: Disconnected (auth failed, n attempts): user=<NAME>, method=PLAIN, rip=HOST, lip=..."
    private static void ClassifyDovecot(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int address = text.LastIndexOf(" rip="u8);
        if (address > 0)
        {
            bool isGranted = text.IndexOf("auth fail"u8) < 0;
            message.Set("authentication", Login, isGranted ? Outcome.Success : Outcome.Failure);
            message.SetUser(Utf8Text.Between(text[..address], "user=<"u8, (byte)'>'));
            message.Target.Method = message.Get(Utf8Text.Between(text[..address], " method="u8, (byte)','));
            message.SetSource(Utf8Text.Before(Utf8Text.Before(text[(address + 5)..], (byte)','), (byte)' '));
            return;
        }

        int reason = DovecotReason(text);
        message.Set("authentication", Login, Outcome.Failure);
        message.SetReason(text[reason..]);
        ReadOnlySpan<byte> inner = text[..(reason - 3)];
        inner = inner[(inner.IndexOf((byte)',') < 0 ? 0 : OpeningOf(inner))..];
        _ = Utf8Text.TrySplitLast(inner, ",<"u8, out ReadOnlySpan<byte> withoutId, out _);
        inner = withoutId.IsEmpty ? inner : withoutId;
        if (Utf8Text.TrySplitLast(inner, ","u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> host))
        {
            message.SetUser(name);
            message.SetSource(host);
        }
    }

    // Behind the parenthesis that opens "(NAME,HOST": "auth(default): pam(NAME" has another before it.
    private static int OpeningOf(ReadOnlySpan<byte> text)
    {
        int colon = text.LastIndexOf(": "u8);
        int open = text[Math.Max(colon, 0)..].IndexOf((byte)'(');
        return open < 0 ? 0 : Math.Max(colon, 0) + open + 1;
    }

    private static bool IsProftpd(ReadOnlySpan<byte> text) =>
        text.IndexOf("USER "u8) >= 0
        && (text.IndexOf("no such user"u8) > 0 || text.IndexOf("(Login failed)"u8) > 0
        || text.IndexOf(": Login successful"u8) > 0
            || text.IndexOf("SECURITY VIOLATION"u8) >= 0);

    // "SERVER (NAME[HOST])[: or  -] USER NAME: no such user found ...", "... USER NAME (Login failed): REASON"
    private static void ClassifyProftpd(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isGranted = text.EndsWith(": Login successful."u8) || text.EndsWith(": Login successful"u8);
        message.Set("authentication", Login, isGranted ? Outcome.Success : Outcome.Failure);
        int user = text.IndexOf("USER "u8);
        ReadOnlySpan<byte> name = text[(user + 5)..];
        int end = name.LastIndexOf(" (Login failed)"u8);
        end = end < 0 ? name.LastIndexOf(": "u8) : end;
        message.SetUser(end < 0 ? Utf8Text.Before(name, (byte)' ') : name[..end]);

        // The client stands before the name that it sent.
        ReadOnlySpan<byte> client = Utf8Text.Between(text[..user], "["u8, (byte)']');
        message.SetSource(client);
    }

    private static bool IsSasl(ReadOnlySpan<byte> text) =>
        text.IndexOf("]: SASL "u8) > 0 && text.IndexOf(" authentication failed"u8) > 0;

    // "warning: NAME[HOST]: SASL METHOD authentication failed: REASON"
    private static void ClassifySasl(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int mark = text.IndexOf("]: SASL "u8);
        message.Set("authentication", Login, Outcome.Failure);
        message.SetSource(text[(text[..mark].LastIndexOf((byte)'[') + 1)..mark]);
        message.Target.Method = message.Get(Utf8Text.Before(text[(mark + 8)..], (byte)' '));
        message.SetUser(Utf8Text.Between(text[mark..], "sasl_username="u8, (byte)','));
    }

    // Versions differ in the case of the first letter.
    private static bool HasPrefix(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && (text[0] | 0x20) == (prefix[0] | 0x20) && text[1..].StartsWith(prefix[1..]);
}
