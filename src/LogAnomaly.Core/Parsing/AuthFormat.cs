namespace LogAnomaly.Parsing;

/// <summary>
/// The lines of <see cref="SyslogFormat"/> in a file that is mostly about authentication: auth.log, secure.
/// </summary>
public sealed class AuthFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "auth";

    /// <inheritdoc/>
    public override string Description => "auth.log and secure: logins, privilege, accounts and sessions";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) => SyslogEvents.Parse(line, context);
}
