namespace LogAnomaly.Parsing;

/// <summary>
/// The lines of Monolog, the logger of PHP's applications (Magento, Symfony, Laravel):
/// <c>"[" ISO8601 "] " channel "." LEVEL ": " text [SP context-as-JSON [SP extra-as-JSON]]</c>. A failed login is known
/// by the type that a module gives it in the context.
/// </summary>
public sealed class MonologFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "monolog";

    /// <inheritdoc/>
    public override string Description => "Monolog: Magento, Symfony, Laravel and other applications in PHP";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new StackTraceJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.Length < 24 || text[0] != '['
            || !Timestamps.TryReadIso8601(text[1..], context.Clock, out DateTimeOffset time, out int length)
            || !text[(length + 1)..].StartsWith("] "u8))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = length + 3 };
        if (!scanner.TryReadTo((byte)':', out ReadOnlySpan<byte> name)
            || name.LastIndexOf((byte)'.') is not (> 0 and int dot) || name.Contains((byte)' ')
            || !LevelName.TryParse(name[(dot + 1)..], out LogLevel level))
        {
            return null;
        }

        scanner.SkipSpaces();
        string channel = context.Pool.Get(name[..dot]);
        ReadOnlySpan<byte> type = Utf8Text.Between(text[scanner.Position..], "\"type\":\""u8, (byte)'"');
        return type.EndsWith("LOGIN_FAILED"u8)
            ? MakeLogin(line, context, time, level, channel, scanner.Position)
            : new ServiceLine(AuthProgram.None, channel, time, scanner.Position) { Level = level }
                .ToEvent(line, context);
    }

    private static AuthEvent MakeLogin(
        in LogLine line, ParseContext context, DateTimeOffset time, LogLevel level, string channel, int start)
    {
        AuthEvent made = new(line, context.Source) { Timestamp = time, Program = channel, Level = level };
        made.SetMessage(start);
        AuthMessage message = new(made, context, line.Span[start..]);
        message.Set("authentication", ServiceMessages.Login, Outcome.Failure);
        message.SetSource(Utf8Text.Between(message.Text, "\"ip\":\""u8, (byte)'"'));
        made.UserName = message.Get(Utf8Text.Between(message.Text, "\"username\":\""u8, (byte)'"'));
        message.SetReason(Utf8Text.Between(message.Text, "\"type\":\""u8, (byte)'"'));
        return made;
    }
}
