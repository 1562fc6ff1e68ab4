namespace LogAnomaly.Parsing;

/// <summary>The severities of RFC 5424, section 6.2.1, as levels.</summary>
internal static class SyslogSeverity
{
    /// <summary>The level of a severity.</summary>
    /// <param name="severity">0 (emergency) to 7 (debug).</param>
    /// <returns>The level.</returns>
    public static LogLevel ToLevel(int severity) => (LogLevel)((int)LogLevel.Emergency - severity);

    /// <summary>Reads <c>facility.severity</c>, such as <c>auth.info</c> or <c>daemon.err</c>.</summary>
    /// <param name="text">The whole word.</param>
    /// <param name="level">The level of the severity.</param>
    /// <returns>Whether the word names both.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out LogLevel level)
    {
        int dot = text.IndexOf((byte)'.');
        level = default;
        return dot > 0 && IsFacility(text[..dot]) && TryParseSeverity(text[(dot + 1)..], out level);
    }

    private static bool TryParseSeverity(ReadOnlySpan<byte> text, out LogLevel level)
    {
        int severity = text switch
        {
            _ when text.SequenceEqual("emerg"u8) || text.SequenceEqual("panic"u8) => 0,
            _ when text.SequenceEqual("alert"u8) => 1,
            _ when text.SequenceEqual("crit"u8) => 2,
            _ when text.SequenceEqual("err"u8) || text.SequenceEqual("error"u8) => 3,
            _ when text.SequenceEqual("warn"u8) || text.SequenceEqual("warning"u8) => 4,
            _ when text.SequenceEqual("notice"u8) => 5,
            _ when text.SequenceEqual("info"u8) => 6,
            _ when text.SequenceEqual("debug"u8) => 7,
            _ => -1,
        };
        level = severity < 0 ? default : ToLevel(severity);
        return severity >= 0;
    }

    private static bool IsFacility(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("auth"u8) || text.SequenceEqual("authpriv"u8) || text.SequenceEqual("security"u8)
        || text.SequenceEqual("kern"u8) || text.SequenceEqual("user"u8) || text.SequenceEqual("mail"u8)
        || text.SequenceEqual("daemon"u8) || text.SequenceEqual("syslog"u8) || text.SequenceEqual("cron"u8)
        || text.SequenceEqual("ftp"u8) || text.SequenceEqual("lpr"u8) || text.SequenceEqual("news"u8)
        || text.SequenceEqual("uucp"u8) || (text.Length == 6 && text.StartsWith("local"u8)
        && text[5] is >= (byte)'0' and <= (byte)'7');
}
