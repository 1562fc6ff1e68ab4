namespace LogAnomaly.Parsing;

/// <summary>
/// Messages of the decoy sshesame. A login is a failure whatever the decoy answers, since it lets nobody into anything;
/// names, passwords and commands stand in Go's quotes, so a quote of the visitor's is escaped.
/// </summary>
internal static class SshesameMessages
{
    /// <summary>Name of the decoy.</summary>
    public const string Program = "sshesame";

    private const string Login = "decoy_login";
    private const string Command = "decoy_command";

    /// <summary>Whether a text starts as a message of the decoy does, with the visitor in brackets.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsMessage(ReadOnlySpan<byte> text)
    {
        if (text.Length < 4 || text[0] != '[' || text.IndexOf("] "u8) is not (> 0 and int end))
        {
            return false;
        }

        ReadOnlySpan<byte> said = text[(end + 2)..];
        return said.StartsWith("authentication for user "u8) || said.StartsWith("connection "u8)
            || said.StartsWith("[channel "u8) || said.StartsWith("rejection of "u8) || said.EndsWith(" requested"u8);
    }

    /// <summary>Classifies a message of the text form.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is one of a visitor.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        if (!IsMessage(message.Text))
        {
            return false;
        }

        int end = message.Text.IndexOf("] "u8);
        message.SetPeer(message.Text[1..end]);
        ReadOnlySpan<byte> said = message.Text[(end + 2)..];
        if (Utf8Text.TryTake(ref said, "authentication for user "u8))
        {
            ClassifyLogin(message, said);
            return true;
        }

        if (Utf8Text.TryTake(ref said, "[channel "u8))
        {
            said = Utf8Text.TrySplit(said, "] "u8, out _, out ReadOnlySpan<byte> rest) ? rest : default;
            ClassifyChannel(message, said);
            return true;
        }

        bool isOpened = said.StartsWith("connection with client version "u8);
        bool isClosed = said.StartsWith("connection closed"u8);
        message.Set(
            "network",
            isOpened ? "connection_opened" : isClosed ? "connection_closed" : "decoy_request",
            Outcome.Unknown);
        return true;
    }

    /// <summary>Classifies a line of the JSON form.</summary>
    /// <param name="message">The line.</param>
    public static void ClassifyJson(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        ReadOnlySpan<byte> type = Utf8Text.Between(text, "\"event_type\":\""u8, (byte)'"');
        message.SetPeer(Utf8Text.Between(text, "\"source\":\""u8, (byte)'"'));
        if (type.EndsWith("_auth"u8))
        {
            message.Target.UserName = message.Get(Utf8Text.Between(text, "\"user\":\""u8, (byte)'"'));
            message.Target.Method = message.Get(type[..^"_auth".Length]);
            SetLogin(message, type.StartsWith("no_"u8));
            return;
        }

        if (type.SequenceEqual("exec"u8) || type.SequenceEqual("session_input"u8))
        {
            ReadOnlySpan<byte> command = type.SequenceEqual("exec"u8)
                ? Utf8Text.Between(text, "\"command\":\""u8, (byte)'"')
                : Utf8Text.Between(text, "\"input\":\""u8, (byte)'"');
            message.Set("intrusion_detection", Command, Outcome.Unknown);
            message.Target.Command = message.Get(command);
            return;
        }

        bool isOpened = type.SequenceEqual("connection"u8);
        bool isClosed = type.SequenceEqual("connection_close"u8);
        message.Set(
            "network",
            isOpened ? "connection_opened" : isClosed ? "connection_closed" : "decoy_request",
            Outcome.Unknown);
    }

    private static void ClassifyLogin(in AuthMessage message, ReadOnlySpan<byte> said)
    {
        int end = EndOfQuoted(said);
        message.Target.UserName = message.Get(end < 0 ? Utf8Text.Before(said, (byte)' ') : said[1..end]);
        ReadOnlySpan<byte> rest = end < 0 ? said : said[(end + 1)..];
        bool isProbe = rest.StartsWith(" without credentials "u8);
        message.Target.Method = isProbe ? "none" : rest.StartsWith(" with password "u8) ? "password"
            : rest.StartsWith(" with public key "u8) ? "publickey" : null;
        message.Target.Reason = message.Get(said[(said.LastIndexOf((byte)' ') + 1)..]);
        SetLogin(message, isProbe);
    }

    // Every client asks without credentials first, to hear which kinds there are.
    private static void SetLogin(in AuthMessage message, bool isProbe) =>
        message.Set("authentication", isProbe ? "decoy_probe" : Login, isProbe ? Outcome.Unknown : Outcome.Failure);

    private static void ClassifyChannel(in AuthMessage message, ReadOnlySpan<byte> said)
    {
        if (said.StartsWith("command \""u8))
        {
            int end = EndOfQuoted(said["command ".Length..]);
            message.Set("intrusion_detection", Command, Outcome.Unknown);
            message.Target.Command = end < 0 ? null : message.Get(said["command \"".Length..("command ".Length + end)]);
            return;
        }

        message.Set(
            "network",
            said.StartsWith("direct TCP/IP forwarding "u8) ? "decoy_forwarding" : "decoy_request",
            Outcome.Unknown);
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            return -1;
        }

        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }
}
