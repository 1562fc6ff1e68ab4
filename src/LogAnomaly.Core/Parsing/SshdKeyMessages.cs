namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of sshd about keys, certificates, their files and their options. They stand beside the line
/// that tells how the login ended, so they have no outcome of their own, but for a login that was refused for where it
/// came from.
/// </summary>
internal static class SshdKeyMessages
{
    private const string Key = "ssh_key";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without "error: " and "[preauth]"; not empty.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether the message is of this kind.</returns>
    public static bool TryClassify(in AuthMessage message, SshConnection connection)
    {
        switch (message.Text[0])
        {
            case (byte)'/' or (byte)'A':
                return TryPlace(message) || TryAccept(message);
            case (byte)'p':
                return TrySignature(message, connection);
            case (byte)'R' or (byte)'W' or (byte)'r' or (byte)'c' or (byte)'C' or (byte)'k':
                return TryRefuse(message) || TryFile(message);
            case (byte)'u':
                return TryAlgorithm(message);
            case (byte)'U' or (byte)'B' or (byte)'N':
                return TryFile(message);
            case (byte)'F' or (byte)'m':
                return TryFound(message);
            case (byte)'G' or (byte)'P' or (byte)'L':
                return TryOther(message);
            default:
                return false;
        }
    }

    // "[FILE:LINE: ]Authentication tried for NAME with correct key but not from a permitted host (host=H, ip=IP, ...)",
    // "... with valid certificate but not from a permitted source address (IP)."
    private static bool TryPlace(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        ReadOnlySpan<byte> mark = "Authentication tried for "u8;
        int at = text.IndexOf(mark);
        if (at < 0 || (at > 0 && !text[..at].EndsWith(": "u8)))
        {
            return false;
        }

        text = text[(at + mark.Length)..];
        if (!Utf8Text.TrySplit(text, " with correct key but "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> reason)
            && !Utf8Text.TrySplit(text, " with valid certificate but "u8, out name, out reason))
        {
            return false;
        }

        message.Set("authentication", SshdMessages.Login, Outcome.Failure);
        message.Target.Method = "publickey";
        message.SetUser(name);
        ReadOnlySpan<byte> host = Utf8Text.Between(reason, ", ip="u8, (byte)')');
        host = host.IsEmpty ? Utf8Text.Between(reason, "("u8, (byte)')') : Utf8Text.Before(host, (byte)',');
        if (SourceAddress.TryParse(host, out _))
        {
            message.SetSource(host);
        }

        message.SetReason(reason.TrimEnd((byte)'.'));
        return true;
    }

    // "Accepted certificate ID "ID" (serial N) signed by TYPE CA KEY via FILE", "Accepted key TYPE KEY found at
    // FILE:LINE", "Accepted TYPE public key KEY from USER@HOST", "Authorized to NAME, krb5 principal P (WORDS)"
    private static bool TryAccept(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Authorized to "u8))
        {
            message.Set("authentication", Key, Outcome.Unknown);
            bool hasName = Utf8Text.TrySplitLast(text, ", krb5 principal "u8, out ReadOnlySpan<byte> name, out _);
            message.SetUser(hasName ? name : default);
            return true;
        }

        bool isKey = text.StartsWith("Accepted certificate ID \""u8) || text.StartsWith("Accepted key "u8)
            || (text.StartsWith("Accepted "u8) && Utf8Text.Has(text, " public key "u8));
        if (!isKey)
        {
            return TryRefuse(message);
        }

        message.Set("authentication", Key, Outcome.Unknown);
        message.Target.Method = "publickey";
        return true;
    }

    // "public key TYPE KEY signature for [invalid user ]NAME from HOST port N rejected: REASON"
    private static bool TrySignature(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "public key "u8)
            || !Utf8Text.TrySplit(text, " signature for "u8, out _, out ReadOnlySpan<byte> who)
            || !Utf8Text.TrySplitLast(who, " rejected: "u8, out who, out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        bool isInvalid = Utf8Text.TryTake(ref who, "invalid user "u8);
        message.Set("authentication", SshdMessages.Login, Outcome.Unknown);
        message.Target.Method = "publickey";
        message.SetReason(reason);
        if (SshPeer.TrySplitFrom(who, isInvalid, connection, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            message.Target.UserName = message.Context.Pool.Get(name);
            peer.Apply(message);
        }

        return true;
    }

    // "Refusing certificate ID ...: REASON", "refusing TYPE key[: REASON]", "WARNING: revoked key for HOST attempted
    // ...", "Authentication key TYPE KEY revoked by file FILE", "Authentication refused[ for NAME]: REASON",
    // "Certificate ..."
    private static bool TryRefuse(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Authentication refused for "u8)
            && Utf8Text.TrySplit(text, ": "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> reason))
        {
            message.SetUser(name);
            message.SetReason(reason);
        }
        else if (Utf8Text.TryTake(ref text, "Authentication refused: "u8))
        {
            message.SetReason(text);
        }
        else if (text.StartsWith("Refusing certificate ID "u8)
            && Utf8Text.TrySplitLast(text, "\" serial="u8, out _, out reason)
            && Utf8Text.TrySplit(reason, ": "u8, out _, out reason))
        {
            message.SetReason(reason);
        }
        else if (text.StartsWith("Authentication key "u8) || text.StartsWith("refusing "u8)
            || text.StartsWith("WARNING: revoked key "u8) || text.StartsWith("Certificate "u8)
            || text.StartsWith("certificate signature algorithm "u8) || text.StartsWith("key_cert_check_authority: "u8)
            || text.StartsWith("Root login accepted for forced command"u8))
        {
            message.SetReason(text);
        }
        else
        {
            return false;
        }

        message.Set("authentication", Key, Outcome.Unknown);
        message.Target.Method = "publickey";
        return true;
    }

