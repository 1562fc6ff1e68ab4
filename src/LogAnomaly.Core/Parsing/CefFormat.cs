namespace LogAnomaly.Parsing;

/// <summary>
/// ArcSight's Common Event Format and IBM's LEEF, bare or behind a syslog header: security products' events with a
/// header between bars and <c>key=value</c> pairs.
/// </summary>
public sealed class CefFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "cef";

    /// <inheritdoc/>
    public override string Description => "CEF and LEEF, bare or behind a syslog header";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        RecordEvent? made = RecordEvents.Parse(line, context, CefSyntax.Instance);
        if (made is null || !SyslogHeader.TryRead(line.Span, context, out SyslogHeader header))
        {
            return made;
        }

        made.Timestamp ??= header.Time;
        made.HostName ??= header.Host.IsEmpty ? null : context.Pool.Get(header.Host);
        return made;
    }
}
