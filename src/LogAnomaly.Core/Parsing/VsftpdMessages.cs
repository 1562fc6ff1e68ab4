namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of vsftpd, of its own file and of syslog:
/// <code>
/// message = ["[pid " n "] "] ["[" name "] "] what [": Client " DQUOTE address DQUOTE ["," text]]
/// what    = ("OK" / "FAIL") SP "LOGIN" / "CONNECT" / "FTP command" / "FTP response" / ("OK" / "FAIL") SP ...
/// </code>
/// The name is the client's and may hold all of it; so the last place where a login is told counts.
/// </summary>
internal static class VsftpdMessages
{
    private const string Login = ServiceMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login or a connection.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(message.Text);
        if (text.StartsWith("[pid "u8) && Utf8Text.TrySplit(text, "] "u8, out _, out ReadOnlySpan<byte> rest))
        {
            text = Utf8Text.Trim(rest);
        }

        if (Utf8Text.TryTake(ref text, "CONNECT: Client "u8))
        {
            message.Set("network", "ftp_connection", Outcome.Unknown);
            SetClient(message, text);
            return true;
        }

        return TryLogin(message, text) || TryResponse(message, text);
    }

    private static bool TryLogin(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        int mark = text.LastIndexOf(" LOGIN: Client \""u8);
        bool isNameless = mark < 0
            && (text.StartsWith("FAIL LOGIN: Client \""u8) || text.StartsWith("OK LOGIN: Client \""u8));
        mark = isNameless ? text.IndexOf((byte)' ') : mark;
        if (mark < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> before = text[..mark];
        bool isRefused = Utf8Text.TryTakeEnd(ref before, "FAIL"u8);
        if (!isRefused && !Utf8Text.TryTakeEnd(ref before, "OK"u8))
        {
            return false;
        }

        _ = Utf8Text.TryTakeEnd(ref before, " "u8);
        if (!before.IsEmpty && !(before[0] == '[' && before[^1] == ']'))
        {
            return false;
        }

        message.Set("authentication", Login, isRefused ? Outcome.Failure : Outcome.Success);
        message.Target.UserName = before.Length < 2 ? null : message.Get(before[1..^1]);
        SetClient(message, text[(mark + " LOGIN: Client "u8.Length)..]);
        return true;
    }

    // With log_ftp_protocol. A user whom the server's list refuses gets this answer and no line of a failed login; the
    // answer to a wrong password stands beside such a line.
    private static bool TryResponse(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> mark = "] FTP response: Client \""u8;
        int at = text.LastIndexOf(mark);
        if (at < 1 || text[0] != '[')
        {
            return false;
        }

        ReadOnlySpan<byte> client = text[(at + mark.Length - 1)..];
        bool isRefused = client.EndsWith(", \"530 Permission denied.\""u8);
        if (!isRefused && !client.EndsWith(", \"530 Login incorrect.\""u8))
        {
            return false;
        }

        message.Set("authentication", Login, isRefused ? Outcome.Failure : Outcome.Unknown);
        message.Target.UserName = message.Get(text[1..at]);
        message.Target.Reason = isRefused ? "permission denied" : "login incorrect";
        SetClient(message, client);
        return true;
    }

    // ""ADDRESS"[, ...]"
    private static void SetClient(in AuthMessage message, ReadOnlySpan<byte> text) =>
        message.SetSource(Utf8Text.Before(text.TrimStart((byte)'"'), (byte)'"'));
}
