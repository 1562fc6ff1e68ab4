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
    public static bool TryParse(ReadOnlySpan<byte> text, out LogLevel level) =>
        SyslogFacility.TryParse(text, out _, out level);

    /// <summary>Reads the name of a severity as <c>syslog.conf</c> has it.</summary>
    /// <param name="text">The whole word.</param>
    /// <param name="level">The level of the severity.</param>
    /// <returns>Whether the word names one.</returns>
    public static bool TryParseSeverity(ReadOnlySpan<byte> text, out LogLevel level)
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
}
