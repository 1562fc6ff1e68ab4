namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies what pam_unix and its helpers say beside opened and closed sessions and refused attempts: of accounts,
/// passwords and users that are not there.
/// </summary>
internal static class PamUnixMessages
{
    private const string Authenticate = "pam_authentication";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without the mark of its module; not empty.</param>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        switch (message.Text[0])
        {
            case (byte)'a':
                return TryAccount(message) || TryIdentify(message);
            case (byte)'b' or (byte)'c':
                return TryIdentify(message);
            case (byte)'e':
                return TryExpired(message);
            case (byte)'p':
                return TryPassword(message);
            case (byte)'u':
                return TryUser(message);
            default:
                return TryRetries(message);
        }
    }

    // "account NAME has expired (account expired)", "account NAME has password changed in future"
    private static bool TryAccount(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "account "u8))
        {
            return false;
        }

        bool isExpired = Utf8Text.TrySplitLast(text, " has expired"u8, out ReadOnlySpan<byte> name, out _);
        if (!isExpired && !Utf8Text.TrySplitLast(text, " has password changed in future"u8, out name, out _))
        {
            return false;
        }

        message.SetUser(name);
        message.Target.Reason = isExpired ? "account has expired" : "password changed in future";
        message.Set("authentication", Authenticate, isExpired ? Outcome.Failure : Outcome.Unknown);
        return true;
    }

    // "auth could not identify password for [NAME]", "could not identify user (from getpwnam(NAME))", "bad username
    // [NAME]", "check pass; user unknown", "conversation failed"
    private static bool TryIdentify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("check pass; user unknown"u8))
        {
            // The line of the refused attempt follows.
            message.Set("authentication", Authenticate, Outcome.Unknown);
            message.Target.Reason = "user unknown";
            return true;
        }

        if (text.StartsWith("conversation failed"u8))
        {
            message.Set("authentication", Authenticate, Outcome.Unknown);
            message.Target.Reason = "conversation failed";
            return true;
        }

        bool isName = Utf8Text.TryTake(ref text, "could not identify user (from getpwnam("u8);
        if (!isName && !Utf8Text.TryTake(ref text, "auth could not identify password for "u8)
            && !Utf8Text.TryTake(ref text, "could not identify user "u8)
            && !Utf8Text.TryTake(ref text, "bad username "u8))
        {
            return false;
        }

        message.SetUser(isName && text.EndsWith("))"u8) ? text[..^2] : Inner(text));
        message.Target.Reason = "user or password not identified";
        message.Set("authentication", Authenticate, Outcome.Failure);
        return true;
    }

    // Without one pair of brackets: a name may have some of its own.
    private static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> text) => text.Length > 1
        && (text[0], text[^1]) is ((byte)'[', (byte)']') or ((byte)'(', (byte)')') ? text[1..^1] : text;

    // "expired password for user NAME (password aged)"
    private static bool TryExpired(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "expired password for user "u8))
        {
            return false;
        }

        message.SetUser(PamMessages.WithoutId(text));
        message.Target.Reason = "expired password";
        message.Set("authentication", Authenticate, Outcome.Unknown);
        return true;
    }

    // "password check failed for user (NAME)", "password for user NAME will expire in N days", "password[ not] changed
    // for NAME on SERVER", "password - could not identify user"
    private static bool TryPassword(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "password check failed for user "u8))
        {
            // The helper that reads the password file says so beside the module that asked it.
            message.Set("authentication", Authenticate, Outcome.Unknown);
            message.Target.Reason = "password check failed";
            message.SetUser(Inner(text));
            return true;
        }

        if (Utf8Text.TryTake(ref text, "password for user "u8)
            && Utf8Text.TrySplitLast(text, " will expire in "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> days))
        {
            message.Set("authentication", Authenticate, Outcome.Unknown);
            message.SetUser(name);
            message.Target.Reason = message.Get(message.Text[^("will expire in "u8.Length + days.Length)..]);
            return true;
        }

        text = message.Text;
        if (Utf8Text.TryTake(ref text, "password not changed for "u8))
        {
            message.Set("iam", "password_changed", Outcome.Failure);
            message.SetTargetUser(Utf8Text.TrySplitLast(text, " on "u8, out name, out _) ? name : text);
            return true;
        }

        bool isRefused = text.StartsWith("password - "u8);
        if (isRefused)
        {
            message.Set("iam", "password_changed", Outcome.Unknown);
            message.SetReason(text["password - ".Length..]);
        }

        return isRefused;
    }

    // "PAM service(NAME) ignoring max retries; 5 > 3"
    private static bool TryRetries(in AuthMessage message)
    {
        bool isRetries = Utf8Text.Has(message.Text, " ignoring max retries"u8);
        if (isRetries)
        {
            message.Set("authentication", Authenticate, Outcome.Unknown);
            message.Target.Reason = "too many retries";
        }

        return isRetries;
    }

    // "user "NAME" does not exist in /etc/passwd", "user [NAME] has blank password; authenticated without it",
    // "username [NAME] obtained"
    private static bool TryUser(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "username ["u8) && Utf8Text.TryTakeEnd(ref text, "] obtained"u8))
        {
            message.Set("authentication", Authenticate, Outcome.Unknown);
            message.SetUser(text);
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "user "u8))
        {
            return false;
        }

        bool isBlank = Utf8Text.TrySplitLast(text, "] has blank password"u8, out ReadOnlySpan<byte> name, out _);
        if (!isBlank && !Utf8Text.TrySplitLast(text, " does not exist in "u8, out name, out _))
        {
            return false;
        }

        message.SetUser(name.TrimStart((byte)'['));
        message.Set("authentication", Authenticate, isBlank ? Outcome.Success : Outcome.Unknown);
        message.Target.Reason = isBlank ? "blank password" : "user does not exist";
        return true;
    }
}
