namespace LogAnomaly.Parsing;

/// <summary>Classifies the messages of sshd that open and close connections.</summary>
internal static class SshdClosingMessages
{
    private const string Login = SshdMessages.Login;
    private const string Disconnect = "ssh_disconnect";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without "error: " and "[preauth]"; not empty.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="isPreauth">Whether the line says that the client had not authenticated.</param>
    /// <returns>Whether the message is of this kind.</returns>
    public static bool TryClassify(in AuthMessage message, SshConnection connection, bool isPreauth)
    {
        ReadOnlySpan<byte> text = message.Text;
        switch (text[0])
        {
            case (byte)'C':
                if (Utf8Text.TryTake(ref text, "Connection from "u8))
                {
                    return TryStop(message, text, connection, isPreauth) || Open(message, text, connection);
                }

                return (Utf8Text.TryTake(ref text, "Connection closed by "u8)
                    || Utf8Text.TryTake(ref text, "Connection reset by "u8))
                    && Close(message, text, connection, isPreauth);
            case (byte)'D':
                if (Utf8Text.TryTake(ref text, "Disconnected from "u8))
                {
                    return Close(message, text, connection, isPreauth);
                }

                return Utf8Text.TryTake(ref text, "Disconnecting"u8)
                    && TryDisconnect(message, text, connection, isPreauth);
            case (byte)'R':
                return Utf8Text.TryTake(ref text, "Received disconnect from "u8)
                    && TryReceive(message, text, connection, isPreauth);
            default:
                return false;
        }
    }

    // "[... user NAME ]HOST port N timed out", "... : refusing non-sftp session", "HOST port N with IP opts: OPTIONS"
    private static bool TryStop(in AuthMessage message, ReadOnlySpan<byte> text, SshConnection connection,
        bool isPreauth)
    {
        if (Utf8Text.TryTakeEnd(ref text, " timed out"u8))
        {
            return Close(message, text, connection, isPreauth);
        }

        if (Utf8Text.TryTakeEnd(ref text, ": refusing non-sftp session"u8))
        {
            bool isUser = Utf8Text.TryTake(ref text, "user "u8);
            message.Set("session", "ssh_session", Outcome.Unknown);
            message.Target.Reason = "refusing non-sftp session";
            if (SshPeer.TrySplitEnd(text, out ReadOnlySpan<byte> name, out SshPeer peer))
            {
                message.SetUser(isUser ? name : default);
                peer.Apply(message);
            }

            return true;
        }

        if (!Utf8Text.TrySplit(text, " with IP opts: "u8, out ReadOnlySpan<byte> client, out ReadOnlySpan<byte> options)
            || !SshPeer.TryRead(client, out SshPeer sender))
        {
            return false;
        }

        message.Set("intrusion_detection", "ssh_connection", Outcome.Failure);
        sender.Apply(message);
        message.SetReason(options);
        return true;
    }

    private static bool Open(in AuthMessage message, ReadOnlySpan<byte> text, SshConnection connection)
    {
        connection.Restart();
        message.Set("network", "ssh_connection", Outcome.Unknown);
        if (SshPeer.TryRead(text, out SshPeer peer))
        {
            peer.Apply(message);
        }

        return true;
    }

