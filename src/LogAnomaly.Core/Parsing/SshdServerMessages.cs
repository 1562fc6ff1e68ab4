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
        (byte)'d' or (byte)'e' or (byte)'b' => TryLimit(message),
        (byte)'S' => TryServer(message, connection),
        (byte)'R' => SetServer(message, message.Text.StartsWith("Received signal "u8)),
        _ => false,
    };

    // "drop connection #N from [HOST]:PORT on [LOCAL]:22 REASON"
    private static bool TryLimit(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "drop connection #"u8)
            || !Utf8Text.TrySplit(text, " from "u8, out _, out ReadOnlySpan<byte> client))
        {
            return SetServer(message, text.StartsWith("exited MaxStartups"u8)
                || text.StartsWith("beginning MaxStartups"u8));
        }

        ReadOnlySpan<byte> end = Utf8Text.Before(client, (byte)' ');
        int colon = end.LastIndexOf((byte)':');
        message.SetSource(colon < 0 ? end : end[..colon]);
        message.SetPort(colon < 0 ? default : end[(colon + 1)..]);
        message.Target.Reason = "connection dropped";
        message.Set("network", "ssh_connection", Outcome.Failure);
        return true;
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
            return SetServer(message, text.StartsWith("Server listening on "u8));
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
