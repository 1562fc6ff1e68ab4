namespace LogAnomaly.Parsing;

/// <summary>
/// What programs in Java write in the usual layout of logback and Log4j, Apache Guacamole among them:
/// <code>
/// line  = [container 1*SP "| "] stamp SP "[" thread "] " level 1*SP logger " - " text
/// stamp = ISO 8601, the seconds with a comma or a point
/// </code>
/// </summary>
public sealed class LogbackFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "logback";

    /// <inheritdoc/>
    public override string Description => "logback and Log4j in their usual layout, Apache Guacamole among them";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new StackTraceJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        int start = ContainerLength(text);
        if (!Timestamps.TryReadIso8601(text[start..], context.Clock, out DateTimeOffset time, out int length))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = start + length };
        scanner.SkipSpaces();
        if (!scanner.TrySkip((byte)'[') || !scanner.TryReadTo((byte)']', out _))
        {
            return null;
        }

        scanner.SkipSpaces();
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> word) || !LevelName.TryParse(word, out LogLevel level))
        {
            return null;
        }

        scanner.SkipSpaces();
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> logger) || logger.IsEmpty || !scanner.TrySkip("- "u8))
        {
            return null;
        }

        bool isGuacamole = logger.StartsWith("o.a.g."u8) || logger.StartsWith("org.apache.guacamole."u8);
        string program = isGuacamole ? GuacamoleMessages.Program : context.Pool.Get(logger);
        AuthProgram family = isGuacamole ? AuthProgram.Application : AuthProgram.None;
        return new ServiceLine(family, program, time, scanner.Position) { Level = level }.ToEvent(line, context);
    }

    // docker compose puts "name  | " before each line.
    private static int ContainerLength(ReadOnlySpan<byte> text)
    {
        int bar = text.Length > 0 && !char.IsAsciiDigit((char)text[0])
            ? text[..Math.Min(text.Length, 96)].IndexOf(" | "u8)
            : -1;
        return bar < 0 ? 0 : bar + 3;
    }
}
