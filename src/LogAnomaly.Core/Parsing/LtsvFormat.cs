namespace LogAnomaly.Parsing;

/// <summary>Labeled tab-separated values (ltsv.org): <c>label:value</c>, a tab between.</summary>
public sealed class LtsvFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "ltsv";

    /// <inheritdoc/>
    public override string Description => "LTSV: label:value pairs, tabs between";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        RecordEvents.Parse(line, context, LtsvSyntax.Instance);
}
