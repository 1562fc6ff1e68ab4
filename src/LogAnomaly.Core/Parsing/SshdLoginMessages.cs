namespace LogAnomaly.Parsing;

/// <summary>Classifies the messages of sshd that tell of a user: let in, refused, on the way.</summary>
internal static class SshdLoginMessages
{
    private const string Login = SshdMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without "error: " and "[preauth]"; not empty.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether the message is of this kind.</returns>
    public static bool TryClassify(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        switch (text[0])
        {
            case (byte)'A':
                return TryAccept(message, connection) || TryRefuseAccount(message, connection);
            case (byte)'F':
                return Utf8Text.TryTake(ref text, "Failed "u8)
                    && TryAttempt(message, text, connection, Outcome.Failure);
            case (byte)'I' or (byte)'i':
                return TryInvalidUser(message, connection);
            case (byte)'P':
                return TryPam(message, connection)
                    || ((Utf8Text.TryTake(ref text, "Postponed "u8) || Utf8Text.TryTake(ref text, "Partial "u8))
                        && TryAttempt(message, text, connection, Outcome.Unknown));
            case (byte)'R':
                return Utf8Text.TryTake(ref text, "ROOT LOGIN REFUSED FROM "u8) && RefuseRoot(message, text);
            case (byte)'U':
                return Utf8Text.TryTake(ref text, "User "u8) && TryRefuseUser(message, text);
            case (byte)'m':
                return Utf8Text.TryTake(ref text, "maximum authentication attempts exceeded for "u8)
                    && TryTooMany(message, text, connection);
            case (byte)'r':
                return Utf8Text.TryTake(ref text, "refused connect from "u8) && RefuseConnection(message, text);
            case (byte)'s':
                return TrySession(message);
            default:
                return false;
        }
    }

    // "Accepted METHOD for USER from HOST port N ssh2[: KEY]"
    private static bool TryAccept(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Accepted "u8) || !TryAttempt(message, text, connection, Outcome.Success))
        {
            return false;
        }

        connection.IsAccepted = true;
        connection.IsPending = false;
        if (connection.RefusedUser is { } refused && refused != message.Target.UserName)
        {
            // OpenSSH lets no client change its user; a server that does was made to.
            message.Target.Category = "intrusion_detection";
        }

        return true;
    }

    // "METHOD for [invalid user ]NAME from HOST[ port N[ ssh2[: KEY]]]"
    private static bool TryAttempt(in AuthMessage message, ReadOnlySpan<byte> text, SshConnection connection,
        Outcome outcome)
    {
        if (!Utf8Text.TrySplit(text, " for "u8, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> who)
            || method.IndexOf((byte)' ') >= 0)
        {
            return false;
        }

        bool isInvalid = TakeInvalid(ref who);
        if (!SshPeer.TrySplitFrom(who, isInvalid, connection, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            return false;
        }

        // Clients offer their keys in turn; a key that is not the one is not yet a refused login.
        bool isOffer = method.SequenceEqual("publickey"u8) && !isInvalid && outcome == Outcome.Failure;
        message.Set("authentication", Login, isOffer ? Outcome.Unknown : outcome);
        message.Target.Method = message.Get(method);
        SetClientName(message, name);
        peer.Apply(message);
        if (isInvalid)
        {
            message.Target.Reason = "invalid user";
        }
        else if (isOffer)
        {
            message.Target.Reason = "key refused";
        }

        return true;
    }

    // "Invalid user NAME from HOST[ port N]", "input_userauth_request: invalid user NAME"
    private static bool TryInvalidUser(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "input_userauth_request: "u8) && TakeInvalid(ref text))
        {
            message.Set("authentication", Login, Outcome.Unknown);
            SetClientName(message, text);
            message.Target.Reason = "invalid user";
            return true;
        }

        text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Invalid user"u8) && !Utf8Text.TryTake(ref text, "Illegal user"u8))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.Target.Reason = "invalid user";
        bool hasPeer = SshPeer.TrySplitFrom(text, isArbitrary: true, connection, out ReadOnlySpan<byte> name,
            out SshPeer peer);
        SetClientName(message, hasPeer ? WithoutSpace(name) : WithoutSpace(text));
        if (hasPeer)
        {
            peer.Apply(message);
        }

