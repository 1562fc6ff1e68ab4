namespace LogAnomaly.Parsing;

/// <summary>
/// The logs of Prowlarr, Sonarr, Radarr and their kin: <c>yyyy-mm-dd hh:mm:ss.f "|" level "|" logger "|" text</c>.
/// Logins are <c>"Auth-" ("Failure" / "Success" / "Unauthorized") " ip " address " username '" name "'"</c>.
/// </summary>
public sealed class ServarrFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "servarr";

    /// <inheritdoc/>
    public override string Description => "logs of Prowlarr, Sonarr, Radarr and their kin";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new StackTraceJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!Timestamps.TryReadIso8601(text, context.Clock, out DateTimeOffset time, out int length))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = length };
        if (!scanner.TrySkip((byte)'|') || !scanner.TryReadTo((byte)'|', out ReadOnlySpan<byte> word)
            || !LevelName.TryParse(word, out LogLevel level)
            || !scanner.TryReadTo((byte)'|', out ReadOnlySpan<byte> logger) || logger.IsEmpty)
        {
            return null;
        }

        return logger.SequenceEqual("Auth"u8) && text[scanner.Position..].StartsWith("Auth-"u8)
            ? MakeLogin(line, context, time, level, scanner.Position)
            : new ServiceLine(AuthProgram.None, context.Pool.Get(logger), time, scanner.Position) { Level = level }
                .ToEvent(line, context);
    }

    private static AuthEvent MakeLogin(
        in LogLine line, ParseContext context, DateTimeOffset time, LogLevel level, int start)
    {
        AuthEvent made = new(line, context.Source) { Timestamp = time, Program = "servarr", Level = level };
        made.SetMessage(start);
        AuthMessage message = new(made, context, line.Span[start..]);
        ReadOnlySpan<byte> happened = Utf8Text.Before(message.Text, (byte)' ');
        bool isGranted = happened.SequenceEqual("Auth-Success"u8);
        bool isLogout = happened.SequenceEqual("Auth-Logout"u8);
        message.Set(isLogout ? "session" : "authentication", isLogout ? "session_logout" : ServiceMessages.Login,
            isGranted || isLogout ? Outcome.Success : Outcome.Failure);
        message.SetSource(Utf8Text.Between(message.Text, " ip "u8, (byte)' '));
        made.UserName = Utf8Text.TrySplit(message.Text, " username '"u8, out _, out ReadOnlySpan<byte> name)
            ? message.Get(name.TrimEnd((byte)'\'')) : null;
        return made;
    }
}
