namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of proftpd: <c>[server SP] "(" client "[" address "])" (": " / " - ") text</c>. The client's
/// address stands before anything that it sends.
/// </summary>
internal static class ProftpdMessages
{
    private const string Login = ServiceMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login, a connection or a session.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int end = text.IndexOf("])"u8);
        int open = end < 0 ? -1 : text[..end].IndexOf((byte)'[');
        if (open < 1 || text[..open].IndexOf((byte)'(') < 0)
        {
            return false;
        }

        message.SetSource(text[(open + 1)..end]);
        text = text[(end + 2)..].TrimStart(": -"u8);
        return TryUser(message, text) || TryLimit(message, text) || TrySession(message, text);
    }

    // "USER NAME: no such user found from HOST [ADDRESS] to LOCAL:PORT", "USER NAME (Login failed): REASON",
    // "USER NAME: Login successful.", and the same with ANON
    private static bool TryUser(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TryTake(ref text, "USER "u8) && !Utf8Text.TryTake(ref text, "ANON "u8))
        {
            return false;
        }

        ReadOnlySpan<byte> name = text;
        if (Utf8Text.TryTakeEnd(ref name, ": Login successful."u8)
            || Utf8Text.TryTakeEnd(ref name, ": Login successful"u8)
            || Utf8Text.TryTakeEnd(ref name, ": Authenticated without password"u8))
        {
            message.Set("authentication", Login, Outcome.Success);
            message.Target.UserName = message.Get(name);
            return true;
        }

        // The last of the server's words is its own.
        ReadOnlySpan<byte> reason;
        bool isRefused = Utf8Text.TrySplitLast(text, " (Login failed): "u8, out name, out reason);
        int from = text.LastIndexOf(" found from "u8);
        int start = (from < 0 ? text : text[..from]).LastIndexOf(": "u8);
        bool isNobody = start >= 0 && (text[(start + 2)..].StartsWith("no such user"u8)
            || text[(start + 2)..].StartsWith("user is not a UserAlias"u8)
            || text[(start + 2)..].StartsWith("Limit "u8)
            || text[(start + 2)..].StartsWith("AnonRejectPasswords denies"u8));
        if (!isRefused && !isNobody)
        {
            return false;
        }

        if (isNobody && (!isRefused || start > name.Length + " (Login failed)"u8.Length))
        {
            name = text[..start];
            reason = text[(start + 2)..];
            reason = Utf8Text.TrySplit(reason, " from "u8, out ReadOnlySpan<byte> words, out _) ? words : reason;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.Target.UserName = message.Get(name);
        message.SetReason(reason.TrimEnd((byte)'.'));
        return true;
    }

    private static bool TryLimit(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (Utf8Text.TryTake(ref text, "SECURITY VIOLATION"u8))
        {
            // "SECURITY VIOLATION: root login attempted.", newer "Root login attempted"
            message.Set("authentication", Login, Outcome.Failure);
            message.SetReason(text.TrimStart(": "u8).TrimEnd((byte)'.'));
            ReadOnlySpan<byte> who = Utf8Text.Before(text.TrimStart(": "u8), (byte)' ');
            message.Target.UserName = who.SequenceEqual("Root"u8) ? "root" : message.Get(who);
            return true;
        }

        if (text.StartsWith("Maximum login attempts ("u8))
        {
            message.Set("authentication", Login, Outcome.Failure);
            message.Target.Reason = "maximum login attempts exceeded";
            return true;
        }

        if (Utf8Text.TryTake(ref text, "Refusing empty password from user "u8))
        {
            message.Set("authentication", Login, Outcome.Failure);
            message.SetUser(text);
            message.Target.Reason = "empty password";
            return true;
        }

        if (!text.StartsWith("Connection refused ("u8))
        {
            return false;
        }

        message.Set("network", "ftp_connection", Outcome.Failure);
        message.SetReason(text);
        return true;
    }

    private static bool TrySession(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isOpened = text.StartsWith("FTP session opened"u8) || text.StartsWith("SSH2 session opened"u8);
        if (isOpened || text.StartsWith("FTP session closed"u8) || text.StartsWith("SSH2 session closed"u8)
            || text.StartsWith("FTP login timed out"u8) || text.StartsWith("Login timeout exceeded"u8))
        {
            message.Set("network", isOpened ? "ftp_connection" : "ftp_disconnect", Outcome.Unknown);
            return true;
        }

        if (text.StartsWith("ROOT FTP login successful"u8))
        {
            // The line with the user says the same beside it.
            message.Set("authentication", Login, Outcome.Unknown);
            message.Target.UserName = "root";
            return true;
        }

        return false;
    }
}
