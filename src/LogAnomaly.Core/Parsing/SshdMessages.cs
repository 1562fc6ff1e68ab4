namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies what OpenSSH's server writes. One refused attempt is one failure, on the line that names its source: what
/// a process tells of the same attempt before (PAM's line, a line without an address) or after (the closing) has no
/// outcome. A client that leaves before it has authenticated without such a failure has failed as well; where it has
/// named no user it is of the category intrusion_detection.
/// </summary>
internal static class SshdMessages
{
    /// <summary>Action of an attempt to log in.</summary>
    public const string Login = "ssh_login";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        SshConnection connection = message.Context.Connections.Of(message.Target);
        ReadOnlySpan<byte> text = message.Text;
        _ = Utf8Text.TryTake(ref text, "error: "u8) || Utf8Text.TryTake(ref text, "fatal: "u8)
            || Utf8Text.TryTake(ref text, "info: "u8) || Utf8Text.TryTake(ref text, "debug1: "u8);
        bool isPreauth = Utf8Text.TryTakeEnd(ref text, " [preauth]"u8);
        _ = Utf8Text.TryTakeEnd(ref text, " [postauth]"u8);
        if (text.IsEmpty)
        {
            return;
        }

        AuthMessage inner = message.With(text);
        _ = SshdLoginMessages.TryClassify(inner, connection)
            || SshdClosingMessages.TryClassify(inner, connection, isPreauth)
            || SshdProtocolMessages.TryClassify(inner, connection, isPreauth)
            || SshdServerMessages.TryClassify(inner, connection)
            || SshdKeyMessages.TryClassify(inner, connection)
            || SftpMessages.TryClassify(inner);
        Settle(message.Target, connection);
    }

    /// <summary>
    /// Settles a line that PAM wrote in a process of sshd. A module's no is not the daemon's: another module may say
    /// yes, and the daemon reports the attempt itself. Only a second user in one connection, which no honest client
    /// tries, fails here.
    /// </summary>
    /// <param name="message">The message, classified as PAM's.</param>
    public static void SettlePam(in AuthMessage message)
    {
        AuthEvent target = message.Target;
        if (target.Outcome != Outcome.Failure || target.Category != "authentication"
            || !(message.Text.StartsWith("pam_"u8)
            || message.Text.StartsWith("PAM "u8)))
        {
            return;
        }

        SshConnection connection = message.Context.Connections.Of(target);
        bool isSecondUser = connection.RefusedUser is not null && target.UserName is not null
            && connection.RefusedUser != target.UserName;
        connection.RefusedUser ??= target.UserName;
        if (!isSecondUser && target.ProcessId is not null)
        {
            target.Outcome = Outcome.Unknown;
        }

        Settle(target, connection);
    }

    private static void Settle(AuthEvent target, SshConnection connection)
    {
        if (connection.ProcessId < 0 || target.Action is null)
        {
            return;
        }

        if (target.SourceIP is null && target.SourceHost is null)
        {
            target.SourceIP = connection.SourceIP;
            target.SourceHost = connection.SourceHost;
            target.SourcePort = connection.SourcePort;
        }
        else
        {
            connection.SourceIP = target.SourceIP;
            connection.SourceHost = target.SourceHost;
            connection.SourcePort = target.SourcePort ?? connection.SourcePort;
        }

        bool isHostile = target.Outcome == Outcome.Failure || target.Category == "intrusion_detection";
        if (!isHostile)
        {
            return;
        }

        bool hasSource = target.SourceIP is not null || target.SourceHost is not null;
        connection.IsReported |= hasSource;
        connection.IsPending = !hasSource;
        if (!hasSource)
        {
            connection.RefusedUser ??= target.UserName;
            target.Outcome = Outcome.Unknown;
            target.Category = target.Category == "intrusion_detection" ? "network" : target.Category;
        }
    }
}
