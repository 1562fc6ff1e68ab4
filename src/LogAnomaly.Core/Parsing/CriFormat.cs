namespace LogAnomaly.Parsing;

/// <summary>
/// The log files of Kubernetes' container runtimes, <c>2026-01-02T03:04:05.678Z stdout F message</c>; parts of long
/// lines (P) are joined to one event with the part that ends them (F). A message that is JSON or logfmt itself is taken
/// apart.
/// </summary>
public sealed class CriFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "cri";

    /// <inheritdoc/>
    public override string Description => "Kubernetes container logs: time, stream, mark, message";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new CriJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        RecordEvents.Parse(line, context, CriSyntax.Instance);
}
