namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of PAM modules that ask another host: pam_sss, pam_winbind, pam_ldap, pam_krb5, and those of
/// keys.
/// </summary>
internal static class PamDirectoryMessages
{
    private const string Authenticate = "pam_authentication";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without the mark of its module; not empty.</param>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryClassify(in AuthMessage message) => message.Text[0] switch
    {
        (byte)'r' => TryAnswer(message) || TryRequest(message) || TryRoot(message),
        (byte)'i' => TryInternal(message),
        (byte)'e' => TryBind(message),
        (byte)'B' => TryBlock(message),
        _ => false,
    };

    /// <summary>
    /// pam_krb5: <c>user NAME authenticated as PRINCIPAL</c>, <c>authentication fails for 'NAME' (PRINCIPAL):
    /// REASON</c>,
    /// <c>authentication succeeds for 'NAME' (PRINCIPAL)</c>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryKerberos(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        ReadOnlySpan<byte> name;
        if (Utf8Text.TryTake(ref text, "user "u8)
            && Utf8Text.TrySplitLast(text, " authenticated as "u8, out name, out _))
        {
            message.Set("authentication", Authenticate, Outcome.Success);
            message.SetUser(name);
            return true;
        }

        text = message.Text;
        bool isRefused = Utf8Text.TryTake(ref text, "authentication fails for "u8);
        if (!isRefused && !Utf8Text.TryTake(ref text, "authentication succeeds for "u8))
        {
            return false;
        }

        message.Set("authentication", Authenticate, isRefused ? Outcome.Failure : Outcome.Success);
        if (Utf8Text.TrySplit(text, " ("u8, out name, out ReadOnlySpan<byte> rest))
        {
            message.SetUser(name);
            message.SetReason(isRefused
                && Utf8Text.TrySplit(rest, "): "u8, out _, out ReadOnlySpan<byte> reason) ? reason
                : default);
        }

        return true;
    }

    /// <summary>pam_ssh_agent_auth: <c>Authenticated: `NAME' as `TARGET' using FILE</c>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is this one.</returns>
    public static bool TryAuthenticated(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Authenticated: "u8)
            || !Utf8Text.TrySplit(text, " as "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> target))
        {
            return false;
        }

        message.Set("authentication", Authenticate, Outcome.Success);
        message.Target.Method = "publickey";
        message.SetUser(name);
        message.SetTargetUser(Utf8Text.TrySplit(target, " using "u8, out ReadOnlySpan<byte> before, out _)
            ? before : target);
        return true;
    }

    // pam_sss: "received for user NAME: NUMBER (TEXT)" follows its "authentication failure" line.
    private static bool TryAnswer(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "received for user "u8)
            || !Utf8Text.TrySplitLast(text, ": "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        message.Set("authentication", Authenticate, Outcome.Unknown);
        message.SetUser(name);
        message.SetReason(reason);
        return true;
    }

    // pam_winbind: "request wbcLogonUser failed: WBC_ERR_AUTH_ERROR, PAM error: PAM_USER_UNKNOWN (10), NTSTATUS:
    // NT_STATUS_X, Error message was: TEXT"
    private static bool TryRequest(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("request "u8) || !Utf8Text.Has(text, " failed: "u8))
        {
            return false;
        }

        bool isAttempt = Utf8Text.Has(text, "LogonUser"u8) || Utf8Text.Has(text, "AuthenticateUser"u8);
        bool isRefused = isAttempt && !Utf8Text.Has(text, "NO_LOGON_SERVERS"u8)
            && !Utf8Text.Has(text, "WBC_ERR_WINBIND_NOT"u8);
        message.Set("authentication", Authenticate, isRefused ? Outcome.Failure : Outcome.Unknown);
        message.SetReason(Utf8Text.TrySplit(text, "Error message was: "u8, out _, out ReadOnlySpan<byte> reason)
            ? reason
            : Utf8Text.Between(text, " failed: "u8, (byte)','));
        return true;
    }

    // pam_rootok: "root check succeeded"
    private static bool TryRoot(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "root check "u8))
        {
            return false;
        }

        message.Set("authentication", Authenticate, text.StartsWith("succeeded"u8) ? Outcome.Success : Outcome.Unknown);
        return true;
    }

    // pam_winbind and pam_userdb: "internal module error (retval = PAM_AUTH_ERR(7), user = 'NAME')"
    private static bool TryInternal(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("internal module error (retval = "u8)
            || !Utf8Text.TrySplit(text, ", user = "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        _ = Utf8Text.TryTakeEnd(ref name, ")"u8);
        message.Set("authentication", Authenticate, Outcome.Unknown);
        message.SetUser(name.Trim("`'"u8));
        message.SetReason(before["internal module error (retval = ".Length..]);
        return true;
    }

    // pam_ldap: "error trying to bind as user "DN" (Invalid credentials)"
    private static bool TryBind(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "error trying to bind as user "u8)
            || !Utf8Text.TrySplitLast(text, " ("u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        reason = reason.TrimEnd((byte)')');
        message.Set("authentication", Authenticate, reason.SequenceEqual("Invalid credentials"u8) ? Outcome.Failure
            : Outcome.Unknown);
        message.SetUser(DistinguishedName(Utf8Text.Unquote(name)));
        message.SetReason(reason);
        return true;
    }

    // The value of the first part, "uid=NAME,ou=people".
    private static ReadOnlySpan<byte> DistinguishedName(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> first = Utf8Text.Before(name, (byte)',');
        int equals = first.IndexOf((byte)'=');
        return equals < 0 ? name : first[(equals + 1)..];
    }

    // pam_abl: "Blocking access from HOST to service SERVICE, user NAME"
    private static bool TryBlock(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Blocking access from "u8)
            || !Utf8Text.TrySplit(text, " to service "u8, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> rest))
        {
            return false;
        }

        message.Set("authentication", Authenticate, Outcome.Failure);
        message.Target.Reason = "blocked";
        message.SetSource(host);
        message.SetUser(Utf8Text.TrySplit(rest, ", user "u8, out _, out ReadOnlySpan<byte> name) ? name : default);
        return true;
    }
}
