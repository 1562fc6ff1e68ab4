using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// JSON, an object a line, printed over several lines, or in an array: what loggers (bunyan, pino, Serilog, zap, slog,
/// zerolog, logrus, Log4j, logback, Python, Monolog), collectors (ECS, OpenTelemetry, GELF), container runtimes and
/// clouds write. A batch of OpenTelemetry records in one line gives an event a record, and so does an array.
/// </summary>
public sealed class JsonFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "json";

    /// <inheritdoc/>
    public override string Description => "JSON lines: ECS, OpenTelemetry, and those of any logger";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new JsonJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        JsonLines.Parse(line, context, ParseObject);

    private static LogEvent? ParseObject(in LogLine line, ParseContext context)
    {
        RecordFields fields = context.State<RecordState>().NewFields(context.Pool);
        if (!JsonSyntax.Instance.TryRead(line.Span, fields))
        {
            return null;
        }

        if (WindowsJson.TryRead(fields, context) is { } parts)
        {
            return WindowsEvents.Make(parts, line, context);
        }

        CorazaRecord.Complete(fields);
        return OpenTelemetryBatch.IsBatch(fields)
            ? OpenTelemetryBatch.Parse(line, context) ?? RecordEvents.Make(line, context, JsonSyntax.Instance, fields)
            : RecordEvents.Make(line, context, JsonSyntax.Instance, fields);
    }
}
