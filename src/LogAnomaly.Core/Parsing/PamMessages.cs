namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of PAM modules, which any program may write:
/// <code>
/// message = module "(" service [":" type] "):" text / "pam_unix:" text / "(pam_unix)" text / "PAM" n "more
/// authentication failure" ...
/// </code>
/// </summary>
internal static class PamMessages
{
    private const string Authenticate = "pam_authentication";

    /// <summary>Whether a message is one of PAM.</summary>
    /// <param name="text">The message.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsPam(ReadOnlySpan<byte> text)
    {
        if (text.Length < 6)
        {
            return false;
        }

        return text[0] switch
        {
            (byte)'p' => text.StartsWith("pam_"u8) && Utf8Text.Before(text, (byte)' ') is [.., (byte)':']
                && !IsFunction(text[4..]),
            (byte)'(' => text.StartsWith("(pam_"u8),
            (byte)'P' => (text.StartsWith("PAM "u8) && char.IsAsciiDigit((char)text[4]))
                || text.StartsWith("PAM service("u8),
            _ => false,
        };
    }

    // "pam_authenticate: Authentication failure": a program says what a function of the library answered.
    private static bool IsFunction(ReadOnlySpan<byte> text) => text.StartsWith("authenticate:"u8)
        || text.StartsWith("acct_mgmt:"u8) || text.StartsWith("chauthtok:"u8) || text.StartsWith("open_session:"u8)
        || text.StartsWith("close_session:"u8) || text.StartsWith("setcred:"u8) || text.StartsWith("start:"u8)
        || text.StartsWith("get_item:"u8) || text.StartsWith("set_item:"u8);

    /// <summary>
    /// Classifies a message with the mark of its module, or without one where the program's tag has it.
    /// </summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        ReadOnlySpan<byte> service = default;
        if (text.StartsWith("pam_"u8))
        {
            ReadOnlySpan<byte> module = Utf8Text.Before(text, (byte)' ');
            service = Utf8Text.Between(module, "("u8, (byte)')');
            service = Utf8Text.Before(service, (byte)':');
            text = text[module.Length..];
        }
        else if (text.StartsWith("(pam_"u8))
        {
            text = text[(text.IndexOf((byte)')') + 1)..];
        }

