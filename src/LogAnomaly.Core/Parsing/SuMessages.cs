namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of su. Its writers differ:
/// <code>
/// shadow     "Successful su for NEW by OLD" / "FAILED su for NEW by OLD" / ("+" / "-") SP tty SP OLD (":" / "-") NEW
/// util-linux ["FAILED SU "] "(to NEW) OLD on tty"
/// BSD        "OLD to NEW on tty" / "BAD SU OLD to NEW on tty"
/// </code>
/// </summary>
internal static class SuMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isRefused = Utf8Text.TryTake(ref text, "FAILED SU "u8) || Utf8Text.TryTake(ref text, "FAILED su "u8)
            || Utf8Text.TryTake(ref text, "BAD SU "u8);
        bool isGranted = !isRefused && Utf8Text.TryTake(ref text, "Successful su "u8);
        if (Utf8Text.TryTake(ref text, "(to "u8))
        {
            bool hasTty = Utf8Text.TrySplitLast(text, " on "u8, out ReadOnlySpan<byte> who, out ReadOnlySpan<byte> tty);
            if (Utf8Text.TrySplit(hasTty ? who : text, ") "u8, out ReadOnlySpan<byte> target,
                out ReadOnlySpan<byte> user))
            {
                Set(message, user, target, tty, isRefused);
            }
        }
        else if ((isRefused || isGranted) && Utf8Text.TryTake(ref text, "for "u8))
        {
            if (Utf8Text.TrySplitLast(text, " by "u8, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> user))
            {
                Set(message, user, target, default, isRefused);
            }
        }
        else if (text.StartsWith("+ "u8) || text.StartsWith("- "u8))
        {
            SetSigned(message, text);
        }
        else if (Utf8Text.TrySplitLast(text, " on "u8, out ReadOnlySpan<byte> who, out ReadOnlySpan<byte> tty)
            && Utf8Text.TrySplit(who, " to "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> target))
        {
            Set(message, user, target, tty, isRefused);
        }
        else if (Utf8Text.TryTake(ref text, "pam_authenticate: "u8))
        {
            // The line with the names says the same beside it.
            message.Set("authentication", "su", Outcome.Unknown);
            message.SetReason(text);
        }
    }

    // "+ TTY OLD:NEW"; a plain hyphen between the names is the older form.
    private static void SetSigned(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isRefused = text[0] == '-';
        if (!Utf8Text.TrySplit(text[2..], " "u8, out ReadOnlySpan<byte> tty, out ReadOnlySpan<byte> names))
        {
            return;
        }

        int mark = names.LastIndexOf((byte)':');
        mark = mark < 0 ? names.LastIndexOf((byte)'-') : mark;
        if (mark >= 0)
        {
            Set(message, names[..mark], names[(mark + 1)..], tty, isRefused);
        }
    }

    private static void Set(
        in AuthMessage message, ReadOnlySpan<byte> user, ReadOnlySpan<byte> target, ReadOnlySpan<byte> tty,
            bool isRefused)
    {
        message.Set("authentication", "su", isRefused ? Outcome.Failure : Outcome.Success);
        message.SetUser(user);
        message.SetTargetUser(target);
        message.Target.Tty = tty.SequenceEqual("none"u8) || tty.SequenceEqual("???"u8) ? null : message.Get(tty);
        message.Target.Reason = isRefused ? "su refused" : null;
    }
}
