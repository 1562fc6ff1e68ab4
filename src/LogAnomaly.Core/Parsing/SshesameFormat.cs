namespace LogAnomaly.Parsing;

/// <summary>
/// The log of the decoy sshesame, which lets everybody into a server of ssh that is none:
/// <code>
/// line = "yyyy/mm/dd hh:mm:ss" SP "[" address ":" port "] " text
///      / "{" JSON with "source", "event_type" and "event" "}"
/// </code>
/// </summary>
public sealed class SshesameFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "sshesame";

    /// <inheritdoc/>
    public override string Description => "log of the ssh decoy sshesame (text and JSON)";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.Length > 0 && text[0] == '{')
        {
            return ParseJson(line, context);
        }

        if (!TryReadStamp(text, context.Clock, out DateTimeOffset time, out int start)
            || !SshesameMessages.IsMessage(text[start..]))
        {
            return null;
        }

        return new ServiceLine(AuthProgram.Application, SshesameMessages.Program, time, start).ToEvent(line, context);
    }

    private static AuthEvent? ParseJson(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (Utf8Text.Between(text, "\"event_type\":\""u8, (byte)'"').IsEmpty
            || Utf8Text.Between(text, "\"source\":\""u8, (byte)'"').IsEmpty || !Utf8Text.Has(text, "\"event\":{"u8))
        {
            return null;
        }

        bool hasTime = Timestamps.TryReadIso8601(
            Utf8Text.Between(text, "\"time\":\""u8, (byte)'"'), context.Clock, out DateTimeOffset time, out _);
        AuthEvent made = new(line, context.Source)
        {
            Timestamp = hasTime ? time : null,
            Program = SshesameMessages.Program,
            Level = LogLevel.Warning,
        };
        made.SetMessage(0);
        SshesameMessages.ClassifyJson(new AuthMessage(made, context, text));
        return made;
    }

    // Go's own stamp; the zone is that of the machine.
    private static bool TryReadStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int start)
    {
        time = default;
        start = 20;
        if (text.Length < 22 || text[4] != '/' || text[7] != '/' || text[10] != ' ' || text[19] != ' ')
        {
            return false;
        }

        Span<byte> stamp = stackalloc byte[19];
        text[..19].CopyTo(stamp);
        stamp[4] = stamp[7] = (byte)'-';
        return Timestamps.TryReadIso8601(stamp, clock, out time, out _);
    }
}
