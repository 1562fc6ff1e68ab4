namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of sudo:
/// <code>
/// message = user " : " [reason " ; "] *(key "=" value " ; ") "COMMAND=" command
/// key     = HOST / TTY / PWD / USER / GROUP / TSID / ENV
/// </code>
/// A reason means that the command was refused. The command goes to the end of the line, whatever it holds.
/// </summary>
internal static class SudoMessages
{
    private const string RunCommand = "sudo_command";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TrySplit(text, " : "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> rest)
            || user.IsEmpty || user.IndexOf(": "u8) >= 0)
        {
            return;
        }

        message.SetUser(user);
        if (Utf8Text.TryTake(ref rest, "(command continued) "u8))
        {
            message.Set("process", RunCommand, Outcome.Unknown);
            message.Target.Command = message.Get(rest);
            return;
        }

        while (!rest.IsEmpty)
        {
            if (Utf8Text.TryTake(ref rest, "COMMAND="u8))
            {
                message.Target.Command = message.Get(rest);
                break;
            }

            bool isLast = !Utf8Text.TrySplit(rest, " ; "u8, out ReadOnlySpan<byte> part, out ReadOnlySpan<byte> next);
            part = isLast ? rest : part;
            if (!TryField(message, part) && message.Target.Reason is null && message.Target.Tty is null)
            {
                message.SetReason(part);
            }

            rest = isLast ? default : next;
        }

        message.Set("process", RunCommand, message.Target.Reason is null ? Outcome.Success : Outcome.Failure);
    }

    private static bool TryField(in AuthMessage message, ReadOnlySpan<byte> part)
    {
        if (Utf8Text.TryTake(ref part, "TTY="u8))
        {
            message.Target.Tty = message.Get(part);
            return true;
        }

        if (Utf8Text.TryTake(ref part, "PWD="u8))
        {
            message.Target.WorkingDirectory = message.Get(part);
            return true;
        }

        if (Utf8Text.TryTake(ref part, "USER="u8))
        {
            message.SetTargetUser(part);
            return true;
        }

        return part.StartsWith("HOST="u8) || part.StartsWith("GROUP="u8) || part.StartsWith("TSID="u8)
            || part.StartsWith("ENV="u8) || part.StartsWith("CHROOT="u8);
    }
}
