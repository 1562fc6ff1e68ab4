namespace LogAnomaly.Parsing;

/// <summary>Says what the messages of nginx's error log are about.</summary>
internal static class NginxMessages
{
    /// <summary>Sets category, action, outcome, user and the error of the operating system.</summary>
    /// <param name="message">The message without its fields.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    public static void Classify(ReadOnlySpan<byte> message, NginxErrorEvent made, StringPool pool)
    {
        ReadSystemError(message, made, pool);
        if (ModSecurityMessage.TryRead(message, out ModSecurityMessage security))
        {
            SetRule(security, made, pool);
        }
        else if (!TryClassifyLogin(message, made, pool) && !TryClassifyRefusal(message, made))
        {
            made.Category = made.SourceIP is null && made.SourceHost is null ? null : "web";
        }
    }

    // (2: No such file or directory) or (SSL: error:...); the last one, for what stands before it is a path.
    private static void ReadSystemError(ReadOnlySpan<byte> message, NginxErrorEvent made, StringPool pool)
    {
        int close = message.LastIndexOf((byte)')');
        int open = close < 0 ? -1 : message[..close].LastIndexOf(" ("u8);
        ReadOnlySpan<byte> inner = open < 0 ? default : message[(open + 2)..close];
        int colon = inner.IndexOf(": "u8);
        if (colon > 0 && FieldScanner.ToInt32(inner[..colon]) is { } code)
        {
            made.SystemErrorCode = code;
            made.SystemError = pool.Get(inner[(colon + 2)..]);
        }
        else if (inner.StartsWith("SSL: "u8))
        {
            made.SystemError = pool.Get(inner["SSL: ".Length..]);
        }
    }

    private static void SetRule(in ModSecurityMessage security, NginxErrorEvent made, StringPool pool)
    {
        made.Category = "intrusion_detection";
        made.Action = security.IsDenied ? "request_blocked" : security.RuleId.IsEmpty ? null : "rule_matched";
        made.Outcome = security.IsDenied ? Outcome.Failure : Outcome.Unknown;
        made.RuleId = pool.GetOrNull(security.RuleId);
        made.RuleName = pool.GetOrNull(security.RuleName);
        made.VirtualHost ??= pool.GetOrNull(security.HostName);
        made.UrlPath ??= pool.GetOrNull(security.Uri);
        if (made.SourceIP is null && ClientText.TryReadOne(security.Client, out ReadOnlySpan<byte> address, out _))
        {
            made.SourceIP = pool.Get(SourceAddress.Normalise(address));
        }

        made.SetProperties(security.ToProperties(pool));
    }

    // user "name": password mismatch; user "name" was not found in "file". The name may hold anything.
    private static bool TryClassifyLogin(ReadOnlySpan<byte> message, NginxErrorEvent made, StringPool pool)
    {
        ReadOnlySpan<byte> rest = message;
        bool isLogin = message.StartsWith("no user/password was provided for basic"u8);
        if (Utf8Text.TryTake(ref rest, "user \""u8))
        {
            // The file's name is the administrator's; what follows the user ends the message.
            int end = rest.EndsWith("\": password mismatch"u8) ? rest.Length - "\": password mismatch".Length : -1;
            end = end < 0 ? rest.LastIndexOf("\" was not found in \""u8) : end;
            end = end < 0 ? rest.LastIndexOf("\": password mismatch"u8) : end;
            isLogin = end >= 0;
            made.UserName = isLogin ? pool.GetOrNull(rest[..end]) : null;
        }

        bool isMail = message.StartsWith("client login failed:"u8) || message.StartsWith("auth http server "u8);
        if (!isLogin && !isMail)
        {
            return false;
        }

        made.Category = "authentication";
        made.Action = isMail ? "login" : "basic_login";
        made.Outcome = Outcome.Failure;
        return true;
    }

    private static bool TryClassifyRefusal(ReadOnlySpan<byte> message, NginxErrorEvent made)
    {
        string? action = RefusalOf(message);
        if (action is null)
        {
            return false;
        }

        made.Category = "web";
        made.Action = action;
        made.Outcome = action == "request_delayed" ? Outcome.Success : Outcome.Failure;
        return true;
    }

    private static string? RefusalOf(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("access forbidden"u8))
        {
            return "access_denied";
        }

        if (message.StartsWith("limiting requests"u8))
        {
            return "request_limited";
        }

        if (message.StartsWith("delaying request"u8))
        {
            return "request_delayed";
        }

        if (message.StartsWith("limiting connections"u8))
        {
            return "connection_limited";
        }

        if (message.StartsWith("directory index of "u8) && message.EndsWith(" is forbidden"u8))
        {
            return "directory_listing_denied";
        }

        if (message.StartsWith("client intended to send too large body"u8))
        {
            return "request_too_large";
        }

        if (message.StartsWith("client sent "u8) || message.StartsWith("plain HTTP request was sent to HTTPS port"u8))
        {
            return "bad_request";
        }

        if (message.Contains("SSL_do_handshake() failed"u8))
        {
            return "tls_handshake";
        }

        if (message.StartsWith("open() \""u8) || message.StartsWith("stat() \""u8)
            || message.IndexOf("\" is not found"u8) >= 0)
        {
            return message.Contains("(13: "u8) ? "access_denied" : "file_not_found";
        }

        return null;
    }

    private static bool Contains(this ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) => text.IndexOf(part) >= 0;

}
