namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of systemd-logind: <c>New session ID of user NAME.</c>, <c>Session ID logged out. ...</c>,
/// <c>Removed session ID.</c>; newer ones add words about class and type.
/// </summary>
internal static class LogindMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        _ = Utf8Text.TryTakeEnd(ref text, "."u8);
        ReadOnlySpan<byte> id;
        if (Utf8Text.TryTake(ref text, "New session "u8))
        {
            bool hasUser = Utf8Text.TrySplit(text, " of user "u8, out id, out ReadOnlySpan<byte> user);
            message.Set("session", "session_opened", Outcome.Success);
            message.SetUser(hasUser ? Utf8Text.Unquote(Utf8Text.Before(user, (byte)' ')) : default);
            id = hasUser ? id : text;
        }
        else if (Utf8Text.TryTake(ref text, "Removed session "u8))
        {
            message.Set("session", "session_closed", Outcome.Success);
            id = text;
        }
        else if (Utf8Text.TryTake(ref text, "Session "u8) && Utf8Text.TrySplit(text, " logged out"u8, out id, out _))
        {
            message.Set("session", "session_logout", Outcome.Success);
        }
        else
        {
            message.Target.Category = "host";
            return;
        }

        message.Target.SessionId = message.Get(Utf8Text.Unquote(id));
    }
}
