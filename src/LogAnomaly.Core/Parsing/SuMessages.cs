namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of su. Its writers differ:
/// <code>
/// shadow     "Successful su for NEW by OLD" / "FAILED su for NEW by OLD" / ("+" / "-") SP tty SP OLD (":" / "-") NEW
///            "DENIED su from 'OLD' to 'NEW' (tty)" / "SU by OLD to restricted account NEW"
///            "No passwd entry for user 'NEW'"
/// util-linux ["FAILED SU " / "FAILED RUNUSER "] "(to NEW) OLD on tty"
/// BSD        "OLD to NEW on tty" / "BAD SU OLD to NEW on tty"
/// </code>
/// OLD is who runs it, by the system's word; NEW is what was typed.
/// </summary>
internal static class SuMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (TryShadow(message))
        {
            return;
        }

        bool isRefused = Utf8Text.TryTake(ref text, "FAILED SU "u8) || Utf8Text.TryTake(ref text, "FAILED su "u8)
            || Utf8Text.TryTake(ref text, "FAILED RUNUSER "u8) || Utf8Text.TryTake(ref text, "BAD SU "u8);
        bool isGranted = !isRefused && Utf8Text.TryTake(ref text, "Successful su "u8);
        if (Utf8Text.TryTake(ref text, "(to "u8))
        {
            bool hasTty = Utf8Text.TrySplitLast(text, " on "u8, out ReadOnlySpan<byte> who, out ReadOnlySpan<byte> tty);
            if (Utf8Text.TrySplitLast(hasTty ? who : text, ") "u8, out ReadOnlySpan<byte> target,
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
        else if (Utf8Text.TryTake(ref text, "'su "u8))
        {
            SetQuoted(message, text);
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
    }

    // Of Solaris and in RFC 3164: "'su root' failed for bob on /dev/pts/8"
    private static void SetQuoted(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool hasTty = Utf8Text.TrySplitLast(text, " on "u8, out ReadOnlySpan<byte> who, out ReadOnlySpan<byte> tty);
        who = hasTty ? who : text;
        bool isRefused = Utf8Text.TrySplit(
            who, "' failed for "u8, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> user);
        if (isRefused || Utf8Text.TrySplit(who, "' succeeded for "u8, out target, out user))
        {
            Set(message, user, target, tty, isRefused);
        }
    }

    private static bool TryShadow(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("pam_"u8) && Utf8Text.TrySplit(text, ": "u8, out _, out ReadOnlySpan<byte> reason))
        {
            // The line with the names says the same beside it.
            message.Set("authentication", "su", Outcome.Unknown);
            message.SetReason(reason);
            return true;
        }

        bool isDenied = Utf8Text.TryTake(ref text, "DENIED su from "u8);
        if (isDenied || Utf8Text.TryTake(ref text, "NO password asked for su from "u8)
            || Utf8Text.TryTake(ref text, "su from "u8))
        {
            return TryPair(message, text, isDenied);
        }

        return TryAccount(message, text);
    }

    private static bool TryAccount(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (Utf8Text.TryTake(ref text, "SU by "u8) && Utf8Text.TrySplit(text, " to restricted account "u8,
            out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> target))
        {
            Set(message, user, target, default, isRefused: true);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "No passwd entry for user "u8) || Utf8Text.TryTake(ref text, "Unknown id: "u8))
        {
            Set(message, default, text, default, isRefused: true);
            message.Target.Reason = "no such user";
            return true;
        }

        bool isWrong = Utf8Text.TryTake(ref text, "Authentication failed for "u8)
            || Utf8Text.TryTake(ref text, "incorrect password for "u8);
        if (isWrong)
        {
            message.Set("authentication", "su", Outcome.Unknown);
            message.SetTargetUser(text);
            message.Target.Reason = "authentication failed";
        }

        return isWrong;
    }

    // "'OLD' to 'NEW' (TTY)", "'OLD' to 'NEW': asking for user's own password (TTY)"; only a refusal has an outcome, as
    // the password is yet to come.
    private static bool TryPair(in AuthMessage message, ReadOnlySpan<byte> text, bool isDenied)
    {
        bool hasTty = Utf8Text.TrySplitLast(text, " ("u8, out ReadOnlySpan<byte> names, out ReadOnlySpan<byte> tty);
        names = hasTty ? names : text;
        int mark = names.LastIndexOf(": asking for user's own password"u8);
        names = mark < 0 ? names : names[..mark];
        if (!Utf8Text.TrySplit(names, " to "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> target))
        {
            return false;
        }

        Set(message, user, target, tty.TrimEnd((byte)')'), isDenied);
        message.Target.Outcome = isDenied ? Outcome.Failure : Outcome.Unknown;
        return true;
    }

    // "+ TTY OLD:NEW"; a plain hyphen between the names is the older form. A name of the password file has no colon.
    private static void SetSigned(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isRefused = text[0] == '-';
        if (!Utf8Text.TrySplit(text[2..], " "u8, out ReadOnlySpan<byte> tty, out ReadOnlySpan<byte> names))
        {
            return;
        }

        int mark = names.IndexOf((byte)':');
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
        message.SetTty(tty);
        message.Target.Reason = isRefused ? "su refused" : null;
    }
}
