namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of sudo:
/// <code>
/// message = user " : " [reason " ; "] *(key "=" value " ; ") ["COMMAND=" command [" ; SIGNAL=" s] [" ; EXIT=" n]]
///         / user " : (command continued) " rest
/// key     = HOST / TTY / CHROOT / PWD / CWD / USER / GROUP / TSID / ENV       ; in this order
/// </code>
/// A reason means that the command was refused, unless sudo only complains of itself. The command goes to the end of
/// the line, whatever it holds.
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
            ClassifyRaw(message, text);
            return;
        }

        message.SetUser(Utf8Text.Trim(user));
        if (Utf8Text.TryTake(ref rest, "(command continued) "u8))
        {
            message.Set("process", RunCommand, Outcome.Unknown);
            message.Target.Command = message.Get(ToEnd(message, rest));
            return;
        }

        TakeReason(message, ref rest);
        ReadFields(message, rest);
        if (message.Target.Action is not null)
        {
            return;
        }

        ReadOnlySpan<byte> reason = Reason(text);
        Outcome outcome = reason.IsEmpty ? Outcome.Success : IsComplaint(reason) ? Outcome.Unknown : Outcome.Failure;
        message.Set("process", RunCommand, outcome);
    }

    // Messages without the fields: "unable to resolve host web1", "account validation failure, is your account locked?"
    private static void ClassifyRaw(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isRefused = text.StartsWith("PAM account management error"u8)
            || text.StartsWith("PAM authentication error"u8)
            || text.StartsWith("account validation failure"u8) || text.StartsWith("Account "u8)
            || text.StartsWith("Password expired"u8);
        if (isRefused)
        {
            message.Set("process", RunCommand, Outcome.Failure);
            message.SetReason(text);
        }
    }

    // What stands before the first field. Where there is no field, all of it.
    private static ReadOnlySpan<byte> Reason(ReadOnlySpan<byte> text)
    {
        _ = Utf8Text.TrySplit(text, " : "u8, out _, out ReadOnlySpan<byte> rest);
        int length = ReasonLength(rest);
        return length < 0 ? rest : rest[..length];
    }

    private static void TakeReason(in AuthMessage message, ref ReadOnlySpan<byte> rest)
    {
        int length = ReasonLength(rest);
        ReadOnlySpan<byte> reason = length < 0 ? rest : rest[..length];
        message.SetReason(reason.TrimEnd("; "u8));
        rest = length < 0 ? default : rest[length..].TrimStart("; "u8);
    }

    // -1 where no field follows. The reason may tell of a path or a host, but not of a field.
    private static int ReasonLength(ReadOnlySpan<byte> rest)
    {
        if (IsField(rest))
        {
            return 0;
        }

        for (int at = rest.IndexOf(" ; "u8); at >= 0;)
        {
            if (IsField(rest[(at + 3)..]))
            {
                return at;
            }

            int next = rest[(at + 1)..].IndexOf(" ; "u8);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    private static bool IsField(ReadOnlySpan<byte> part) => part.StartsWith("HOST="u8) || part.StartsWith("TTY="u8)
        || part.StartsWith("CHROOT="u8) || part.StartsWith("PWD="u8) || part.StartsWith("CWD="u8)
        || part.StartsWith("USER="u8) || part.StartsWith("GROUP="u8) || part.StartsWith("TSID="u8)
        || part.StartsWith("ENV="u8) || part.StartsWith("COMMAND="u8);

    // What sudo says of its own files and surroundings; the command may well run.
    private static bool IsComplaint(ReadOnlySpan<byte> reason) => reason.StartsWith("problem with defaults"u8)
        || reason.StartsWith("unable to "u8) || reason.StartsWith("unknown defaults"u8)
        || reason.StartsWith("ignoring "u8) || reason.StartsWith("time stamp"u8) || reason.StartsWith("timestamp"u8)
        || reason.StartsWith("parse error"u8) || reason.StartsWith("syntax error"u8) || reason.StartsWith("/"u8)
        || reason.StartsWith("error reading lecture"u8);

    private static void ReadFields(in AuthMessage message, ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (Utf8Text.TryTake(ref rest, "COMMAND="u8))
            {
                SetCommand(message, rest);
                return;
            }

            bool isLast = !Utf8Text.TrySplit(rest, " ; "u8, out ReadOnlySpan<byte> part, out ReadOnlySpan<byte> next);
            ReadField(message, (isLast ? rest : part).TrimEnd("; "u8));
            rest = isLast ? default : next;
        }
    }

    // With log_exit_status a second line tells how the command ended.
    private static void SetCommand(in AuthMessage message, ReadOnlySpan<byte> command)
    {
        int exit = command.LastIndexOf(" ; EXIT="u8);
        if (exit > 0 && FieldScanner.ToInt32(command[(exit + 8)..]) is not null)
        {
            int signal = command[..exit].LastIndexOf(" ; SIGNAL="u8);
            int end = signal > 0 && command[(signal + 10)..exit].IndexOf((byte)' ') < 0 ? signal : exit;
            message.Set("process", "sudo_exit", Outcome.Unknown);
            message.SetReason(command[(end + 3)..]);
            command = command[..end];
        }

        message.Target.Command = message.Get(ToEnd(message, command));
    }

    // With the spaces at the end of the line, which may lie in the middle of a command that goes on in the next.
    private static ReadOnlySpan<byte> ToEnd(in AuthMessage message, ReadOnlySpan<byte> command)
    {
        ReadOnlySpan<byte> whole = message.Target.MessageSpan;
        ReadOnlySpan<byte> trimmed = whole.TrimEnd((byte)' ');
        return whole.Length > trimmed.Length && trimmed.EndsWith(command)
            ? whole[(trimmed.Length - command.Length)..]
            : command;
    }

    private static void ReadField(in AuthMessage message, ReadOnlySpan<byte> part)
    {
        if (Utf8Text.TryTake(ref part, "TTY="u8))
        {
            message.Target.Tty ??= message.Get(part);
        }
        else if (Utf8Text.TryTake(ref part, "PWD="u8) || Utf8Text.TryTake(ref part, "CWD="u8))
        {
            message.Target.WorkingDirectory ??= message.Get(part);
        }
        else if (Utf8Text.TryTake(ref part, "USER="u8))
        {
            message.Target.TargetUser ??= message.Get(part);
        }
        else if (Utf8Text.TryTake(ref part, "TSID="u8))
        {
            message.Target.SessionId ??= message.Get(part);
        }
    }
}
