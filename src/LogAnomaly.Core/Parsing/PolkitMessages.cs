namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of polkitd (<c>... successfully authenticated as unix-user:NAME to gain ... for action ID
/// ...</c>, the same with <c>FAILED to authenticate</c>) and of pkexec (<c>NAME: Executing command [USER=...] [TTY=...]
/// [CWD=...] [COMMAND=...]</c>).
/// </summary>
internal static class PolkitMessages
{
    private const string Authorize = "polkit_authorization";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.IndexOf(" successfully authenticated as "u8) >= 0
            || text.IndexOf(" FAILED to authenticate to gain "u8) >= 0)
        {
            bool isRefused = text.IndexOf(" successfully authenticated as "u8) < 0;
            message.Set("authentication", Authorize, isRefused ? Outcome.Failure : Outcome.Success);
            if (Utf8Text.TrySplitLast(text, "(owned by unix-user:"u8, out _, out ReadOnlySpan<byte> owner))
            {
                message.SetUser(Utf8Text.Before(owner, (byte)')'));
            }

            message.SetTargetUser(Utf8Text.Between(text, "authenticated as unix-user:"u8, (byte)' '));
            message.SetReason(Utf8Text.Between(text, " for action "u8, (byte)' '));
            return;
        }

        if (!Utf8Text.TrySplit(text, ": "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> rest))
        {
            return;
        }

        bool isRun = rest.StartsWith("Executing command ["u8);
        bool isDenied = rest.StartsWith("Error executing command as another user: "u8);
        if (!isRun && !isDenied)
        {
            return;
        }

        message.Set("process", "pkexec_command", isRun ? Outcome.Success : Outcome.Failure);
        message.SetUser(user);
        message.SetTargetUser(Utf8Text.Between(rest, "[USER="u8, (byte)']'));
        message.Target.Tty = message.Get(Utf8Text.Between(rest, "[TTY="u8, (byte)']'));
        message.Target.WorkingDirectory = message.Get(Utf8Text.Between(rest, "[CWD="u8, (byte)']'));
        int command = rest.LastIndexOf("[COMMAND="u8);
        message.Target.Command = command < 0 ? null : message.Get(rest[(command + 9)..].TrimEnd((byte)']'));
        message.SetReason(isDenied ? Utf8Text.Between(rest, "user: "u8, (byte)'[') : default);
    }
}
