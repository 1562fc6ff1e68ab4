namespace LogAnomaly.Parsing;

/// <summary>
/// The log file of proftpd (its SystemLog and ServerLog): <c>stamp SP host SP "proftpd[" pid "]" [":"] SP [server SP]
/// ["(" client "[" address "])"] ": " text</c>, with a stamp of the year and milliseconds, or without in old versions.
/// Lines of syslog are read too.
/// </summary>
public sealed class ProftpdFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "proftpd";

    /// <inheritdoc/>
    public override string Description => "proftpd.log: logins and sessions of proftpd";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        ParseSample(line, context) ?? SyslogEvents.Parse(line, context);

    /// <inheritdoc/>
    internal override LogEvent? ParseSample(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!SyslogStamp.TryRead(text, context.Clock, out DateTimeOffset time, out int length, out _))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = length };
        scanner.SkipSpaces();
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> host) || !scanner.TrySkip("proftpd["u8)
            || !scanner.TryReadInt64(out long process) || process > int.MaxValue || !scanner.TrySkip("] "u8))
        {
            // With a colon it is syslog's line.
            return null;
        }

        return new ServiceLine(AuthProgram.Proftpd, "proftpd", time, scanner.Position)
        {
            HostName = context.Pool.Get(host),
            ProcessId = (int)process,
        }
            .ToEvent(line, context);
    }
}