        ClassifyText(message.With(Utf8Text.Trim(text)), service);
    }

    /// <summary>Classifies the text of a message.</summary>
    /// <param name="message">The message, without the mark of its module.</param>
    /// <param name="service">The service that authenticates, or empty.</param>
    public static void ClassifyText(in AuthMessage message, ReadOnlySpan<byte> service = default)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "session opened for user "u8))
        {
            Open(message, text);
        }
        else if (Utf8Text.TryTake(ref text, "session closed for user "u8))
        {
            message.Set("session", "session_closed", Outcome.Success);
            message.SetUser(text);
        }
        else if (IsRefusal(text) || IsSummary(text))
        {
            Refuse(message, text, service, Outcome.Failure);
        }
        else if (text.StartsWith("authentication success;"u8))
        {
            Refuse(message, text, service, Outcome.Success);
        }
        else if (Utf8Text.TryTake(ref text, "password changed for "u8))
        {
            message.Set("iam", "password_changed", Outcome.Success);
            message.SetTargetUser(text);
        }
        else if (!text.IsEmpty)
        {
            _ = PamUnixMessages.TryClassify(message) || PamModuleMessages.TryClassify(message);
        }
    }

    // With the fields of the attempt; nss_ldap's module writes a capital and the user alone.
    private static bool IsRefusal(ReadOnlySpan<byte> text) => Utf8Text.TryTakeAnyCase(ref text,
        "authentication failure"u8)
        && (text.IsEmpty || text[0] == ';');

    // "[PAM ]N more authentication failure[s]; ..." for what was refused since the first; it tells the fields once
    // more.
    private static bool IsSummary(ReadOnlySpan<byte> text)
    {
        _ = Utf8Text.TryTake(ref text, "PAM "u8);
        return !text.IsEmpty && char.IsAsciiDigit((char)text[0]) && text.IndexOf(" more authentication failure"u8) > 0;
    }

    // "NAME[(uid=N)] by [NAME](uid=N)"
    private static void Open(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        message.Set("session", "session_opened", Outcome.Success);
        bool hasBy = Utf8Text.TrySplitLast(text, " by "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> by);
        user = WithoutId(hasBy ? user : text);
        by = WithoutId(by);
        if (by.IsEmpty || by.SequenceEqual(user))
        {
            message.SetUser(user);
            return;
        }

        message.SetUser(by);
        message.SetTargetUser(user);
    }

    /// <summary>
    /// "; logname=L uid=N euid=N tty=T ruser=R rhost=H[  user=U]". The names may hold what looks like the fields behind
    /// them. A split is sure where the remote user is empty, where nothing follows the host, or where both names are
    /// the same.
    /// </summary>
    private static void Refuse(in AuthMessage message, ReadOnlySpan<byte> text, ReadOnlySpan<byte> service,
        Outcome outcome)
    {
        message.Set("authentication", Authenticate, outcome);
        message.Target.Reason = outcome == Outcome.Failure ? "authentication failure" : null;
        message.Target.Tty = message.Get(Utf8Text.Between(text, " tty="u8, (byte)' '));
        int start = text.IndexOf(" ruser="u8);
        if (start < 0)
        {
            ReadOnlySpan<byte> only = text[(text.IndexOf((byte)';') + 1)..].TrimStart((byte)' ');
            message.SetUser(Utf8Text.TryTake(ref only, "user="u8) ? only : default);
            return;
        }

        ReadOnlySpan<byte> fields = text[(start + 7)..];
        _ = Utf8Text.TryTakeEnd(ref fields, " [preauth]"u8);
        SplitNames(fields, out ReadOnlySpan<byte> remoteUser, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> user);
        message.SetSource(host);
        bool isBecoming = service.StartsWith("su"u8) || service.StartsWith("runuser"u8)
            || service.StartsWith("polkit"u8)
            || message.Target.Program is "su" or "sudo";
        if (isBecoming && !remoteUser.IsEmpty)
        {
            message.SetUser(remoteUser);
            message.SetTargetUser(user.SequenceEqual(remoteUser) ? default : user);
            return;
        }

        user = user.IsEmpty ? remoteUser : user;
        if (user.IsEmpty && message.Target.MessageSpan.StartsWith("pam_krb5"u8))
        {
            user = Utf8Text.Between(text, "logname="u8, (byte)' ');
        }

        message.SetUser(user);
    }

    private static void SplitNames(
        ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> remoteUser, out ReadOnlySpan<byte> host,
            out ReadOnlySpan<byte> user)
    {
        ReadOnlySpan<byte> mark = "rhost="u8;
        remoteUser = default;
        host = default;
        user = default;
        bool isFound = false;
        for (int at = fields.IndexOf(mark); at >= 0;)
        {
            ReadOnlySpan<byte> before = Utf8Text.Trim(fields[..at]);
            ReadOnlySpan<byte> candidate = Utf8Text.Before(fields[(at + mark.Length)..], (byte)' ');
            ReadOnlySpan<byte> behind = Utf8Text.Trim(fields[(at + mark.Length + candidate.Length)..]);
            bool hasUser = Utf8Text.TryTake(ref behind, "user="u8);
            bool isSure = before.IsEmpty || (!hasUser && behind.IsEmpty) || (hasUser && behind.SequenceEqual(before));
            if ((hasUser || behind.IsEmpty) && (isSure || !isFound))
            {
                remoteUser = before;
                host = candidate;
                user = hasUser ? behind : default;
                isFound = true;
            }

            int next = isSure && isFound ? -1 : fields[(at + 1)..].IndexOf(mark);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    /// <summary>A name without the id in parentheses behind it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name alone.</returns>
    internal static ReadOnlySpan<byte> WithoutId(ReadOnlySpan<byte> name)
    {
        name = Utf8Text.Trim(name);
        int open = name.LastIndexOf((byte)'(');
        return open >= 0 && name[^1] == ')' ? Utf8Text.Trim(name[..open]) : name;
    }
}
