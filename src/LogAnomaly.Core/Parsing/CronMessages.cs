namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of cron, crontab, anacron, run-parts and atd: <c>"(" user ")" SP KEYWORD SP "(" text
/// ")"</c>. That a command was started says nothing of how it ended, so it has no outcome.
/// </summary>
internal static class CronMessages
{
    private const string Command = "cron_command";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (TryJob(message) || TryScript(message))
        {
            return;
        }

        if (!Utf8Text.TryTake(ref text, "("u8)
            || !Utf8Text.TrySplit(text, ") "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> rest))
        {
            return;
        }

        bool hasText = Utf8Text.TrySplit(rest, " ("u8, out ReadOnlySpan<byte> keyword, out ReadOnlySpan<byte> inner);
        keyword = hasText ? keyword : rest;
        _ = Utf8Text.TryTakeEnd(ref inner, ")"u8);
        if (!TrySet(message, keyword, inner))
        {
            return;
        }

        bool isProgram = user.SequenceEqual("CRON"u8) || user.StartsWith("*system*"u8) || user.SequenceEqual("cron"u8);
        message.SetUser(isProgram ? default : user);
    }

    // anacron: "Job `NAME' (started / terminated...)", "Will run job `NAME' in N min."; atd: "Starting job 5 (FILE) for
    // user 'NAME' (1000)"
    private static bool TryJob(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Job `"u8) || Utf8Text.TryTake(ref text, "Will run job `"u8))
        {
            bool isEnd = Utf8Text.Has(text, "' terminated"u8);
            message.Set("process", isEnd ? "cron_finished" : Command, Outcome.Unknown);
            message.Target.Command = message.Get(Utf8Text.Before(text, (byte)'\''));
            int status = text.IndexOf("(exit status: "u8);
            message.SetReason(status < 0 ? default : Utf8Text.Before(text[(status + 1)..], (byte)')'));
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "Starting job "u8))
        {
            return false;
        }

        message.Set("process", "at_command", Outcome.Unknown);
        message.Target.Command = message.Get(Utf8Text.Between(text, "("u8, (byte)')'));
        message.SetUser(Utf8Text.Between(text, " for user '"u8, (byte)'\''));
        return true;
    }

    // run-parts: "[(FOLDER) ](starting / finished) NAME"
    private static bool TryScript(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        ReadOnlySpan<byte> folder = default;
        if (Utf8Text.TryTake(ref text, "(/"u8)
            && Utf8Text.TrySplit(text, ") "u8, out folder, out ReadOnlySpan<byte> rest))
        {
            folder = message.Text[1..(folder.Length + 2)];
            text = rest;
        }
        else if (message.Target.Program != "run-parts")
        {
            return false;
        }

        bool isFinished = Utf8Text.TryTake(ref text, "finished "u8);
        if (!isFinished && !Utf8Text.TryTake(ref text, "starting "u8))
        {
            return false;
        }

        message.Set("process", isFinished ? "cron_finished" : Command, Outcome.Unknown);
        message.Target.Command = message.Get(text);
        message.Target.WorkingDirectory = message.Get(folder);
        return true;
    }

    private static bool TrySet(in AuthMessage message, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> inner)
    {
        if (keyword.SequenceEqual("CMD"u8) || keyword.SequenceEqual("CMDEND"u8) || keyword.SequenceEqual("CMDOUT"u8))
        {
            message.Set("process", keyword.Length == 3 ? Command : keyword[3] == 'E' ? "cron_finished" : "cron_output",
                Outcome.Unknown);
            message.Target.Command = message.Get(Utf8Text.Trim(inner));
            return true;
        }

        if (TryTable(message, keyword))
        {
            message.SetTargetUser(message.Target.Action == "crontab_reloaded" ? default : inner);
            return true;
        }

        bool isAccess = keyword.SequenceEqual("AUTH"u8) || keyword.StartsWith("FAILED to "u8)
            || keyword.SequenceEqual("NOT ALLOWED"u8);
        if (isAccess)
        {
            message.Set("authentication", "cron_authorization", Outcome.Failure);
            message.SetReason(inner.IsEmpty ? keyword : inner);
            return true;
        }

        if (IsBadTable(keyword))
        {
            message.Set("configuration", "crontab_refused", Outcome.Failure);
            message.SetReason(keyword);
            return true;
        }

        bool isDaemon = IsOfDaemon(keyword);
        if (isDaemon)
        {
            message.Set("process", "cron_service", Outcome.Unknown);
            message.SetReason(inner);
        }

        return isDaemon;
    }

    private static bool IsBadTable(ReadOnlySpan<byte> keyword) => keyword.SequenceEqual("WRONG FILE OWNER"u8)
        || keyword.SequenceEqual("BAD LINK COUNT"u8) || keyword.SequenceEqual("ORPHAN"u8)
        || keyword.SequenceEqual("INSECURE MODE"u8) || keyword.SequenceEqual("BAD FILE MODE"u8)
        || keyword.SequenceEqual("FAILED"u8) || keyword.SequenceEqual("NOT A REGULAR FILE"u8);

    private static bool IsOfDaemon(ReadOnlySpan<byte> keyword) => keyword.SequenceEqual("STARTUP"u8)
        || keyword.SequenceEqual("INFO"u8) || keyword.SequenceEqual("ERROR"u8) || keyword.SequenceEqual("error"u8)
        || keyword.SequenceEqual("DEATH"u8) || keyword.SequenceEqual("WARNING"u8) || keyword.SequenceEqual("MAIL"u8);

    private static bool TryTable(in AuthMessage message, ReadOnlySpan<byte> keyword)
    {
        string? action = keyword.Length switch
        {
            4 when keyword.SequenceEqual("LIST"u8) => "crontab_listed",
            6 when keyword.SequenceEqual("DELETE"u8) => "crontab_deleted",
            6 when keyword.SequenceEqual("RELOAD"u8) => "crontab_reloaded",
            7 when keyword.SequenceEqual("REPLACE"u8) => "crontab_replaced",
            8 when keyword.SequenceEqual("END EDIT"u8) => "crontab_edited",
            10 when keyword.SequenceEqual("BEGIN EDIT"u8) => "crontab_edited",
            _ => null,
        };
        if (action is not null)
        {
            message.Set("configuration", action, Outcome.Success);
        }

        return action is not null;
    }
}
