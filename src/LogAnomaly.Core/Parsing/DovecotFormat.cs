namespace LogAnomaly.Parsing;

/// <summary>
/// The log file of dovecot:
/// <code>
/// line  = ["dovecot: "] stamp SP (service ": " level ": " text / level ": " [service ": "] text)
/// stamp = "Mmm dd hh:mm:ss" / "yyyy-mm-dd hh:mm:ss"
/// level = "Debug" / "Info" / "Warning" / "Error" / "Fatal" / "Panic"
/// </code>
/// Versions before 2 write the level first. Lines of syslog are read too.
/// </summary>
public sealed class DovecotFormat : LogFormat
{
    private const string Dovecot = "dovecot";

    /// <inheritdoc/>
    public override string Name => Dovecot;

    /// <inheritdoc/>
    public override string Description => "dovecot.log: logins and sessions of dovecot";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        ParseSample(line, context) ?? SyslogEvents.Parse(line, context);

    /// <inheritdoc/>
    internal override LogEvent? ParseSample(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        int start = text.StartsWith("dovecot: "u8) ? "dovecot: ".Length : 0;
        if (!SyslogStamp.TryRead(text[start..], context.Clock, out DateTimeOffset time, out int length, out _))
        {
            return null;
        }

        start += length;
        if (start >= text.Length || text[start] != ' ')
        {
            return null;
        }

        start++;
        if (!TryReadLevel(text[start..], out LogLevel level, out length))
        {
            int colon = text[start..].IndexOf(": "u8);
            if (colon < 1 || !IsService(text.Slice(start, colon))
                || !TryReadLevel(text[(start + colon + 2)..], out level, out _))
            {
                return null;
            }

            length = 0;
        }

        return new ServiceLine(AuthProgram.Dovecot, Dovecot, time, start + length) { Level = level }
            .ToEvent(line, context);
    }

    // "imap-login", "auth-worker(12)", "imap(ann)<12><session>": no host and no path.
    private static bool IsService(ReadOnlySpan<byte> service)
    {
        int end = service.IndexOfAny((byte)'(', (byte)'<');
        ReadOnlySpan<byte> name = end < 0 ? service : service[..end];
        foreach (byte next in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)next) && next is not ((byte)'-' or (byte)'_'))
            {
                return false;
            }
        }

        return !name.IsEmpty && (end < 0 || service[^1] is (byte)')' or (byte)'>');
    }

    private static bool TryReadLevel(ReadOnlySpan<byte> text, out LogLevel level, out int length)
    {
        int colon = text.IndexOf(": "u8);
        ReadOnlySpan<byte> name = colon < 0 ? default : text[..colon];
        LogLevel? known = name.Length switch
        {
            4 when name.SequenceEqual("Info"u8) => LogLevel.Informational,
            4 when name.SequenceEqual("Warn"u8) => LogLevel.Warning,
            5 when name.SequenceEqual("Debug"u8) => LogLevel.Debug,
            5 when name.SequenceEqual("Error"u8) => LogLevel.Error,
            5 when name.SequenceEqual("Fatal"u8) => LogLevel.Critical,
            5 when name.SequenceEqual("Panic"u8) => LogLevel.Alert,
            7 when name.SequenceEqual("Warning"u8) => LogLevel.Warning,
            _ => null,
        };
        level = known ?? default;
        length = colon + 2;
        return known is not null;
    }
}
