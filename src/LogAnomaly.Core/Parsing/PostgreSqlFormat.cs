namespace LogAnomaly.Parsing;

/// <summary>
/// The log of PostgreSQL: <c>prefix level ":  " text</c>. The prefix is what log_line_prefix orders; it must hold a
/// stamp, at its start or behind one word (a client), and it may hold the client and the process in brackets.
/// </summary>
public sealed class PostgreSqlFormat : LogFormat
{
    private const int LongestPrefix = 200;

    /// <inheritdoc/>
    public override string Name => "postgresql";

    /// <inheritdoc/>
    public override string Description => "log of PostgreSQL: statements, faults and refused logins";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!TryReadStamp(text, context.Clock, out DateTimeOffset time)
            || !TryFindLevel(text, out int start, out LogLevel level))
        {
            return null;
        }

        ReadOnlySpan<byte> prefix = text[..start];
        int end = start + text[start..].IndexOf((byte)':') + 3;
        ServiceLine made = new(AuthProgram.Database, "postgres", time, Math.Min(end, text.Length))
        {
            ProcessId = PostgreSqlPrefix.Process(prefix),
            Level = level,
        };
        LogEvent result = made.ToEvent(line, context);
        if (result is AuthEvent { SourceIP: null } auth)
        {
            PostgreSqlPrefix.SetClient(new AuthMessage(auth, context, auth.MessageSpan), prefix);
        }

        return result;
    }

    private static bool TryReadStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        if (Timestamps.TryReadIso8601(text, clock, out time, out int length) && length >= 19 && text[10] == ' ')
        {
            return true;
        }

        ReadOnlySpan<byte> word = Utf8Text.Before(text, (byte)' ');
        int at = word.Length + 1;
        return SourceAddress.TryParse(word, out _) && at < text.Length
            && Timestamps.TryReadIso8601(text[at..], clock, out time, out length) && text[at + 10] == ' ';
    }

    // Two spaces follow the colon, which hardly another writer does.
    private static bool TryFindLevel(ReadOnlySpan<byte> text, out int start, out LogLevel level)
    {
        level = default;
        start = 0;
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, LongestPrefix)];
        int colon = head.IndexOf(":  "u8);
        if (colon < 0)
        {
            return false;
        }

        int mark = head[..colon].LastIndexOfAny((byte)' ', (byte)':');
        start = mark + 1;
        LogLevel? known = LevelOf(head[start..colon]);
        level = known ?? default;
        return known is not null;
    }

    private static LogLevel? LevelOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("LOG"u8) => LogLevel.Informational,
        4 when name.SequenceEqual("INFO"u8) || name.SequenceEqual("HINT"u8) => LogLevel.Informational,
        5 when name.SequenceEqual("ERROR"u8) => LogLevel.Error,
        5 when name.SequenceEqual("FATAL"u8) => LogLevel.Critical,
        5 when name.SequenceEqual("PANIC"u8) => LogLevel.Alert,
        6 when name.SequenceEqual("DETAIL"u8) || name.SequenceEqual("NOTICE"u8) => LogLevel.Notice,
        6 when name.StartsWith("DEBUG"u8) => LogLevel.Debug,
        7 when name.SequenceEqual("WARNING"u8) => LogLevel.Warning,
        7 when name.SequenceEqual("CONTEXT"u8) => LogLevel.Informational,
        9 when name.SequenceEqual("STATEMENT"u8) => LogLevel.Informational,
        _ => null,
    };
}
