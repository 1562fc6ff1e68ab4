namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies what httpd's modules of authentication and authorization write, 2.2 and 2.4. Names, paths, realms and
/// nonces are the client's; so a name ends at the last place where the module's own words can follow it, and what other
/// programs write through the server (a script's standard error) is never taken for the server's word.
/// </summary>
internal static class ApacheAuthMessages
{
    private const string Login = "http_login";
    private const string Access = "access_denied";

    /// <summary>Sets category, action, outcome and user of an event.</summary>
    /// <param name="made">The event, with its module and message set.</param>
    /// <param name="text">The message without its code and without the referrer.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    public static void Classify(ApacheErrorEvent made, ReadOnlySpan<byte> text, StringPool pool)
    {
        made.Category = "web";
        if (text.IsEmpty || PassesOn(made.Module))
        {
            return;
        }

        _ = Utf8Text.TryTake(ref text, "Digest: "u8);
        switch (text.IsEmpty ? (byte)0 : text[0])
        {
            case (byte)'u':
                _ = TryUser(made, text, pool) || TryDigest(made, text);
                break;
            case (byte)'i' or (byte)'r' or (byte)'m' or (byte)'W':
                _ = TryDigest(made, text);
                break;
            case (byte)'A' or (byte)'a':
                _ = TryAuthorization(made, text, pool) || TryDirectory(made, text, pool);
                break;
            case (byte)'c':
                TryClient(made, text);
                break;
            case (byte)'b' when text.StartsWith("bearer token "u8):
                Set(made, Login, Outcome.Failure);
                break;
            case (byte)'C' when text.StartsWith("Certificate Verification: Error"u8):
                Set(made, Login, Outcome.Failure);
                break;
            case (byte)'H' or (byte)'N':
                TryServerName(made, text);
                break;
            default:
                break;
        }
    }

    // Modules that write what a program behind them says.
    private static bool PassesOn(string? module) => module is "cgi" or "cgid" or "fcgid" or "proxy_fcgi" or "php"
        or "php5" or "php7" or "lua" or "perl" or "wsgi" or "python" or "passenger" or "security2" or "ext_filter"
        or "proxy_scgi" or "proxy_uwsgi";

    // "user NAME[: ]WORDS: URI", and Digest's "user `NAME' in realm `REALM' WORDS: URI".
    private static bool TryUser(ApacheErrorEvent made, ReadOnlySpan<byte> text, StringPool pool)
    {
        if (!Utf8Text.TryTake(ref text, "user "u8))
        {
            return false;
        }

        Outcome outcome = Outcome.Failure;
        int end = text.LastIndexOf("' in realm `"u8);
        int start = 0;
        if (end > 0 && text[0] == '`' && (text[end..].IndexOf(" not found"u8) > 0
            || text[end..].IndexOf(" denied by provider"u8) > 0 || text[end..].IndexOf("tion failure"u8) > 0))
        {
            start = 1;
        }
        else
        {
            end = EndOfName(made.ErrorCode, text, out outcome);
        }

        if (end < start)
        {
            return false;
        }

        bool isAccess = text[end..].StartsWith(": authorization failure for "u8);
        Set(made, isAccess ? "http_authorization" : Login, outcome);
        ReadOnlySpan<byte> name = text[start..end];
        made.UserName = pool.Get(start == 0 ? Utf8Text.Unquote(name) : name);
        return true;
    }

    // What the modules write behind the name. Where the code does not say which it is, the longest name counts: a name
    // or a path that poses as these words never gives the clean name of another user.
    private static int EndOfName(string? code, ReadOnlySpan<byte> text, out Outcome outcome)
    {
        outcome = Outcome.Failure;
        int end = code switch
        {
            "AH01617" or "AH01807" => text.LastIndexOf(": authentication failure for "u8),
            "AH01618" or "AH01808" => text.LastIndexOf(" not found: "u8),
            "AH01631" => text.LastIndexOf(": authorization failure for "u8),
            "AH01792" or "AH01794" => text.LastIndexOf(": password mismatch: "u8),
            _ => -1,
        };
        if (end < 0)
        {
            end = Math.Max(text.LastIndexOf(": authentication failure for "u8), text.LastIndexOf(" not found"u8));
            end = Math.Max(end, text.LastIndexOf(": authorization failure for "u8));
            end = Math.Max(end, text.LastIndexOf(": password mismatch"u8));
            end = Math.Max(end, text.LastIndexOf(" denied by provider"u8));
        }

        if (end >= 0)
        {
            return end;
        }

        // The client's next request, with the new nonce, tells.
        outcome = Outcome.Unknown;
        return Math.Max(text.LastIndexOf(": nonce expired ("u8), text.LastIndexOf(": one-time-nonce mismatch"u8));
    }

    // A nonce whose hash is wrong is most often one of before a restart: the browser asks again with a new one.
    private static bool TryDigest(ApacheErrorEvent made, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("invalid nonce "u8) && text.IndexOf(" received - hash is not "u8) > 0)
        {
            Set(made, Login, Outcome.Unknown);
            return true;
        }