    // "[authenticating user |invalid user |user ][NAME ]HOST[ port N]"; the last line of a connection.
    private static bool Close(in AuthMessage message, ReadOnlySpan<byte> text, SshConnection connection, bool isPreauth)
    {
        bool isInvalid = Utf8Text.TryTake(ref text, "invalid user "u8);
        bool isAuthenticating = !isInvalid && Utf8Text.TryTake(ref text, "authenticating user "u8);
        bool isUser = isInvalid || isAuthenticating || Utf8Text.TryTake(ref text, "user "u8);
        if (isUser && SshPeer.TrySplitEnd(text, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            message.Target.UserName = message.Context.Pool.Get(name);
            peer.Apply(message);
        }
        else if (!isUser && SshPeer.TryRead(text, out peer))
        {
            peer.Apply(message);
        }

        bool isUnfinished = connection.IsPending
            || ((isPreauth || isAuthenticating) && !connection.IsReported && !connection.IsAccepted);
        SetEnd(message, connection, isInvalid || isUnfinished, isInvalid || isAuthenticating);
        message.Target.Reason = isInvalid ? "invalid user" : null;
        connection.IsClosed = true;
        return true;
    }

    // "HOST[ port N]: CODE: TEXT"; the client writes the text. 3 is "key exchange failed", which libraries send for a
    // refused login.
    private static bool TryReceive(in AuthMessage message, ReadOnlySpan<byte> text, SshConnection connection,
        bool isPreauth)
    {
        if (!SshPeer.TryRead(text, out SshPeer peer))
        {
            return false;
        }

        if (connection.IsDisconnected)
        {
            connection.Restart();
        }

        connection.IsDisconnected = true;
        peer.Apply(message);
        ReadOnlySpan<byte> reason = peer.Rest.TrimStart(": "u8);
        bool isUnfinished = connection.IsPending || (isPreauth && !connection.IsReported && !connection.IsAccepted);
        bool isRefused = reason.StartsWith("3: "u8) && reason.EndsWith("Auth fail"u8) && !connection.IsReported;
        SetEnd(message, connection, isUnfinished || isRefused, isRefused);
        message.SetReason(reason);
        return true;
    }

    // " [authenticating user |invalid user ]NAME HOST port N: REASON", ": REASON", " from HOST port N: REASON"
    private static bool TryDisconnect(in AuthMessage message, ReadOnlySpan<byte> text,
        SshConnection connection, bool isPreauth)
    {
        if (!Utf8Text.TryTake(ref text, ": "u8) && !TakeNamed(message, ref text))
        {
            return false;
        }

        message.SetReason(text);
        bool isTooMany = text.StartsWith("Too many authentication failures"u8);
        bool isOtherUser = text.StartsWith("Change of username or service not allowed"u8);
        if (Utf8Text.TryTake(ref text, "Too many authentication failures for "u8))
        {
            _ = Utf8Text.TryTake(ref text, "invalid user "u8);
            message.Target.UserName ??= message.Context.Pool.Get(text);
        }

        bool isInvalid = message.Text.StartsWith("Disconnecting invalid user "u8);
        bool isUnfinished = (isTooMany || isPreauth || isInvalid) && !connection.IsReported && !connection.IsAccepted;
        SetEnd(message, connection, isOtherUser || isUnfinished, isOtherUser || isTooMany
            || message.Target.UserName is not null);
        return true;
    }

    // The name may hold what looks like a client, and so may the reason; sshd's own words behind the client tell which
    // is which.
    private static bool TakeNamed(in AuthMessage message, ref ReadOnlySpan<byte> text)
    {
        bool isArbitrary = Utf8Text.TryTake(ref text, " invalid user "u8);
        bool isUser = isArbitrary || Utf8Text.TryTake(ref text, " authenticating user "u8)
            || Utf8Text.TryTake(ref text, " user "u8);
        if (!isUser && !Utf8Text.TryTake(ref text, " from "u8))
        {
            return false;
        }

        int end = isArbitrary ? LastOf(text, ": Too many authentication failures"u8) : -1;
        end = end < 0 && isArbitrary ? ChangeOfUser(text) : end;
        end = end < 0 ? PortEnd(text) : end;
        if (end < 0)
        {
            return false;
        }

        if (SshPeer.TrySplitEnd(text[..end], out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            peer.Apply(message);
            message.Target.UserName = isUser ? message.Context.Pool.Get(name) : null;
        }

        text = text[end..].TrimStart(": "u8);
        return true;
    }

    // Only the end of the whole text is sshd's for sure.
    private static int LastOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> reason) =>
        text.EndsWith(reason) ? text.Length - reason.Length : -1;

    // "NAME HOST port N: Change of username or service not allowed: (NAME,SERVICE) -> (...)": the name stands there
    // twice.
    private static int ChangeOfUser(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> mark = ": Change of username or service not allowed: ("u8;
        for (int at = text.IndexOf(mark); at >= 0;)
        {
            ReadOnlySpan<byte> again = text[(at + mark.Length)..];
            if (SshPeer.TrySplitEnd(text[..at], out ReadOnlySpan<byte> name, out _)
                && again.StartsWith(name) && again.Length > name.Length && again[name.Length] == ',')
            {
                return at;
            }

            int next = text[(at + 1)..].IndexOf(mark);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    // The end of the first " port N" that a colon or the end of the text follows.
    private static int PortEnd(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf(" port "u8);
        if (at < 0)
        {
            return -1;
        }

        at += 6;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at == text.Length || text[at] == ':' ? at : -1;
    }

    private static void SetEnd(in AuthMessage message, SshConnection connection, bool isHostile, bool isLogin)
    {
        if (!isHostile)
        {
            message.Set("session", Disconnect, Outcome.Unknown);
        }
        else if (isLogin || connection.RefusedUser is not null)
        {
            message.Set("authentication", Login, Outcome.Failure);
            message.Target.UserName ??= connection.RefusedUser;
        }
        else
        {
            message.Set("intrusion_detection", Disconnect, Outcome.Unknown);
        }
    }
}
