namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of pure-ftpd: <c>"(" user "@" host ") [" level "] " text</c>. The user is <c>?</c> until the
/// login, so that what a client types stands behind its host.
/// </summary>
internal static class PureFtpdMessages
{
    private const string Login = ServiceMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login or a connection.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "("u8)
            || !Utf8Text.TrySplit(text, ") ["u8, out ReadOnlySpan<byte> who, out ReadOnlySpan<byte> rest)
            || !Utf8Text.TrySplit(rest, "] "u8, out _, out text))
        {
            return false;
        }

        int mark = who.LastIndexOf((byte)'@');
        ReadOnlySpan<byte> user = mark < 0 ? default : who[..mark];
        user = user.SequenceEqual("?"u8) ? default : user;
        if (!TryText(message, text, user))
        {
            return false;
        }

        message.SetSource(who[(mark + 1)..]);
        return true;
    }

    private static bool TryText(in AuthMessage message, ReadOnlySpan<byte> text, ReadOnlySpan<byte> user)
    {
        if (Utf8Text.TryTake(ref text, "Authentication failed for user ["u8))
        {
            _ = Utf8Text.TryTakeEnd(ref text, "]"u8);
            message.Set("authentication", Login, Outcome.Failure);
            message.Target.UserName = message.Get(text);
        }
        else if (text.StartsWith("Too many authentication failures"u8) || Utf8Text.Has(text, " account disabled"u8))
        {
            message.Set("authentication", Login, Outcome.Failure);
            message.SetReason(text);
            message.SetUser(user);
        }
        else if (Utf8Text.TryTakeEnd(ref text, " is now logged in"u8))
        {
            message.Set("authentication", Login, Outcome.Success);
            message.Target.UserName = message.Get(text);
        }
        else if (text.StartsWith("Anonymous user logged in"u8))
        {
            message.Set("authentication", Login, Outcome.Success);
            message.Target.UserName = "anonymous";
        }
        else if (text.StartsWith("New connection from "u8))
        {
            message.Set("network", "ftp_connection", Outcome.Unknown);
        }
        else if (text.StartsWith("Logout."u8))
        {
            message.Set("session", "session_closed", Outcome.Success);
            message.SetUser(user);
        }
        else
        {
            return false;
        }

        return true;
    }
}
