namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of PAM modules other than pam_unix, by their first words, which no two share with another
/// meaning. A name may be anything that was typed; so it ends where the module's own words stand for the last time.
/// </summary>
internal static class PamModuleMessages
{
    private const string Authenticate = "pam_authentication";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without the mark of its module; not empty.</param>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        switch (message.Text[0])
        {
            case (byte)'A':
                return TryAnswerTo(message) || PamCodeMessages.TryClassify(message)
                    || PamDirectoryMessages.TryAuthenticated(message);
            case (byte)'a':
                return TryAccess(message) || PamDirectoryMessages.TryKerberos(message);
            case (byte)'C' or (byte)'R' or (byte)'N' or (byte)'T':
                return TryLimit(message) || PamCodeMessages.TryClassify(message);
            case (byte)'U':
                return TryUnknownUser(message);
            case (byte)'u':
                return TryUser(message) || PamDirectoryMessages.TryKerberos(message);
            case (byte)'F' or (byte)'I' or (byte)'S' or (byte)'D':
                return PamCodeMessages.TryClassify(message) || TrySession(message);
            case (byte)'f':
                return TryWarn(message);
            case (byte)'t':
                return TryTimestamp(message);
            default:
                return TryRequirement(message) || PamDirectoryMessages.TryClassify(message);
        }
    }

    // pam_wheel: "Access denied to 'NAME' for 'WHO'", "Access granted to ..."
    private static bool TryAnswerTo(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isDenied = Utf8Text.TryTake(ref text, "Access denied to "u8);
        if ((!isDenied && !Utf8Text.TryTake(ref text, "Access granted to "u8))
            || !Utf8Text.TrySplitLast(text, " for "u8, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> user))
        {
            return false;
        }

        Set(message, isDenied ? Outcome.Failure : Outcome.Success, isDenied ? "access denied" : null);
        message.SetUser(user);
        message.SetTargetUser(target);
        return true;
    }

    // pam_access: "access denied for user `NAME' from `HOST'", pam_securetty: "access denied: tty 'TTY' is not secure
    // !"
    private static bool TryAccess(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "access denied: tty "u8))
        {
            Set(message, Outcome.Failure, "tty is not secure");
            message.SetTty(Utf8Text.TrySplitLast(text, " is not secure"u8, out ReadOnlySpan<byte> tty, out _)
                ? tty : text);
            return true;
        }

        bool isDenied = Utf8Text.TryTake(ref text, "access denied for user "u8);
        if (!isDenied && !Utf8Text.TryTake(ref text, "access allowed for "u8))
        {
            return false;
        }

        bool hasHost = Utf8Text.TrySplitLast(text, " from "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> host);
        bool hasTty = !hasHost && Utf8Text.TrySplitLast(text, " on "u8, out name, out host);
        Set(message, isDenied ? Outcome.Failure : Outcome.Unknown, isDenied ? "access denied" : null);
        message.SetUser(hasHost || hasTty ? name : text);
        if (hasTty || IsTty(Utf8Text.Unquote(host)))
        {
            message.SetTty(host);
        }
        else
        {
            message.SetSource(host);
        }

        return true;
    }

    private static bool IsTty(ReadOnlySpan<byte> host) => host.StartsWith("tty"u8) || host.StartsWith("pts/"u8)
        || host.StartsWith("/dev/"u8) || (host.StartsWith(":"u8) && !host.StartsWith("::"u8));

    // pam_faillock: "Consecutive login failures for user NAME account temporarily locked", pam_listfile: "Refused user
    // NAME for service NAME", pam_limits: "Too many logins (max N) for NAME", pam_nologin and pam_stress: "No logins
    // allowed for 'NAME'"
    private static bool TryLimit(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Consecutive login failures for user "u8))
        {
            _ = Utf8Text.TryTakeEnd(ref text, " account temporarily locked"u8);
            Set(message, Outcome.Failure, "account temporarily locked");
            message.SetUser(text);
        }
        else if (Utf8Text.TryTake(ref text, "Refused user "u8))
        {
            bool hasService = Utf8Text.TrySplitLast(text, " for service "u8, out ReadOnlySpan<byte> name, out _);
            Set(message, Outcome.Failure, "refused user");
            message.SetUser(hasService ? name : text);
        }
        else if (text.StartsWith("Too many logins (max "u8) || text.StartsWith("Too many system logins"u8))
        {
            Set(message, Outcome.Failure, "too many logins");
            message.SetUser(Utf8Text.TrySplit(text, ") for "u8, out _, out ReadOnlySpan<byte> name) ? name : default);
        }
        else if (Utf8Text.TryTake(ref text, "No logins allowed for "u8))
        {
            Set(message, Outcome.Failure, "no logins allowed");
            message.SetUser(text);
        }
        else
        {
            return false;
        }

        return true;
    }

    // pam_faillock: "User unknown: NAME", pam_shells: "User has an invalid shell 'SHELL'", pam_sepermit: "User NAME
    // ..."
    private static bool TryUnknownUser(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "User unknown"u8))
        {
            // The module that asked for the password tells of the refusal.
            Set(message, Outcome.Unknown, "user unknown");
            message.SetUser(text.TrimStart(": "u8));
            return true;
        }

        if (text.StartsWith("User has an invalid shell "u8))
        {
            Set(message, Outcome.Failure, "invalid shell");
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "User "u8)
            || !(Utf8Text.TrySplitLast(text, " processes are running. Exclusive login not allowed"u8,
            out ReadOnlySpan<byte> name, out _)
            || Utf8Text.TrySplitLast(text, " with exclusive login already logged in"u8, out name, out _)))
        {
            return false;
        }

        Set(message, Outcome.Failure, "exclusive login");
        message.SetUser(name);
        return true;
    }

    // pam_tally: "user NAME (UID) tally N, deny M", pam_userdb and pam_winbind: "user `NAME' granted access", "user
    // `NAME' denied access (incorrect password)", pam_lastlog: "user NAME inactive for N days - denied", pam_listfile:
    // "user NAME rejected"
    private static bool TryUser(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "user "u8))
        {
            return false;
        }

        Outcome outcome = Outcome.Failure;
        ReadOnlySpan<byte> rest = default;
        if (Utf8Text.TrySplitLast(text, " tally "u8, out ReadOnlySpan<byte> name, out rest))
        {
            name = PamMessages.WithoutId(name);
        }
        else if (Utf8Text.TrySplitLast(text, " granted access"u8, out name, out _))
        {
            outcome = Outcome.Success;
        }
        else if (Utf8Text.TrySplitLast(text, " denied access"u8, out name, out rest))
        {
            rest = Utf8Text.Trim(rest).Trim("()"u8);
            rest = rest.IsEmpty ? "denied access"u8 : rest;
        }
        else if (Utf8Text.TrySplitLast(text, " not found in the database"u8, out name, out _))
        {
            outcome = Outcome.Unknown;
            rest = "not found in the database"u8;
        }
        else if (Utf8Text.TrySplitLast(text, " inactive for "u8, out name, out _) && text.EndsWith("- denied"u8))
        {
            rest = "inactive"u8;
        }
        else
        {
            return false;
        }

        Set(message, outcome, null);
        message.SetReason(rest);
        message.SetUser(name);
        return true;
    }

    // pam_systemd: "Failed to create session: REASON", "Failed to release session: REASON"
    private static bool TrySession(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isOpening = Utf8Text.TryTake(ref text, "Failed to create session: "u8);
        if (!isOpening && !Utf8Text.TryTake(ref text, "Failed to release session: "u8))
        {
            return false;
        }

        message.Set("session", isOpening ? "session_opened" : "session_closed", Outcome.Failure);
        message.SetReason(text);
        return true;
    }

    // pam_warn: "function=[F] flags=N service=[S] terminal=[T] user=[NAME] ruser=[R] rhost=[HOST]"
    private static bool TryWarn(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("function=["u8)
            || !Utf8Text.TrySplitLast(text, "] rhost=["u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> host)
            || !Utf8Text.TrySplitLast(before, "] ruser=["u8, out before, out _)
            || !Utf8Text.TrySplit(before, "] user=["u8, out before, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        Set(message, Outcome.Unknown, null);
        message.SetUser(name.SequenceEqual("<unknown>"u8) ? default : name);
        message.SetTty(Utf8Text.Between(before, "terminal=["u8, (byte)']'));
        host = Utf8Text.Before(host, (byte)']');
        message.SetSource(host.SequenceEqual("<unknown>"u8) ? default : host);
        return true;
    }

    // pam_timestamp: "timestamp file `FILE' is only N seconds old, allowing access to SERVICE for user NAME", "...
    // disallowing"
    private static bool TryTimestamp(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("timestamp file `"u8)
            || !Utf8Text.TrySplitLast(text, " for user "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        // No fresh stamp means that the password is asked for.
        Set(message, Utf8Text.Has(before, " allowing access to "u8) ? Outcome.Success : Outcome.Unknown, null);
        message.Target.Method = "timestamp";
        message.SetUser(name);
        return true;
    }

    // pam_succeed_if: "requirement "WHAT" not met by user "NAME"", "... was met by user ..."
    private static bool TryRequirement(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isRefused = Utf8Text.TrySplit(text, " not met by user "u8, out ReadOnlySpan<byte> requirement,
            out ReadOnlySpan<byte> user);
        if (!isRefused && !Utf8Text.TrySplit(text, " was met by user "u8, out requirement, out user))
        {
            return false;
        }

        Set(message, isRefused ? Outcome.Failure : Outcome.Unknown, null);
        message.SetUser(user);
        message.SetReason(requirement);
        return true;
    }

    private static void Set(in AuthMessage message, Outcome outcome, string? reason)
    {
        message.Set("authentication", Authenticate, outcome);
        message.Target.Reason = reason;
    }
}
