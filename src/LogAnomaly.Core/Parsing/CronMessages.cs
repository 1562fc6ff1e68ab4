namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of cron, crontab, anacron and atd: <c>"(" user ")" SP KEYWORD SP "(" text ")"</c>. That a
/// command was started says nothing of how it ended, so it has no outcome.
/// </summary>
internal static class CronMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Job `"u8))
        {
            message.Set("process", "cron_command", Outcome.Unknown);
            message.Target.Command = message.Get(Utf8Text.Before(text, (byte)'\''));
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

        bool isProgram = user.SequenceEqual("CRON"u8) || user.SequenceEqual("*system*"u8);
        message.SetUser(isProgram ? default : user);
    }

    private static bool TrySet(in AuthMessage message, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> inner)
    {
        if (keyword.SequenceEqual("CMD"u8) || keyword.SequenceEqual("CMDEND"u8))
        {
            message.Set("process", "cron_command", Outcome.Unknown);
            message.Target.Command = message.Get(inner);
        }
        else if (keyword.SequenceEqual("REPLACE"u8) || keyword.SequenceEqual("DELETE"u8)
            || keyword.SequenceEqual("BEGIN EDIT"u8)
            || keyword.SequenceEqual("END EDIT"u8))
        {
            string action = keyword[0] switch
            {
                (byte)'R' => "crontab_replaced",
                (byte)'D' => "crontab_deleted",
                _ => "crontab_edited",
            };
            message.Set("configuration", action, Outcome.Success);
            message.SetTargetUser(inner);
        }
        else if (keyword.SequenceEqual("LIST"u8))
        {
            message.Set("configuration", "crontab_listed", Outcome.Success);
            message.SetTargetUser(inner);
        }
        else if (keyword.SequenceEqual("RELOAD"u8))
        {
            message.Set("configuration", "crontab_reloaded", Outcome.Success);
        }
        else if (keyword.SequenceEqual("AUTH"u8) || keyword.StartsWith("FAILED to "u8))
        {
            message.Set("authentication", "cron_authorization", Outcome.Failure);
            message.SetReason(inner.IsEmpty ? keyword : inner);
        }
        else
        {
            return false;
        }

        return true;
    }
}
