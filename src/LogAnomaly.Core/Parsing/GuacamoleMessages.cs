namespace LogAnomaly.Parsing;

/// <summary>
/// Logins of Apache Guacamole:
/// <code>
/// failed  = "Authentication attempt from " peer " for user " %d34 name %d34 " failed."
/// granted = "User " %d34 name %d34 " successfully authenticated from " peer "."
/// peer    = address / "[" address *(", " address) "]"
/// </code>
/// Of several addresses the first is the client as the proxy told of it, the last the proxy.
/// </summary>
internal static class GuacamoleMessages
{
    /// <summary>Name of the program.</summary>
    public const string Program = "guacamole";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a login.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        // In syslog Tomcat's own stamp, thread and logger may come first.
        int start = message.Text.IndexOf("Authentication attempt from "u8);
        if (start >= 0)
        {
            return TryFailed(message, message.Text[(start + "Authentication attempt from ".Length)..]);
        }

        start = message.Text.IndexOf("User \""u8);
        if (start < 0 || !Utf8Text.TrySplitLast(
            message.Text[(start + "User \"".Length)..],
            "\" successfully authenticated from "u8,
            out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> peer))
        {
            return false;
        }

        message.Set("authentication", ServiceMessages.Login, Outcome.Success);
        Set(message, name, peer.TrimEnd((byte)'.'));
        return true;
    }

    private static bool TryFailed(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TrySplit(text, " for user "u8, out ReadOnlySpan<byte> peer, out ReadOnlySpan<byte> name)
            || !Utf8Text.TryTakeEnd(ref name, " failed."u8))
        {
            return false;
        }

        message.Set("authentication", ServiceMessages.Login, Outcome.Failure);
        Set(message, Utf8Text.Unquote(name), peer);
        return true;
    }

    private static void Set(in AuthMessage message, ReadOnlySpan<byte> name, ReadOnlySpan<byte> peer)
    {
        message.Target.UserName = message.Get(name);
        message.SetSource(Utf8Text.Before(peer.TrimStart((byte)'[').TrimEnd((byte)']'), (byte)','));
    }
}
