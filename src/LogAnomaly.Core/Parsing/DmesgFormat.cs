namespace LogAnomaly.Parsing;

/// <summary>
/// The ring buffer of the Linux kernel as dmesg writes it, and <c>journalctl -o short-monotonic</c>:
/// <code>
/// line   = [level] "[" seconds "." fraction "]" SP message              ; dmesg; has no time of day
///        / [level] "[" Www SP Mmm SP day SP time SP yyyy "]" SP message ; dmesg -T
///        / [level] ISO 8601 with a comma SP message                     ; dmesg --time-format iso
///        / "[" seconds "." fraction "]" SP host SP tag SP message       ; journalctl
/// level  = "&lt;" number "&gt;" / facility ":" severity ":" SP          ; dmesg -r, dmesg -x
/// </code>
/// </summary>
public sealed class DmesgFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "dmesg";

    /// <inheritdoc/>
    public override string Description => "the kernel's messages as dmesg writes them";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.StartsWith("-- "u8))
        {
            return SyslogEvents.Parse(line, context) == NoEvent ? NoEvent : null;
        }

        if (text[0] == '[' && SyslogStamp.UptimeLength(text) > 0
            && SyslogHeader.TryRead(text, context, out SyslogHeader journal))
        {
            return SyslogEvents.Make(line, journal, context);
        }

        int at = ReadLevel(text, out LogLevel? level, out string? facility);
        if (!TryReadStamp(text, ref at, context.Clock, out DateTimeOffset? time) || at >= text.Length
            || text[at] != ' ')
        {
            return null;
        }

        at++;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        ReadOnlySpan<byte> program = "kernel"u8;
        int? process = null;
        if (SyslogTag.TryRead(text, at, out SyslogTag tag) && IsProgram(text, tag))
        {
            program = tag.Name;
            process = tag.ProcessId;
            at = tag.MessageStart;
        }

        return SyslogEvents.Make(
            line,
            SyslogHeader.Create(time, level, facility ?? "kern", default, program, process, (at, text.Length - at)),
            context);
    }

    // A program that wrote to the kernel's log; "app[12]: segfault at 0" is the kernel's own.
    private static bool IsProgram(ReadOnlySpan<byte> text, in SyslogTag tag) =>
        tag.ProcessId is not null && !text[tag.MessageStart..].StartsWith("segfault at "u8)
        && !text[tag.MessageStart..].StartsWith("unhandled "u8)
        && !text[tag.MessageStart..].StartsWith("potentially "u8);

    private static bool TryReadStamp(ReadOnlySpan<byte> text, ref int at, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> rest = text[at..];
        int uptime = SyslogStamp.UptimeLength(rest);
        if (uptime > 0)
        {
            at += uptime;
            return true;
        }

        if (!rest.IsEmpty && rest[0] == '['
            && Timestamps.TryReadApacheError(rest[1..], clock, out DateTimeOffset read, out int length)
            && length + 1 < rest.Length && rest[length + 1] == ']' && length == 24)
        {
            time = read;
            at += length + 2;
            return true;
        }

        // Microseconds and an offset are always there; the stamps of Java's programs have milliseconds and none.
        if (rest.Length > 32 && rest[10] == 'T' && rest[19] == ',' && (rest[26] == '+' || rest[26] == '-')
            && Timestamps.TryReadIso8601(rest, clock, out read, out length))
        {
            time = read;
            at += length;
            return true;
        }

        return false;
    }

    // "<6>" and "kern  :info  : "
    private static int ReadLevel(ReadOnlySpan<byte> text, out LogLevel? level, out string? facility)
    {
        level = null;
        facility = null;
        if (text[0] == '<')
        {
            FieldScanner scanner = new(text) { Position = 1 };
            if (scanner.TryReadInt64(out long priority) && priority < 192 && scanner.TrySkip((byte)'>'))
            {
                level = SyslogSeverity.ToLevel((int)priority & 7);
                facility = SyslogFacility.Name((int)priority >> 3);
                return scanner.Position;
            }

            return 0;
        }

        int first = text[..Math.Min(text.Length, 10)].IndexOf((byte)':');
        int second = first <= 0 ? -1 : text[(first + 1)..Math.Min(text.Length, first + 10)].IndexOf((byte)':');
        if (second <= 0
            || !SyslogSeverity.TryParseSeverity(Utf8Text.Trim(text.Slice(first + 1, second)), out LogLevel named))
        {
            return 0;
        }

        level = named;
        int at = first + 1 + second + 1;
        return at < text.Length && text[at] == ' ' ? at + 1 : at;
    }
}
