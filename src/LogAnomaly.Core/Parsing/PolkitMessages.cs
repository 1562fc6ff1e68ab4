namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of polkitd (<c>... successfully authenticated as unix-user:NAME to gain ... for action ID
/// ...</c>, the same with <c>FAILED to authenticate</c>, agents that register) and of pkexec (<c>NAME: Executing
/// command [USER=...] [TTY=...] [CWD=...] [COMMAND=...]</c>). The command of a process may be anything, and stands
/// between the action and its owner.
/// </summary>
internal static class PolkitMessages
{
    private const string Authorize = "polkit_authorization";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        if (!TryOperator(message) && !TryAgent(message))
        {
            ClassifyCommand(message);
        }
    }

    private static bool TryOperator(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TrySplit(text, " for action "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> rest))
        {
            return false;
        }

        bool isGranted = Utf8Text.Has(before, " successfully authenticated as "u8);
        if (!isGranted && !Utf8Text.Has(before, " FAILED to authenticate to gain "u8))
        {
            return false;
        }

        message.Set("authentication", Authorize, isGranted ? Outcome.Success : Outcome.Failure);
        if (Utf8Text.TrySplitLast(rest, "(owned by unix-user:"u8, out _, out ReadOnlySpan<byte> owner))
        {
            message.SetUser(Utf8Text.Before(owner, (byte)')'));
        }

        message.SetTargetUser(Utf8Text.Between(before, "authenticated as unix-user:"u8, (byte)' '));
        message.SetReason(Utf8Text.Before(rest, (byte)' '));
        message.Target.SessionId = message.Get(Utf8Text.Between(before, "unix-session:"u8, (byte)' '));
        message.Target.Command = message.Get(CommandOf(rest));
        return true;
    }

    // "... [COMMAND] (owned by ...)"
    private static ReadOnlySpan<byte> CommandOf(ReadOnlySpan<byte> rest)
    {
        int open = rest.IndexOf(" ["u8);
        int end = rest.LastIndexOf("] (owned by "u8);
        return open < 0 || end < open + 2 ? default : rest[(open + 2)..end];
    }

    // "[Unr / R]egistered Authentication Agent for unix-session:ID (system bus name :1.2 [COMMAND], ...)"
    private static bool TryAgent(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isOpened = Utf8Text.TryTake(ref text, "Registered Authentication Agent for "u8);
        if (!isOpened && !Utf8Text.TryTake(ref text, "Unregistered Authentication Agent for "u8))
        {
            return false;
        }

        message.Set("session", isOpened ? "polkit_agent_registered" : "polkit_agent_unregistered", Outcome.Unknown);
        message.Target.SessionId = message.Get(Utf8Text.TryTake(ref text, "unix-session:"u8)
            ? Utf8Text.Before(text, (byte)' ')
            : default);
        return true;
    }

    private static void ClassifyCommand(in AuthMessage message)
    {
        if (!Utf8Text.TrySplit(message.Text, ": "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> rest))
        {
            PamMessages.ClassifyText(message);
            return;
        }

        if (user.SequenceEqual("pam_authenticate failed"u8))
        {
            // The line of the module says the same, with the names.
            message.Set("authentication", Authorize, Outcome.Unknown);
            message.SetReason(rest);
            return;
        }

        bool isRun = rest.StartsWith("Executing command ["u8);
        bool isDenied = rest.StartsWith("Error executing command as another user: "u8)
            || rest.StartsWith("The value for the SHELL variable was not found"u8)
            || rest.StartsWith("The value for environment variable "u8);
        if (!isRun && !isDenied)
        {
            return;
        }

        message.Set("process", "pkexec_command", isRun ? Outcome.Success : Outcome.Failure);
        message.SetUser(user);
        message.SetTargetUser(Utf8Text.Between(rest, "[USER="u8, (byte)']'));
        message.SetTty(Utf8Text.Between(rest, "[TTY="u8, (byte)']'));
        message.Target.WorkingDirectory = message.Get(Utf8Text.Between(rest, "[CWD="u8, (byte)']'));
        if (Utf8Text.TrySplit(rest, "] [COMMAND="u8, out _, out ReadOnlySpan<byte> command))
        {
            _ = Utf8Text.TryTakeEnd(ref command, "]"u8);
            message.Target.Command = message.Get(command);
        }

        message.SetReason(isDenied ? Utf8Text.Before(rest[(rest.IndexOf(": "u8) + 1)..], (byte)'[') : default);
    }
}
