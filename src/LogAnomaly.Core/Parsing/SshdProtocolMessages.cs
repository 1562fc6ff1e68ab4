namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of sshd about the protocol below the login and about what ends a session.
/// </summary>
internal static class SshdProtocolMessages
{
    private const string Scan = "ssh_scan";
    private const string KeyExchange = "ssh_key_exchange";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without "error: " and "[preauth]"; not empty.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="isPreauth">Whether the line says that the client had not authenticated.</param>
    /// <returns>Whether the message is of this kind.</returns>
    public static bool TryClassify(in AuthMessage message, SshConnection connection, bool isPreauth) =>
        message.Text[0] switch
        {
            (byte)'A' or (byte)'r' or (byte)'N' => TryName(message),
            (byte)'B' or (byte)'C' => TryBroken(message),
            (byte)'D' or (byte)'P' or (byte)'H' or (byte)'d' => TryIdentification(message),
            (byte)'b' or (byte)'s' or (byte)'p' => TryProbe(message, connection, isPreauth),
            (byte)'k' or (byte)'n' or (byte)'U' => TryKeyExchange(message),
            (byte)'R' or (byte)'W' => TryRead(message, isPreauth),
            (byte)'T' => TryTimeout(message),
            (byte)'F' => TryDiscard(message),
            _ => false,
        };

