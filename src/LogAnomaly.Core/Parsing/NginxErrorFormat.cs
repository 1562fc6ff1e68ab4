namespace LogAnomaly.Parsing;

/// <summary>
/// The error log of nginx:
/// <code>
/// yyyy/mm/dd hh:mm:ss [level] pid#tid: [*connection ]message[ (errno: text)][, client: address, server: name
///     [, request: "line"][, subrequest: "path"][, upstream: "url"][, host: "name"][, referrer: "url"]]
/// </code>
/// nginx escapes nothing there, so paths, users, requests and referrers may hold any of these words;
/// <see cref="NginxErrorFields"/> says which count. Lines of stack traces are joined to the line before.
/// </summary>
public sealed class NginxErrorFormat : LogFormat
{
    private const int StampLength = 19;

    /// <inheritdoc/>
    public override string Name => "nginx-error";

    /// <inheritdoc/>
    public override string Description => "nginx error log";

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new StackTraceJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!TryReadStamp(text, context.Clock, out DateTimeOffset time))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = StampLength };
        if (!scanner.TrySkip(" ["u8) || !scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> word)
            || !TryParseLevel(word, out LogLevel level) || !scanner.TrySkip((byte)' ')
            || !scanner.TryReadInt64(out long process) || process > int.MaxValue || !scanner.TrySkip((byte)'#')
            || !scanner.TryReadInt64(out long thread) || !scanner.TrySkip((byte)':'))
        {
            return null;
        }

        scanner.SkipSpaces();
        NginxErrorEvent made = new(line, context.Source)
        {
            Timestamp = time,
            Level = level,
            ProcessId = (int)process,
            ThreadId = thread,
        };
        if (scanner.TrySkip((byte)'*'))
        {
            int start = scanner.Position;
            if (scanner.TryReadInt64(out _) && scanner.TrySkip((byte)' '))
            {
                made.RequestId = context.Pool.Get(text[start..(scanner.Position - 1)]);
            }
            else
            {
                scanner.Position = start - 1;
            }
        }

        made.SetMessage(scanner.Position);
        ReadOnlySpan<byte> message = made.MessageSpan;
        int end = NginxErrorFields.Read(message, made, context.Pool);
        made.TemplateLength = end == message.Length ? -1 : end;
        NginxMessages.Classify(message[..end], made, context.Pool);
        return made;
    }

    private static bool TryReadStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < StampLength || text[4] != '/' || text[7] != '/' || text[10] != ' ')
        {
            return false;
        }

        Span<byte> iso = stackalloc byte[StampLength];
        text[..StampLength].CopyTo(iso);
        iso[4] = iso[7] = (byte)'-';
        return Timestamps.TryReadIso8601(iso, clock, out time, out _);
    }

    private static bool TryParseLevel(ReadOnlySpan<byte> word, out LogLevel level)
    {
        LogLevel? known = word.Length switch
        {
            4 when word.SequenceEqual("warn"u8) => LogLevel.Warning,
            4 when word.SequenceEqual("info"u8) => LogLevel.Informational,
            4 when word.SequenceEqual("crit"u8) => LogLevel.Critical,
            5 when word.SequenceEqual("error"u8) => LogLevel.Error,
            5 when word.SequenceEqual("debug"u8) => LogLevel.Debug,
            5 when word.SequenceEqual("alert"u8) => LogLevel.Alert,
            5 when word.SequenceEqual("emerg"u8) => LogLevel.Emergency,
            6 when word.SequenceEqual("notice"u8) => LogLevel.Notice,
            6 when word.SequenceEqual("stderr"u8) => LogLevel.Error,
            _ => null,
        };
        level = known ?? default;
        return known is not null;
    }
}
