namespace LogAnomaly.Parsing;

/// <summary>
/// The error log of Apache httpd, 2.2 and 2.4:
/// <code>
/// [Www Mmm dd hh:mm:ss yyyy] [level] [client address] [(errno)text: ]message[, referer: referrer]
/// [Www Mmm dd hh:mm:ss.uuuuuu yyyy] [module:level] [pid n[:tid n]] [file(line): ][(errno)text: ]
///     [client address:port] message[, referer: referrer]
/// </code>
/// Errno, client and file may stand in any order; <c>remote</c> may stand for <c>client</c>. The message keeps its AH
/// code and its referrer; the template leaves the referrer out. A line without this header (the standard error of a CGI
/// program) is not of this format. With <c>ErrorLog syslog</c> a syslog header stands in the place of the stamp.
/// </summary>
public sealed class ApacheErrorFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "apache-error";

    /// <inheritdoc/>
    public override string Description => "Apache httpd error log (2.2 and 2.4)";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        if (!line.Span.StartsWith("["u8))
        {
            return SyslogHeader.TryRead(line.Span, context, out SyslogHeader header) && IsServer(header.Program)
                ? ParseBehind(header, line, context)
                : null;
        }

        FieldScanner scanner = new(line.Span);
        return TryReadStamp(ref scanner, context.Clock, out DateTimeOffset time)
            ? ParseBody(line, context, scanner, time)
            : null;
    }

    /// <summary>Whether a program of syslog is httpd by one of its names.</summary>
    /// <param name="program">Name of the program, which may go on with that of a server
    /// (<c>httpd/backend1</c>).</param>
    /// <returns>Whether it is.</returns>
    internal static bool IsServer(ReadOnlySpan<byte> program) =>
        program.StartsWith("httpd"u8) || program.StartsWith("apache"u8);

    /// <summary>Makes an event of what httpd wrote to syslog.</summary>
    /// <param name="header">The header of the line.</param>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where no line of the error log stands behind the header.</returns>
    internal static ApacheErrorEvent? ParseBehind(in SyslogHeader header, in LogLine line, ParseContext context)
    {
        FieldScanner scanner = new(line.Span) { Position = header.MessageStart };
        if (ParseBody(line, context, scanner, header.Time) is not { } made)
        {
            return null;
        }

        made.HostName = header.Host.IsEmpty ? null : context.Pool.Get(header.Host);
        made.Program = context.Pool.Get(header.Program);
        made.ProcessId ??= header.ProcessId;
        return made;
    }

    private static ApacheErrorEvent? ParseBody(
        in LogLine line, ParseContext context, FieldScanner scanner, DateTimeOffset? time)
    {
        if (!TryReadLevel(ref scanner, out ReadOnlySpan<byte> module, out LogLevel level, out bool hasModule))
        {
            return null;
        }

        ApacheErrorEvent made = new(line, context.Source)
        {
            Timestamp = time,
            Level = level,
            Module = module.IsEmpty ? null : context.Pool.Get(module),
        };
        ReadProcess(ref scanner, made);
        ReadPrefixes(ref scanner, made, hasModule, context.Pool);
        made.SetMessage(scanner.Position);
        int start = scanner.Position;
        ReadCode(ref scanner, made, hasModule, context.Pool);
        ReadReferrer(made, context.Pool);
        ReadOnlySpan<byte> text = made.TemplateSpan;
        ApacheAuthMessages.Classify(made, text[Math.Min(scanner.Position - start, text.Length)..], context.Pool);
        return made;
    }

    // httpd's own stamp, or ISO 8601 where ErrorLogFormat asks for it (%{cu}t).
    private static bool TryReadStamp(ref FieldScanner scanner, LogClock clock, out DateTimeOffset time)
    {
        time = default;
        if (!scanner.TrySkip((byte)'['))
        {
            return false;
        }

        ReadOnlySpan<byte> text = scanner.Rest;
        if (!(IsWeekday(text) && Timestamps.TryReadApacheError(text, clock, out time, out int length))
            && !Timestamps.TryReadIso8601(text, clock, out time, out length))
        {
            return false;
        }

        scanner.Position += length;
        return scanner.TrySkip((byte)']');
    }

    private static bool IsWeekday(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3)
        {
            return false;
        }

        int name = (text[0] << 16) | (text[1] << 8) | text[2];
        return name is (('M' << 16) | ('o' << 8) | 'n') or (('T' << 16) | ('u' << 8) | 'e')
            or (('W' << 16) | ('e' << 8) | 'd') or (('T' << 16) | ('h' << 8) | 'u')
            or (('F' << 16) | ('r' << 8) | 'i') or (('S' << 16) | ('a' << 8) | 't')
            or (('S' << 16) | ('u' << 8) | 'n');
    }

    // " [level]" or " [module:level]"; the module may be empty.
    private static bool TryReadLevel(
        ref FieldScanner scanner, out ReadOnlySpan<byte> module, out LogLevel level, out bool hasModule)
    {
        module = default;
        level = default;
        hasModule = false;
        scanner.SkipSpaces();
        if (!scanner.TrySkip((byte)'[') || !scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> field))
        {
            return false;
        }

        int colon = field.LastIndexOf((byte)':');
        hasModule = colon >= 0;
        module = hasModule ? field[..colon] : default;
        scanner.SkipSpaces();
        return TryParseLevel(field[(colon + 1)..], out level);
    }

    private static bool TryParseLevel(ReadOnlySpan<byte> name, out LogLevel level)
    {
        LogLevel? known = name.Length switch
        {
            4 when name.SequenceEqual("warn"u8) => LogLevel.Warning,
            4 when name.SequenceEqual("info"u8) => LogLevel.Informational,
            4 when name.SequenceEqual("crit"u8) => LogLevel.Critical,
            5 when name.SequenceEqual("error"u8) => LogLevel.Error,
            5 when name.SequenceEqual("debug"u8) => LogLevel.Debug,
            5 when name.SequenceEqual("alert"u8) => LogLevel.Alert,
            5 when name.SequenceEqual("emerg"u8) => LogLevel.Emergency,
            6 when name.SequenceEqual("notice"u8) => LogLevel.Notice,
            6 when name.StartsWith("trace"u8) && name[5] is >= (byte)'1' and <= (byte)'8' => LogLevel.Trace,
            _ => null,
        };
        level = known ?? default;
        return known is not null;
    }

    // "[pid 1] ", "[pid 1:tid 2] "
    private static void ReadProcess(ref FieldScanner scanner, ApacheErrorEvent made)
    {
        int start = scanner.Position;
        if (scanner.TrySkip("[pid "u8) && scanner.TryReadInt64(out long process) && process <= int.MaxValue)
        {
            long thread = 0;
            bool hasThread = scanner.TrySkip(":tid "u8) && scanner.TryReadInt64(out thread);
            if (scanner.TrySkip((byte)']'))
            {
                made.ProcessId = (int)process;
                made.ThreadId = hasThread ? thread : null;
                scanner.SkipSpaces();
                return;
            }
        }

        scanner.Position = start;
    }

    // httpd writes the errno before the client since 2.4 and after it before; each counts once, so that a message
    // cannot pose as more.
    private static void ReadPrefixes(ref FieldScanner scanner, ApacheErrorEvent made, bool hasPort, StringPool pool)
    {
        bool mayHaveFile = made.Level <= LogLevel.Debug;
        bool mayHaveError = true;
        bool mayHaveClient = true;
        while (!scanner.AtEnd)
        {
            if (mayHaveClient && ApacheClient.TryRead(ref scanner, made, hasPort, pool))
            {
                mayHaveClient = false;
            }
            else if (mayHaveError && ApacheSystemError.TryRead(ref scanner, made, pool))
            {
                mayHaveError = false;
            }
            else if (mayHaveFile && TrySkipFile(ref scanner))
            {
                mayHaveFile = false;
            }
            else
            {
                return;
            }
        }
    }

    // "mod_ssl.c(123): ": httpd names its source file from debug down.
    private static bool TrySkipFile(ref FieldScanner scanner)
    {
        ReadOnlySpan<byte> text = scanner.Rest;
        int open = text.IndexOf((byte)'(');
        int end = text.IndexOf("): "u8);
        if (open < 3 || end < open + 2 || text[..open].Contains((byte)' ') || !text[..open].Contains((byte)'.')
            || FieldScanner.ToInt32(text[(open + 1)..end]) is null)
        {
            return false;
        }

        scanner.Position += end + 3;
        return true;
    }

    // "AH01630: ". Where ErrorLogFormat puts the client behind it, the client is read and stays in the message.
    private static void ReadCode(ref FieldScanner scanner, ApacheErrorEvent made, bool hasPort, StringPool pool)
    {
        const int CodeLength = 7;
        ReadOnlySpan<byte> text = scanner.Rest;
        if (text.Length <= CodeLength || text[CodeLength] != ':' || text[0] != 'A' || text[1] != 'H'
            || FieldScanner.ToInt32(text[2..CodeLength]) is null)
        {
            return;
        }

        made.ErrorCode = pool.Get(text[..CodeLength]);
        scanner.Position += CodeLength + 1;
        scanner.SkipSpaces();
        if (made.SourceIP is null && made.SourceHost is null)
        {
            _ = ApacheClient.TryRead(ref scanner, made, hasPort, pool);
        }
    }

    // httpd appends the referrer, so the last one is its own.
    private static void ReadReferrer(ApacheErrorEvent made, StringPool pool)
    {
        ReadOnlySpan<byte> message = made.MessageSpan;
        int at = message.LastIndexOf(", referer: "u8);
        if (at < 0)
        {
            return;
        }

        made.Referrer = pool.GetOrNull(message[(at + ", referer: ".Length)..]);
        made.TemplateLength = at;
    }
}
