namespace LogAnomaly.Parsing;

/// <summary>
/// The log that the tar pit endlessh writes itself, and that of its kin in Go:
/// <code>
/// line  = stamp SP text
/// stamp = ISO 8601 / level "mmdd hh:mm:ss.uuuuuu" 1*SP thread SP file ":" n "]"
/// text  = ("ACCEPT" / "CLOSE") " host=" address " port=" n ... / a setting and its value / a fault
/// </code>
/// </summary>
public sealed class EndlesshFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "endlessh";

    /// <inheritdoc/>
    public override string Description => "log of the tar pit endlessh";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if ((!Timestamps.TryReadIso8601(text, context.Clock, out DateTimeOffset time, out int length)
            && !TryReadGoStamp(text, context.Clock, out time, out length)) || length + 1 >= text.Length
            || text[length] != ' ')
        {
            return null;
        }

        ReadOnlySpan<byte> message = text[(length + 1)..];
        if (!IsKnown(message))
        {
            return null;
        }

        SystemEvent made = new(line, context.Source)
        {
            Timestamp = time,
            Program = "endlessh",
            Level = LogLevel.Informational,
        };
        made.SetMessage(length + 1);
        SystemMessages.Classify(made, context, Utf8Text.Trim(message), SystemProgram.Loggers);
        return made;
    }

    // "I0613 10:22:21.684962       1 client.go:58]"; the year is not said.
    private static bool TryReadGoStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = text.IndexOf((byte)']') + 1;
        if (length < 24 || length > 96 || text[5] != ' '
            || text[0] is not ((byte)'I' or (byte)'W' or (byte)'E' or (byte)'F')
            || FieldScanner.ToInt32(text[1..3]) is not (>= 1 and <= 12 and int month))
        {
            return false;
        }

        Span<byte> stamp = stackalloc byte[22];
        "JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice((month - 1) * 3, 3).CopyTo(stamp);
        stamp[3] = (byte)' ';
        stamp[4] = text[3] == '0' ? (byte)' ' : text[3];
        stamp[5] = text[4];
        text[5..21].CopyTo(stamp[6..]);
        return Timestamps.TryReadRfc3164(stamp, clock, out time, out _);
    }

    private static bool IsKnown(ReadOnlySpan<byte> message) =>
        message.StartsWith("ACCEPT host="u8) || message.StartsWith("CLOSE host="u8)
        || message.StartsWith("Port "u8) || message.StartsWith("Delay "u8) || message.StartsWith("MaxLineLength "u8)
        || message.StartsWith("MaxClients "u8) || message.StartsWith("BindFamily "u8)
        || message.StartsWith("TOTALS connects="u8) || message.StartsWith("socket() = "u8)
        || message.StartsWith("setsockopt("u8) || message.StartsWith("bind("u8) || message.StartsWith("listen("u8)
        || message.StartsWith("accept() = "u8) || message.StartsWith("poll("u8);
}
