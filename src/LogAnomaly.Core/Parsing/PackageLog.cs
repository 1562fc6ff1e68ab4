namespace LogAnomaly.Parsing;

/// <summary>What the formats of package managers' own logs share.</summary>
internal static class PackageLog
{
    /// <summary>Makes an event of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="time">Its time, or null.</param>
    /// <param name="program">The program.</param>
    /// <param name="messageStart">Index of the message.</param>
    /// <returns>The event.</returns>
    public static SystemEvent NewEvent(
        in LogLine line, ParseContext context, DateTimeOffset? time, string program, int messageStart)
    {
        SystemEvent made = new(line, context.Source)
        {
            Timestamp = time,
            Program = program,
            Level = LogLevel.Informational,
        };
        made.SetMessage(messageStart);
        return made;
    }

    /// <summary>Reads <c>yyyy-mm-dd hh:mm:ss</c> and one or two spaces between, and what must follow it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="follows">The byte that must follow.</param>
    /// <param name="clock">Settles the zone.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">Bytes taken, with that byte.</param>
    /// <returns>Whether a stamp was there.</returns>
    public static bool TryReadStamp(
        ReadOnlySpan<byte> text, byte follows, LogClock clock, out DateTimeOffset time, out int length) =>
        Timestamps.TryReadIso8601(text, clock, out time, out length) && length < text.Length
            && text[length++] == follows;
}
