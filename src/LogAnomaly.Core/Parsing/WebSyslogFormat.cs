namespace LogAnomaly.Parsing;

/// <summary>
/// The logs of web servers that came by way of syslog: access lines, nginx's error log and HAProxy's log behind a
/// syslog header. Other lines with such a header are what they are in a system log.
/// </summary>
public sealed class WebSyslogFormat : LogFormat
{
    private static readonly LogFormat[] s_formats =
        [new HaproxyFormat(), new NginxErrorFormat(), new AccessFormat()];

    /// <summary>Creates a format.</summary>
    /// <param name="kind">The kind that most lines of such a file give; the others are read as well.</param>
    internal WebSyslogFormat(LogKind kind)
    {
        bool isError = kind == LogKind.NginxError;
        Name = isError ? "nginx-error-syslog" : "web-syslog";
        Description = isError
            ? "nginx error log behind a syslog header"
            : "access logs of web servers and proxies behind a syslog header";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        if (!SyslogHeader.TryRead(line.Span, context, out SyslogHeader header))
        {
            return null;
        }

        int start = header.MessageStart;
        LogLine inner = line with { Start = line.Start + start, Length = line.Length - start };
        if (inner.Length < 20)
        {
            return SyslogEvents.Parse(line, context);
        }

        if (ParseInner(inner, context) is { } made)
        {
            made.HostName ??= header.Host.IsEmpty ? null : context.Pool.Get(header.Host);
            made.Program ??= header.Program.IsEmpty ? null : context.Pool.Get(header.Program);
            made.ProcessId ??= header.ProcessId;
            made.Timestamp ??= header.Time;
            (made as AccessEvent)?.SetLine(line);
            (made as LineEvent)?.Widen(start);
            return made;
        }

        return SyslogEvents.Parse(line, context);
    }

    private static LogEvent? ParseInner(in LogLine inner, ParseContext context)
    {
        LogEvent? made = inner.Span[0] == '{' ? JsonAccessFormat.ParseRequest(inner, context) : null;
        foreach (LogFormat format in s_formats)
        {
            made ??= format.Parse(inner, context);
        }

        return made;
    }
}
