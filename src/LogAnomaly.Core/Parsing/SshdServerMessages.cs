namespace LogAnomaly.Parsing;

/// <summary>Classifies the messages of sshd about itself, its limits and the sessions that it starts.</summary>
internal static class SshdServerMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without "error: " and "[preauth]"; not empty.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether the message is of this kind.</returns>
    public static bool TryClassify(in AuthMessage message, SshConnection connection) => message.Text[0] switch
    {
        (byte)'d' or (byte)'e' or (byte)'b' or (byte)'P' or (byte)'M' => TryLimit(message),
        (byte)'S' => TryServer(message, connection) || TryProcess(message),
        (byte)'s' => TryPenalty(message) || TryProcess(message),
        (byte)'R' => TryForward(message) || TryProcess(message),
        (byte)'r' => TryForward(message),
        (byte)'c' => TryChannel(message) || TryConnectTo(message),
        (byte)'t' or (byte)'C' => TryEnd(message) || TryProcess(message),
        (byte)'B' or (byte)'E' or (byte)'U' => TryProcess(message),
        _ => false,
    };

    // "drop connection #N from [HOST]:PORT on [LOCAL]:22 REASON", "exited MaxStartups throttling after ..."
    private static bool TryLimit(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "drop connection #"u8)
            || !Utf8Text.TrySplit(text, " from "u8, out _, out ReadOnlySpan<byte> client))
        {
            return SetServer(message, text.StartsWith("exited MaxStartups"u8)
                || text.StartsWith("beginning MaxStartups"u8) || Utf8Text.Has(text, " logging rate-limited: "u8)
                || text.StartsWith("Missing privilege separation directory"u8)
                || text.StartsWith("Privilege separation user "u8));
        }

        ReadOnlySpan<byte> end = Utf8Text.Before(client, (byte)' ');
        message.SetPeer(end);
        client = client[end.Length..];
        if (Utf8Text.TryTake(ref client, " on "u8))
        {
            client = client[Utf8Text.Before(client, (byte)' ').Length..];
        }

        message.SetReason(client);
        message.Target.Reason ??= "connection dropped";
        message.Set("network", "ssh_connection", Outcome.Failure);
        return true;
    }

    // "srclimit_penalise: [ipv4: ]... ADDRESS/BITS ... penalty of N seconds for REASON": what a client did was told
    // before.
    private static bool TryPenalty(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "srclimit_penalise: "u8))
        {
            return false;
        }

        message.Set("network", "ssh_penalty", Outcome.Unknown);
        bool hasReason = Utf8Text.TrySplit(text, " for "u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> reason);
        message.SetReason(reason);
        for (ReadOnlySpan<byte> rest = hasReason ? before : text; !rest.IsEmpty;)
        {
            ReadOnlySpan<byte> word = Utf8Text.Before(rest, (byte)' ');
            ReadOnlySpan<byte> address = Utf8Text.Before(word.TrimEnd((byte)':'), (byte)'/');
            if (SourceAddress.TryParse(address, out _))
            {
                message.SetSource(address);
                return true;
            }

            rest = rest[Math.Min(word.Length + 1, rest.Length)..];
        }

        return true;
    }

    // "refused local port forward: originator HOST port N, target HOST port N", "refused streamlocal port forward:
    // ...", "Received request from HOST port N to connect to host HOST port N, but the request was denied."
    private static bool TryForward(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isRequest = Utf8Text.TryTake(ref text, "Received request from "u8)
            && text.EndsWith("request was denied."u8);
        if (!isRequest && !(text.StartsWith("refused "u8)
            && Utf8Text.TrySplit(text, " port forward: originator "u8, out _, out text)))
        {
            return false;
        }

        message.Set("network", "ssh_forward", Outcome.Unknown);
        message.Target.Reason = "forwarding refused";
        message.Target.Command = message.Get(text);
        if (isRequest && SshPeer.TryRead(text, out SshPeer peer))
        {
            // The originator, in the other line, is what the client says of a connection at its own end.
            peer.Apply(message);
            message.Target.Command = message.Get(Utf8Text.Between(peer.Rest, " to connect to "u8, (byte)','));
        }

        return true;
    }

    // "channel N: open failed: REASON", "channel N: connection failed: REASON"
    private static bool TryChannel(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("channel "u8)
            || !Utf8Text.TrySplit(text, " failed: "u8, out _, out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        message.Set("network", "ssh_forward", Outcome.Unknown);
        message.SetReason(reason);
        return true;
    }

    // "connect_to HOST port N: failed.", "connect_to HOST: unknown host (REASON)"
    private static bool TryConnectTo(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "connect_to "u8)
            || !Utf8Text.TrySplit(text, ": "u8, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> reason))
        {
            return false;
        }

        message.Set("network", "ssh_forward", Outcome.Unknown);
        message.SetReason(reason.TrimEnd((byte)'.'));
        message.Target.Command = message.Get(target);
        return true;
    }

    // "terminating inactive connection from [user NAME ]HOST port N", "Connection from ...: refusing non-sftp session"
    private static bool TryEnd(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "terminating inactive connection from "u8))
        {
            return false;
        }

        message.Set("session", "ssh_disconnect", Outcome.Unknown);
        message.Target.Reason = "inactive";
        bool hasUser = Utf8Text.TryTake(ref text, "user "u8);
        if (SshPeer.TrySplitEnd(text, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            message.SetUser(hasUser ? name : default);
            peer.Apply(message);
        }

        return true;
    }

    private static bool TryProcess(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        return SetServer(message, text.StartsWith("Received signal "u8) || text.StartsWith("Received SIGHUP"u8)
            || text.StartsWith("RESTART FAILED"u8) || text.StartsWith("Bind to port "u8)
            || text.StartsWith("Cannot bind any address"u8) || text.StartsWith("Exiting on signal "u8)
            || text.StartsWith("Could not load host "u8) || text.StartsWith("Unable to load host key"u8)
            || text.StartsWith("Server listening on "u8) || text.StartsWith("User child is on pid "u8)
            || text.StartsWith("Changed root directory to "u8) || text.StartsWith("sshd: no hostkeys available"u8)
            || text.StartsWith("session process "u8) || text.StartsWith("Session process "u8));
    }

    // "Starting session: KIND[ COMMAND] [on TTY ]for NAME from HOST port N id I", "Server listening on HOST port N."
    private static bool TryServer(in AuthMessage message, SshConnection connection)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "SSH: Server;"u8))
        {
            ReadOnlySpan<byte> remote = Utf8Text.Between(text, "Remote: "u8, (byte)';');
            int dash = remote.LastIndexOf((byte)'-');
            message.SetSource(dash < 0 ? remote : remote[..dash]);
            message.SetPort(dash < 0 ? default : remote[(dash + 1)..]);
            message.Set("network", "ssh_connection", Outcome.Unknown);
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "Starting session: "u8))
        {
            return false;
        }

        message.Set("session", "ssh_session", Outcome.Success);
        if (Utf8Text.TrySplitLast(text, " for "u8, out ReadOnlySpan<byte> kind, out ReadOnlySpan<byte> who)
            && SshPeer.TrySplitFrom(who[..Math.Max(0, who.LastIndexOf(" id "u8))], false,
            connection, out ReadOnlySpan<byte> name, out SshPeer peer))
        {
            bool hasTty = Utf8Text.TrySplitLast(kind, " on "u8, out ReadOnlySpan<byte> command,
                out ReadOnlySpan<byte> tty);
            message.Target.Command = message.Get(hasTty ? command : kind);
            message.Target.Tty = message.Get(tty);
            message.SetUser(name);
            peer.Apply(message);
        }

        return true;
    }

    private static bool SetServer(in AuthMessage message, bool isServer)
    {
        if (isServer)
        {
            message.Set("process", "ssh_server", Outcome.Unknown);
        }

        return isServer;
    }
}
