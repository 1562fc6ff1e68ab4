namespace LogAnomaly.Parsing;

/// <summary>
/// Syslog lines: RFC 3164 and 5424, rsyslog's ISO stamps, <c>journalctl -o short</c>, <c>short-iso</c> and
/// <c>short-iso-precise</c>. Lines about authentication become an <see cref="AuthEvent"/>.
/// </summary>
public sealed class SyslogFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "syslog";

    /// <inheritdoc/>
    public override string Description => "syslog, messages, daemon.log and the journal as text";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) => SyslogEvents.Parse(line, context);
}
