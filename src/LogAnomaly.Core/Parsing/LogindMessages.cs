namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of systemd-logind: <c>New session ID of user NAME.</c>, <c>Session ID logged out. ...</c>,
/// <c>Removed session ID.</c>; newer ones add quotes and words about class and type.
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
            message.SetUser(hasUser ? NameOf(user) : default);
            message.Target.Method = message.Get(Utf8Text.Unquote(Utf8Text.Between(user, " and type "u8, (byte)' ')));
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
            message.Target.Action = HostAction(message.Text);
            return;
        }

        message.Target.SessionId = message.Get(Utf8Text.Unquote(id));
    }

    // A name in quotes may hold spaces; one without ends at a space.
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> user)
    {
        int end = user.StartsWith("'"u8) ? user.LastIndexOf("' with class "u8) : -1;
        return end > 0 ? user[1..end] : user.EndsWith("'"u8) ? Utf8Text.Unquote(user)
            : Utf8Text.Unquote(Utf8Text.Before(user, (byte)' '));
    }

    private static string? HostAction(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("System is "u8) || text.StartsWith("The system will "u8))
        {
            return Utf8Text.Has(text, "power"u8) || Utf8Text.Has(text, "halt"u8) ? "system_shutdown"
                : Utf8Text.Has(text, "reboot"u8) || Utf8Text.Has(text, "kexec"u8) ? "system_reboot"
                : Utf8Text.Has(text, "suspend"u8) || Utf8Text.Has(text, "hibernat"u8) ? "system_suspended" : null;
        }

        return text.StartsWith("Suspending"u8) || text.StartsWith("Hibernating"u8) ? "system_suspended"
            : text.StartsWith("Power key pressed"u8) ? "power_key" : text.StartsWith("Lid "u8) ? "lid" : null;
    }
}