        bool isRefused = text.StartsWith("invalid nonce "u8) || text.StartsWith("invalid nc "u8)
            || text.StartsWith("invalid qop "u8) || text.StartsWith("invalid uri <"u8)
            || text.StartsWith("invalid opaque"u8) || text.StartsWith("received invalid opaque"u8)
            || text.StartsWith("realm mismatch - got "u8) || text.StartsWith("unknown algorithm "u8)
            || text.StartsWith("uri mismatch - <"u8) || text.StartsWith("missing user, realm, nonce"u8)
            || text.StartsWith("Warning, possible replay attack: nonce-count"u8);
        if (isRefused)
        {
            Set(made, Login, Outcome.Failure);
        }

        return isRefused;
    }

    // "Authorization of user NAME to access URI failed, reason: WHY", "authorization failure (no authenticated user)",
    // "access to URI failed[ for HOST], reason: [user NAME not allowed access]" of 2.2.
    private static bool TryAuthorization(ApacheErrorEvent made, ReadOnlySpan<byte> text, StringPool pool)
    {
        if (Utf8Text.TryTake(ref text, "Authorization of user "u8))
        {
            if (Utf8Text.TrySplitLast(text, " to access "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest)
                && rest.IndexOf(" failed"u8) >= 0)
            {
                Set(made, "http_authorization", Outcome.Failure);
                made.UserName = pool.Get(Utf8Text.Unquote(name));
                return true;
            }

            return false;
        }

        if (text.StartsWith("authorization failure"u8))
        {
            Set(made, "http_authorization", Outcome.Failure);
            return true;
        }

        bool isCheck = Utf8Text.TryTake(ref text, "access to "u8) || Utf8Text.TryTake(ref text, "access check of "u8);
        if (!isCheck || !Utf8Text.TrySplitLast(text, ", reason: "u8, out ReadOnlySpan<byte> path,
            out ReadOnlySpan<byte> reason) || path.IndexOf(" failed"u8) < 0)
        {
            return false;
        }

        Set(made, "http_authorization", Outcome.Failure);
        if (Utf8Text.TryTake(ref reason, "user "u8))
        {
            int end = reason.LastIndexOf(" not allowed access"u8);
            end = end < 0 ? reason.LastIndexOf(" does not meet "u8) : end;
            made.UserName = end <= 0 ? null : pool.Get(Utf8Text.Unquote(reason[..end]));
        }

        return true;
    }

    // mod_authnz_ldap and mod_authn_anon: "auth_ldap authenticate: user NAME authentication failed; URI ...",
    // "Anonymous: Passwd <TEXT> Accepted", and mod_authnz_external's "AuthExtern LOGIN [PATH]: Failed (1) for user
    // NAME".
    private static bool TryDirectory(ApacheErrorEvent made, ReadOnlySpan<byte> text, StringPool pool)
    {
        ReadOnlySpan<byte> name;
        if (Utf8Text.TryTake(ref text, "auth_ldap authenticate: user "u8)
            && Utf8Text.TrySplitLast(text, " authentication failed; "u8, out name, out _))
        {
            Set(made, Login, Outcome.Failure);
            made.UserName = pool.Get(name);
            return true;
        }

        if (text.StartsWith("AuthExtern "u8) && text.IndexOf("]: Failed ("u8) > 0
            && Utf8Text.TrySplit(text, ") for user "u8, out _, out name))
        {
            Set(made, Login, Outcome.Failure);
            made.UserName = pool.Get(name);
            return true;
        }

        bool isAnonymous = text.StartsWith("Anonymous: Passwd <"u8) && text.EndsWith("> Accepted"u8);
        if (isAnonymous)
        {
            Set(made, Login, Outcome.Success);
        }

        return isAnonymous;
    }

    private static void TryClient(ApacheErrorEvent made, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("client used wrong authentication scheme"u8))
        {
            Set(made, Login, Outcome.Failure);
        }
        else if (text.StartsWith("client denied by server configuration"u8)
            || text.StartsWith("client method denied by server configuration"u8))
        {
            Deny(made);
        }
    }

    // A request for a virtual host that the TLS handshake did not name is refused (SSLStrictSNIVHostCheck).
    private static void TryServerName(ApacheErrorEvent made, ReadOnlySpan<byte> text)
    {
        bool isName = (text.StartsWith("Hostname "u8) || text.StartsWith("No hostname was provided via SNI"u8))
            && text.IndexOf(" provided via SNI"u8) > 0;
        if (isName)
        {
            Deny(made);
        }
    }

    private static void Deny(ApacheErrorEvent made)
    {
        made.Action = Access;
        made.Outcome = Outcome.Failure;
    }

    private static void Set(ApacheErrorEvent made, string action, Outcome outcome)
    {
        made.Category = "authentication";
        made.Action = action;
        made.Outcome = outcome;
    }
}
