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
        if (!Timestamps.TryReadApacheError(text, context.Clock, out DateTimeOffset time, out int length))
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
}
