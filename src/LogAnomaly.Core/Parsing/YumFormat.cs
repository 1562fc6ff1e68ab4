namespace LogAnomaly.Parsing;

/// <summary>
/// The log of yum: <c>Jun 03 08:01:02 Installed: httpd-2.4.6-97.el7.x86_64</c>. The year is inferred.
/// </summary>
public sealed class YumFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "yum";

    /// <inheritdoc/>
    public override string Description => "yum.log: packages of Red Hat and its kin before dnf";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        bool isStamp = Timestamps.TryReadRfc3164(text, context.Clock, out DateTimeOffset time, out int length);
        if (!isStamp || length + 1 >= text.Length || text[length] != ' ')
        {
            return null;
        }

        SystemEvent made = PackageLog.NewEvent(line, context, time, "yum", length + 1);
        return PackageMessages.TryClassifyLabel(new SystemMessage(made, context, text[(length + 1)..])) ? made : null;
    }
}
