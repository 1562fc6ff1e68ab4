namespace LogAnomaly.Parsing;

/// <summary>
/// logfmt lines, <c>level=info msg="text" key=value</c>, as Go programs, Heroku, Grafana and firewalls write them.
/// </summary>
public sealed class LogfmtFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "logfmt";

    /// <inheritdoc/>
    public override string Description => "logfmt: key=value pairs";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        RecordEvents.Parse(line, context, LogfmtSyntax.Instance);
}
