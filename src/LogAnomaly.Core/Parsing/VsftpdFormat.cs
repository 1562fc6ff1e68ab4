namespace LogAnomaly.Parsing;

/// <summary>
/// The log file of vsftpd: <c>Www Mmm dd hh:mm:ss yyyy "[pid " n "] " ["[" user "] "] text</c>. Lines of syslog, which
/// it writes to instead if it is told to, are read too.
/// </summary>
public sealed class VsftpdFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "vsftpd";

    /// <inheritdoc/>
    public override string Description => "vsftpd.log: logins and transfers of vsftpd";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        ParseSample(line, context) ?? SyslogEvents.Parse(line, context);

    /// <inheritdoc/>
    internal override LogEvent? ParseSample(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!TryReadStamp(text, context.Clock, out DateTimeOffset time, out int length))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = length };
        scanner.SkipSpaces();
        if (!scanner.TrySkip("[pid "u8) || !scanner.TryReadInt64(out long process) || process > int.MaxValue
            || !scanner.TrySkip((byte)']'))
        {
            return null;
        }

        scanner.SkipSpaces();
        return new ServiceLine(AuthProgram.Vsftpd, "vsftpd", time, scanner.Position) { ProcessId = (int)process }
            .ToEvent(line, context);
    }

    // "Mon Jun  8 12:08:53 2020", the day padded by a space, which some shippers of logs take out.
    private static bool TryReadStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        if (Timestamps.TryReadApacheError(text, clock, out time, out length))
        {
            return true;
        }

        Span<byte> padded = stackalloc byte[24];
        if (text.Length < 23 || text[7] != ' ' || !char.IsAsciiDigit((char)text[8]) || text[9] != ' ')
        {
            return false;
        }

        text[..8].CopyTo(padded);
        padded[8] = (byte)' ';
        text[8..23].CopyTo(padded[9..]);
        bool isStamp = Timestamps.TryReadApacheError(padded, clock, out time, out length);
        length--;
        return isStamp;
    }
}
