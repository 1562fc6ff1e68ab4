namespace LogAnomaly.Parsing;

/// <summary>
/// Windows records as JSON: <c>Get-WinEvent | ConvertTo-Json</c>, winlogbeat, nxlog, evtx_dump, Wazuh and Azure; an
/// object a line, printed over several lines, or in an array.
/// </summary>
public sealed class WindowsJsonFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "windows-json";

    /// <inheritdoc/>
    public override string Description => "Windows event log as JSON";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new JsonJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        JsonLines.Parse(line, context, ParseObject);

    private static LogEvent? ParseObject(in LogLine line, ParseContext context)
    {
        RecordFields fields = context.State<RecordState>().NewFields(context.Pool);
        return JsonSyntax.Instance.TryRead(line.Span, fields) && WindowsJson.TryRead(fields, context) is { } parts
            ? WindowsEvents.Make(parts, line, context)
            : null;
    }
}