        return true;
    }

    // "PAM: REASON for [illegal user ]NAME from HOST[ via LOCAL]"
    private static bool TryPam(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        return Utf8Text.TryTake(ref text, "PAM: "u8) && TryRefuseByPam(message, text, connection);
    }

    private static bool TryRefuseByPam(in AuthMessage message, ReadOnlySpan<byte> text, SshConnection connection)
    {
        if (!Utf8Text.TrySplit(text, " for "u8, out ReadOnlySpan<byte> reason, out ReadOnlySpan<byte> who))
        {
            return false;
        }

        bool isInvalid = TakeInvalid(ref who);
        if (!SshPeer.TrySplitFrom(who, isInvalid, connection, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.Target.Method = "keyboard-interactive/pam";
        message.SetReason(reason);
        SetClientName(message, name);
        peer.Apply(message);
        return true;
    }

    // "NAME from HOST not allowed because REASON", "NAME not allowed because REASON"; the name is one of the password
    // file.
    private static bool TryRefuseUser(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TrySplit(text, " not allowed because "u8, out ReadOnlySpan<byte> who,
            out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.SetReason(reason);
        bool hasHost = Utf8Text.TrySplit(who, " from "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> host);
        message.SetUser(hasHost ? name : who);
        message.SetSource(host);
        return true;
    }

    private static bool TryRefuseAccount(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("Authentication failure for "u8))
        {
            return TryRefuseByPam(message, text, connection);
        }

        if (Utf8Text.TryTake(ref text, "Access denied for user "u8)
            && Utf8Text.TrySplitLast(text, " by "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> reason))
        {
            message.SetUser(name);
            message.SetReason(reason);
        }
        else if (Utf8Text.TryTake(ref text, "Account "u8) && Utf8Text.TryTakeEnd(ref text, " has expired"u8))
        {
            message.SetUser(text);
            message.Target.Reason = "account has expired";
        }
        else
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        return true;
    }

    private static bool TryTooMany(in AuthMessage message, ReadOnlySpan<byte> who, SshConnection connection)
    {
        bool isInvalid = TakeInvalid(ref who);
        if (!SshPeer.TrySplitFrom(who, isInvalid, connection, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        message.Target.Reason = "maximum authentication attempts exceeded";
        SetClientName(message, name);
        peer.Apply(message);
        return true;
    }

    private static bool RefuseRoot(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        message.Set("authentication", Login, Outcome.Failure);
        message.Target.UserName = "root";
        message.Target.Reason = "root login refused";
        if (SshPeer.TryRead(text, out SshPeer peer))
        {
            peer.Apply(message);
        }

        return true;
    }

    // "USER@HOST (ADDRESS)" or "HOST"; the user is what the client's ident service says.
    private static bool RefuseConnection(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        message.Set("network", "ssh_connection", Outcome.Failure);
        message.Target.Reason = "refused connect";
        int open = text.LastIndexOf((byte)'(');
        bool hasAddress = open >= 0 && text[^1] == ')';
        ReadOnlySpan<byte> host = hasAddress ? text[(open + 1)..^1] : text[(text.LastIndexOf((byte)'@') + 1)..];
        message.SetSource(host);
        return true;
    }

    private static bool TrySession(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "subsystem request for "u8)
            && Utf8Text.TrySplit(text, " by user "u8, out ReadOnlySpan<byte> subsystem, out ReadOnlySpan<byte> name))
        {
            bool isRefused = Utf8Text.TrySplit(name, " failed, "u8, out ReadOnlySpan<byte> before,
                out ReadOnlySpan<byte> reason);
            message.Set("session", "ssh_subsystem", isRefused ? Outcome.Unknown : Outcome.Success);
            message.SetUser(isRefused ? before : name);
            message.SetReason(reason);
            message.Target.Command = message.Get(subsystem);
            return true;
        }

        bool isOpened = Utf8Text.TryTake(ref text, "session opened for local user "u8);
        if (!isOpened && !Utf8Text.TryTake(ref text, "session closed for local user "u8))
        {
            return false;
        }

        message.Set("session", isOpened ? "session_opened" : "session_closed", Outcome.Success);
        bool hasHost = Utf8Text.TrySplit(text, " from "u8, out name, out ReadOnlySpan<byte> host);
        message.SetUser(hasHost ? name : text);
        message.SetSource(host);
        return true;
    }

    private static bool TakeInvalid(ref ReadOnlySpan<byte> text)
    {
        if (Utf8Text.TryTake(ref text, "<invalid username>"u8))
        {
            return true;
        }

        // The name may be empty: "invalid user  from HOST". Its space is left for the split at " from ".
        return Utf8Text.TryTake(ref text, "invalid user "u8) || Utf8Text.TryTake(ref text, "illegal user "u8);
    }

    private static ReadOnlySpan<byte> WithoutSpace(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && name[0] == ' ' ? name[1..] : name;

    // The name as the client sent it, empty too.
    private static void SetClientName(in AuthMessage message, ReadOnlySpan<byte> name) =>
        message.Target.UserName = message.Context.Pool.Get(name);
}