    // "userauth_pubkey: signature algorithm ALG not in PubkeyAcceptedAlgorithms", "userauth_hostbased mismatch: ..."
    private static bool TryAlgorithm(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isHost = Utf8Text.TryTake(ref text, "userauth_hostbased"u8);
        if (!isHost && !Utf8Text.TryTake(ref text, "userauth_pubkey: "u8))
        {
            return false;
        }

        message.Set("authentication", Key, Outcome.Unknown);
        message.Target.Method = isHost ? "hostbased" : "publickey";
        message.SetReason(text.TrimStart(": "u8));
        return true;
    }

    // "User 'NAME' authorized keys 'FILE' is not a regular file", "Could not open [user 'NAME' ]authorized keys 'FILE':
    // ...", "User NAME password has expired (...)", "Username too long from HOST port N", "Bad options in FILE file,
    // line N: ..."
    private static bool TryFile(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Username too long from "u8))
        {
            message.Set("intrusion_detection", SshdMessages.Login, Outcome.Failure);
            message.Target.Reason = "username too long";
            return TrySetPeer(message, text);
        }

        ReadOnlySpan<byte> name;
        if (Utf8Text.TryTake(ref text, "User "u8)
            && Utf8Text.TrySplit(text, " password has expired"u8, out name, out ReadOnlySpan<byte> why))
        {
            message.Set("authentication", SshdMessages.Login, Outcome.Unknown);
            message.SetUser(name);
            message.Target.Reason = why.IsEmpty ? "password has expired" : message.Get(text[(name.Length + 1)..]);
            return true;
        }

        text = message.Text;
        bool isCommand = Utf8Text.Has(text, "AuthorizedKeysCommand"u8)
            || Utf8Text.Has(text, "AuthorizedPrincipalsCommand"u8);
        bool isFile = Utf8Text.Has(text, " authorized keys '"u8) || Utf8Text.Has(text, " authorized principals '"u8)
            || text.StartsWith("Could not open authorized "u8) || text.StartsWith("Bad options in "u8)
            || text.StartsWith("Could not get shadow information for "u8);
        if (!isCommand && !isFile)
        {
            return false;
        }

        message.Set("configuration", Key, Outcome.Unknown);
        message.SetReason(text);
        int quote = text.IndexOf("ser '"u8);
        message.SetUser(isFile && quote >= 0 ? Utf8Text.Before(text[(quote + 5)..], (byte)'\'') : default);
        return true;
    }

    private static bool TryFound(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isFound = text.StartsWith("Found matching "u8) || text.StartsWith("matching key found: "u8);
        if (isFound)
        {
            message.Set("authentication", Key, Outcome.Unknown);
            message.Target.Method = "publickey";
        }

        return isFound;
    }

    // "GSSAPI MIC check failed", "PAM user mismatch", "PAM: pam_open_session(): REASON", "Login restricted for NAME:
    // REASON"
    private static bool TryOther(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Login restricted for "u8)
            && Utf8Text.TrySplit(text, ": "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> reason))
        {
            message.Set("authentication", SshdMessages.Login, Outcome.Failure);
            message.SetUser(name);
            message.SetReason(reason);
            return true;
        }

        if (!text.StartsWith("GSSAPI MIC check failed"u8) && !text.StartsWith("PAM user "u8)
            && !text.StartsWith("PAM: "u8))
        {
            return false;
        }

        message.Set("authentication", SshdMessages.Login, Outcome.Unknown);
        message.SetReason(text);
        return true;
    }

    private static bool TrySetPeer(in AuthMessage message, ReadOnlySpan<byte> client)
    {
        if (SshPeer.TryRead(client, out SshPeer peer))
        {
            peer.Apply(message);
        }

        return true;
    }
}
