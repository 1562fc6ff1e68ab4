namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies what MySQL, MariaDB and PostgreSQL write of logins:
/// <code>
/// mysql    = *word "Access denied for user '" NAME "'@'" host "'" [" (using password: " ("YES" / "NO") ")"]
/// postgres = ("password" / METHOD) " authentication failed for user " %d34 NAME %d34
///          / "no pg_hba.conf entry for host " %d34 address %d34 ", user " %d34 NAME %d34 ...
///          / "role " %d34 NAME %d34 " does not exist"
/// </code>
/// The name is the client's. PostgreSQL names the client only in front of its level, if it is told to.
/// </summary>
internal static class DatabaseMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login.</returns>
    public static bool TryClassify(in AuthMessage message) => TryMySql(message) || TryPostgreSql(message);

    private static bool TryMySql(in AuthMessage message)
    {
        // What stands before comes from the server: stamp, thread, level, code.
        if (!Utf8Text.TrySplit(message.Text, "Access denied for user '"u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> who) || before.IndexOf((byte)'\'') >= 0)
        {
            return false;
        }

        if (Utf8Text.TrySplitLast(
            who, "' (using password: "u8, out ReadOnlySpan<byte> account, out ReadOnlySpan<byte> used))
        {
            message.Target.Method = used.StartsWith("YES"u8) ? "password" : "none";
        }
        else
        {
            // "... to database 'x'"
            account = Utf8Text.TrySplitLast(who, "' to database "u8, out account, out _)
                ? account
                : who.TrimEnd((byte)'\'');
        }

        if (!Utf8Text.TrySplitLast(account, "'@'"u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> host))
        {
            return false;
        }

        Refuse(message, name, "access denied"u8);
        message.SetSource(host);
        return true;
    }

    private static bool TryPostgreSql(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int level = text.IndexOf("FATAL:  "u8);
        text = level < 0 ? text : text[(level + "FATAL:  ".Length)..];
        if (level > 0 && message.Target.SourceIP is null)
        {
            PostgreSqlPrefix.SetClient(message, message.Text[..level]);
        }

        if (Utf8Text.TryTake(ref text, "no pg_hba.conf entry for host \""u8)
            && Utf8Text.TrySplit(text, "\", user \""u8, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> rest))
        {
            Refuse(message, Utf8Text.Before(rest, (byte)'"'), "no pg_hba.conf entry"u8);
            message.SetSource(host);
            return true;
        }

        bool isRole = Utf8Text.TryTake(ref text, "role \""u8);
        if (isRole && Utf8Text.TryTakeEnd(ref text, "\" does not exist"u8))
        {
            Refuse(message, text, "role does not exist"u8);
            return true;
        }

        if (!Utf8Text.TrySplit(text, " authentication failed for user \""u8, out ReadOnlySpan<byte> method,
            out ReadOnlySpan<byte> name) || method.IndexOf((byte)' ') >= 0)
        {
            return false;
        }

        Refuse(message, name.TrimEnd((byte)'"'), "authentication failed"u8);
        message.Target.Method = message.Get(method);
        return true;
    }

    private static void Refuse(in AuthMessage message, ReadOnlySpan<byte> name, ReadOnlySpan<byte> reason)
    {
        message.Set("authentication", ServiceMessages.Login, Outcome.Failure);
        message.Target.UserName = message.Get(name);
        message.SetReason(reason);
    }
}