    // "Address HOST maps to NAME, but ...", "reverse mapping checking getaddrinfo for NAME [HOST] failed",
    // "Nasty PTR record "NAME" is set up for HOST, ignoring". Careless name servers do this far more often than
    // burglars.
    private static bool TryName(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Address "u8) && Utf8Text.TrySplit(text, " maps to "u8,
            out ReadOnlySpan<byte> host, out _))
        {
            message.SetSource(host);
        }
        else if (Utf8Text.TryTake(ref text, "reverse mapping checking getaddrinfo for "u8))
        {
            int open = text.LastIndexOf((byte)'[');
            message.SetSource(open >= 0 ? Utf8Text.Before(text[(open + 1)..], (byte)']')
                : Utf8Text.Before(text, (byte)' '));
        }
        else if (Utf8Text.TryTake(ref text, "Nasty PTR record "u8)
            && Utf8Text.TrySplitLast(text, " for "u8, out _, out host))
        {
            message.SetSource(Utf8Text.Before(host, (byte)','));
        }
        else
        {
            return false;
        }

        message.Set("network", "ssh_reverse_mapping", Outcome.Unknown);
        return true;
    }

    private static bool TryBroken(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("Bad protocol version identification "u8)
            || text.StartsWith("Bad remote protocol version"u8))
        {
            return SetLast(message, " from "u8, Scan, Outcome.Failure);
        }

        if (text.StartsWith("Bad packet length"u8) || text.StartsWith("Corrupted MAC on input"u8)
            || text.StartsWith("Bad client public DH value"u8)
            || text.StartsWith("Could not write ident string"u8))
        {
            return SetLast(message, " to "u8, Scan, Outcome.Failure);
        }

        bool isSession = Utf8Text.TryTake(ref text, "Close session: user "u8);
        if (isSession && Utf8Text.TrySplit(text, " from "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> host))
        {
            message.Set("session", "session_closed", Outcome.Success);
            message.SetUser(name);
            Apply(message, host);
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "Closing connection to "u8))
        {
            return false;
        }

        message.Set("session", "ssh_disconnect", Outcome.Unknown);
        Apply(message, text);
        return true;
    }

    private static bool TryIdentification(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("Did not receive ident"u8))
        {
            return SetLast(message, " from "u8, Scan, Outcome.Unknown);
        }

        bool isProtocol = text.StartsWith("Protocol error: "u8) || text.StartsWith("Hm, kex protocol error: "u8)
            || text.StartsWith("dispatch_protocol_error: "u8) || text.StartsWith("dispatch_protocol_ignore: "u8);
        if (isProtocol)
        {
            message.SetReason(text);
            message.Set("network", KeyExchange, Outcome.Unknown);
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "Protocol major versions differ for "u8))
        {
            return false;
        }

        Apply(message, text);
        message.Set("intrusion_detection", Scan, Outcome.Failure);
        return true;
    }

    // "Finished discarding for HOST port N": after a broken packet
    private static bool TryDiscard(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Finished discarding for "u8))
        {
            return false;
        }

        message.Set("network", KeyExchange, Outcome.Unknown);
        Apply(message, text);
        return true;
    }

    // "TAG: Connection (from / to) [... user NAME ]HOST port N: REASON", where TAG is "banner exchange" or a function's
    // name; "scanned from HOST with ...", "probed from HOST port N with ..."
    private static bool TryProbe(in AuthMessage message, SshConnection connection, bool isPreauth)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "scanned from "u8) || Utf8Text.TryTake(ref text, "probed from "u8))
        {
            Apply(message, text);
            message.Set("intrusion_detection", Scan, Outcome.Failure);
            return true;
        }

        if (!Utf8Text.TrySplit(text, ": Connection "u8, out ReadOnlySpan<byte> tag, out text))
        {
            return false;
        }

        bool isBanner = tag.SequenceEqual("banner exchange"u8);
        if (!isBanner && tag.IndexOf((byte)' ') >= 0)
        {
            return false;
        }

        SetBroken(message, text);
        bool isHostile = isBanner || isPreauth
            || (tag.SequenceEqual("ssh_dispatch_run_fatal"u8) && !connection.IsAccepted);
        string action = isBanner ? Scan : isHostile ? KeyExchange : "ssh_disconnect";
        message.Set(isHostile ? "intrusion_detection" : "session", action, isHostile
            ? Outcome.Failure : Outcome.Unknown);
        return true;
    }

    private static void SetBroken(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        _ = Utf8Text.TryTake(ref text, "from "u8) || Utf8Text.TryTake(ref text, "to "u8);
        bool hasUser = Utf8Text.TryTake(ref text, "invalid user "u8)
            || Utf8Text.TryTake(ref text, "authenticating user "u8)
            || Utf8Text.TryTake(ref text, "user "u8);
        int colon = text.LastIndexOf(": "u8);
        ReadOnlySpan<byte> client = colon < 0 ? text : text[..colon];
        if (hasUser && SshPeer.TrySplitEnd(client, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            message.SetUser(name);
            peer.Apply(message);
        }
        else
        {
            Apply(message, client);
        }

        message.SetReason(colon < 0 ? default : text[(colon + 1)..]);
    }

    private static bool TryKeyExchange(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "kex_exchange_identification: "u8)
            || Utf8Text.TryTake(ref text, "kex_protocol_error: "u8))
        {
            message.SetReason(text);
            message.Set("intrusion_detection", Scan, Outcome.Failure);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "Unable to negotiate with "u8))
        {
            if (SshPeer.TryRead(text, out SshPeer peer))
            {
                peer.Apply(message);
                message.SetReason(peer.Rest.TrimStart(": "u8));
            }
        }
        else if (text.StartsWith("Unable to negotiate a key exchange"u8) || text.StartsWith("no matching "u8)
            || text.StartsWith("no hostkey alg"u8))
        {
            message.SetReason(text);
        }
        else
        {
            return false;
        }

        message.Set("network", KeyExchange, Outcome.Failure);
        return true;
    }

    // A connection that breaks is hostile only before the login.
    private static bool TryRead(in AuthMessage message, bool isPreauth)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Read from socket failed"u8) || Utf8Text.TryTake(ref text, "Write failed"u8))
        {
            message.SetReason(text.TrimStart(": "u8));
            string category = isPreauth ? "intrusion_detection" : "session";
            message.Set(category, "ssh_disconnect", isPreauth ? Outcome.Failure : Outcome.Unknown);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "Read error from remote host "u8))
        {
            Apply(message, text);
            message.Set("session", "ssh_disconnect", Outcome.Unknown);
            return true;
        }

        return false;
    }

    // "Timeout before authentication for HOST[ port N]", "... for connection from HOST to LOCAL, pid = N"
    private static bool TryTimeout(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Timeout before authentication for "u8))
        {
            _ = Utf8Text.TryTake(ref text, "connection from "u8);
            Apply(message, text);
            message.Target.Reason = "timeout before authentication";
            message.Set("authentication", "ssh_timeout", Outcome.Failure);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "Timeout, client not responding"u8))
        {
            if (Utf8Text.TryTake(ref text, " from user "u8) && SshPeer.TrySplitEnd(text,
                out ReadOnlySpan<byte> name, out SshPeer peer))
            {
                message.SetUser(name);
                peer.Apply(message);
            }

            message.Set("session", "ssh_disconnect", Outcome.Unknown);
            return true;
        }

        bool isTransfer = text.StartsWith("Transferred: "u8);
        message.Set("session", isTransfer ? "ssh_transfer" : "ssh_session", Outcome.Unknown);
        return isTransfer;
    }

    private static bool SetLast(in AuthMessage message, ReadOnlySpan<byte> mark, string action, Outcome outcome)
    {
        if (Utf8Text.TrySplitLast(message.Text, mark, out _, out ReadOnlySpan<byte> host))
        {
            Apply(message, host);
        }

        message.Set("intrusion_detection", action, outcome);
        return true;
    }

    private static void Apply(in AuthMessage message, ReadOnlySpan<byte> client)
    {
        if (SshPeer.TryRead(client, out SshPeer peer))
        {
            peer.Apply(message);
        }
    }
}
