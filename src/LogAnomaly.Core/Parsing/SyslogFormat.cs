namespace LogAnomaly.Parsing;

/// <summary>
/// Syslog lines: RFC 3164 and 5424, rsyslog's ISO stamps, those of the BSDs, macOS, busybox, OpenWrt and Cisco, and the
/// short forms of journalctl, all as <see cref="SyslogHeader"/> says. Lines about authentication become an
/// <see cref="AuthEvent"/>, others a <see cref="SystemEvent"/>; what begins with white space belongs to the line
/// before.
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
    internal override LineJoiner? NewJoiner() => new IndentJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) => SyslogEvents.Parse(line, context);
}
