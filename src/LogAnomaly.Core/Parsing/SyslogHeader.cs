using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// The header of a syslog line:
/// <code>
/// line     = [length SP] [pri] (rfc3164 / rfc5424 / cisco)   ; a length is the frame of RFC 6587
/// pri      = "&lt;" 0 to 191 "&gt;"
/// rfc3164  = [stamp [":"] SP] [place] [tag] message
/// place    = [mark SP] [host SP] [mark SP]
/// mark     = facility "." severity / "&lt;" facility "." severity "&gt;"   ; busybox, BSD
/// cisco    = [number ":" SP] [host ":" SP] ["*" / "."] stamp [SP zone] ":" SP "%" mnemonic ":" SP message
/// rfc5424  = [version SP] stamp SP host SP app SP procid SP msgid SP (structured data / "-") [SP message]
/// </code>
/// A tag is what <see cref="SyslogTag"/> reads. A line with an ISO stamp or one in seconds, or with a priority and no
/// stamp, is taken only with a tag: too much else begins so.
/// </summary>
internal ref struct SyslogHeader
{
    private static readonly SearchValues<byte> s_endOfHost = SearchValues.Create(" []():<"u8);

    // One more than the bytes of the message; 0 where it is the rest of the line.
    private int _messageLength;

    /// <summary>Time of the line, or null.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>Level by the priority or by a severity's name, or null.</summary>
    public LogLevel? Level { get; private set; }

    /// <summary>Facility by the priority or by its name, or null.</summary>
    public string? Facility { get; private set; }

    /// <summary>Host, or empty.</summary>
    public ReadOnlySpan<byte> Host { get; private set; }

    /// <summary>Program, or empty.</summary>
    public ReadOnlySpan<byte> Program { get; private set; }

    /// <summary>What stands in parentheses behind the program, such as <c>pam_unix</c>, or empty.</summary>
    public ReadOnlySpan<byte> SubTag { get; private set; }

    /// <summary>Process id, or null.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Index of the first byte of the message.</summary>
    public int MessageStart { get; private set; }

    /// <summary>Whether the line is of RFC 5424, so that it may have structured data.</summary>
    public bool IsStructured { get; private set; }

    /// <summary>Reads the header of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Settles year and zone, and knows the last stamp.</param>
    /// <param name="header">The header.</param>
    /// <returns>Whether the line has one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, ParseContext context, out SyslogHeader header)
    {
        header = default;
        SyslogStampCache stamps = context.Syslog.Stamps;
        if (line.Length > Timestamps.Rfc3164Length + 1 && stamps.TryGet(line, context.Clock, out DateTimeOffset time))
        {
            header.Time = time;
            return header.ReadPlaceAndTag(line, Timestamps.Rfc3164Length + 1, needsTag: false);
        }

        int at = FrameLength(line);
        bool hasPriority = header.ReadPriority(line, ref at);
        if (hasPriority && Rfc5424Header.IsVersion(line[at..]))
        {
            return Rfc5424Header.TryRead(line, at, context.Clock, ref header);
        }

        bool isCisco = hasPriority && at < line.Length && !char.IsAsciiLetter((char)line[at])
            && header.ReadCisco(line, at, context.Clock);
        if (isCisco || !header.ReadStamped(line, at, hasPriority, context))
        {
            return isCisco || header.ReadCisco(line, at, context.Clock)
                || Rfc5424Header.TryReadBare(line, at, context.Clock, ref header);
        }

        if (header.Program.IsEmpty && header.MessageStart < line.Length
            && line[header.MessageStart] is >= (byte)'*' and <= (byte)':')
        {
            // A syslog server's header before that of a device.
            header.ReadCisco(line, at, context.Clock);
        }

        return true;
    }

    /// <summary>Makes the header of an entry of the journal, which names its parts.</summary>
    /// <param name="time">Time, or null.</param>
    /// <param name="level">Level, or null.</param>
    /// <param name="facility">Facility, or null.</param>
    /// <param name="host">Host, or empty.</param>
    /// <param name="program">Program, or empty.</param>
    /// <param name="processId">Process id, or null.</param>
    /// <param name="message">Index of the message from the start of the line, and its bytes.</param>
    /// <returns>The header.</returns>
    public static SyslogHeader Create(
        DateTimeOffset? time, LogLevel? level, string? facility, ReadOnlySpan<byte> host, ReadOnlySpan<byte> program,
        int? processId, (int Start, int Length) message) =>
        new()
        {
            Time = time,
            Level = level,
            Facility = facility,
            Host = host,
            Program = program,
            ProcessId = processId,
            MessageStart = message.Start,
            _messageLength = message.Length + 1,
        };

    /// <summary>Bytes of the message.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The bytes.</returns>
    public readonly int MessageLength(in LogLine line) =>
        _messageLength > 0 ? _messageLength - 1 : line.Length - MessageStart;

    /// <summary>Sets what an RFC 5424 header holds.</summary>
    /// <param name="time">Time, or null.</param>
    /// <param name="host">Host, or empty.</param>
    /// <param name="program">Program, or empty.</param>
    /// <param name="processId">Process id, or null.</param>
    /// <param name="messageStart">Index of the first byte of the message.</param>
    internal void Set(
        DateTimeOffset? time, ReadOnlySpan<byte> host, ReadOnlySpan<byte> program, int? processId, int messageStart)
    {
        Time = time;
        Host = host;
        Program = program;
        ProcessId = processId;
        MessageStart = messageStart;
        IsStructured = true;
    }

    private bool ReadStamped(ReadOnlySpan<byte> line, int at, bool hasPriority, ParseContext context)
    {
        SyslogStampForm form = SyslogStamp.Read(line[at..], context.Clock, out DateTimeOffset? time, out int length);
        Time = time;
        switch (form)
        {
            case SyslogStampForm.None:
                return hasPriority && ReadPlaceAndTag(line, SkipSpaces(line, at), needsTag: true);
            case SyslogStampForm.Uptime:
                return at + length < line.Length && line[at + length] == ' '
                    && ReadAfterUptime(line, SkipSpaces(line, at + length), hasPriority);
            case SyslogStampForm.Weekday:
                return ReadAfterWeekday(line, SkipSpaces(line, at + length));
            default:
                break;
        }

        if (form == SyslogStampForm.Named && at == 0 && length == Timestamps.Rfc3164Length
            && line.Length > Timestamps.Rfc3164Length + 1 && line[length] == ' ')
        {
            context.Syslog.Stamps.Keep(line, context.Clock, time!.Value);
        }

        at += length;
        at += at < line.Length && line[at] == ':' ? 1 : 0;
        if (at >= line.Length || line[at] != ' ')
        {
            return false;
        }

        bool needsTag = form != SyslogStampForm.Named;
        return ReadPlaceAndTag(line, SkipSpaces(line, at), needsTag) && (!needsTag || hasPriority || IsOfSyslog());
    }

    // "2024-06-03 08:01:02 INFO: started" is of an application's own log.
    private readonly bool IsOfSyslog() =>
        Host.IsEmpty
            ? ProcessId is not null || Program.SequenceEqual("kernel"u8)
            : !char.IsAsciiLetterUpper((char)Host[0]) || ProcessId is not null || !LevelName.IsLevel(Host);

    // "[    5.123456] web1 systemd[1]: text" (journalctl); other lines that begin so are the kernel's (DmesgFormat).
    private bool ReadAfterUptime(ReadOnlySpan<byte> line, int at, bool hasPriority)
    {
        if (hasPriority)
        {
            Program = "kernel"u8;
            MessageStart = at;
            return true;
        }

        int space = line[at..].IndexOf((byte)' ');
        ReadOnlySpan<byte> host = space > 0 ? line.Slice(at, space) : default;
        bool isHost = !host.IsEmpty && host[^1] != ':' && !host.ContainsAny((byte)'[', (byte)'(');
        if (!isHost || !TryReadTag(line, at + space + 1) || (ProcessId is null && !Program.SequenceEqual("kernel"u8)))
        {
            return false;
        }

        Host = host;
        return true;
    }

    // logread of OpenWrt: "daemon.info dnsmasq[1]: text", with -t "[1672531200.123] " before it.
    private bool ReadAfterWeekday(ReadOnlySpan<byte> line, int at)
    {
        if (at >= line.Length)
        {
            return false;
        }

        int stamp = SyslogStamp.UptimeLength(line[at..]);
        at = stamp > 0 ? SkipSpaces(line, at + stamp) : at;
        ReadOnlySpan<byte> word = Utf8Text.Before(line[at..], (byte)' ');
        if (!TryReadMark(word))
        {
            return false;
        }

        at = SkipSpaces(line, at + word.Length);
        if (!TryReadTag(line, at))
        {
            MessageStart = at;
        }

        return true;
    }

    private bool ReadPriority(ReadOnlySpan<byte> line, scoped ref int at)
    {
        FieldScanner scanner = new(line) { Position = at };
        if (!scanner.TrySkip((byte)'<') || !scanner.TryReadInt64(out long priority) || priority > 191
            || scanner.Position > at + 4 || !scanner.TrySkip((byte)'>'))
        {
            return false;
        }

        Level = SyslogSeverity.ToLevel((int)priority & 7);
        Facility = SyslogFacility.Name((int)priority >> 3);
        at = scanner.Position;
        return true;
    }

    private bool ReadPlaceAndTag(ReadOnlySpan<byte> line, int at, bool needsTag)
    {
        at = SkipSpaces(line, at);
        if (at < line.Length && line[at] == '<')
        {
            at = SkipMark(line, at);
        }

        if (at >= line.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[at..];
        int end = rest.IndexOfAny(s_endOfHost);
        bool isPlain = end > 0 && rest[end] == ' ' && end + 1 < rest.Length && !char.IsAsciiDigit((char)rest[end + 1]);
        if (!isPlain)
        {
            if (TryReadTag(line, at))
            {
                return true;
            }

            end = rest.IndexOf((byte)' ');
            end = end < 0 ? rest.Length : end;
        }

        if (SyslogRepeats.IsRepeat(rest))
        {
            MessageStart = at;
            return true;
        }

        Host = rest[..end];
        if (Host.Contains((byte)'.') && TryReadMark(Host))
        {
            Host = default;
        }

        return ReadTag(line, SkipSpaces(line, at + end), needsTag);
    }

    private bool ReadTag(ReadOnlySpan<byte> line, int at, bool needsTag)
    {
        if (TryReadTag(line, at))
        {
            return true;
        }

        at = SkipMark(line, at);
        if (at + 1 < line.Length && line[at] == ':' && line[at + 1] == ' ')
        {
            // "Oct 10 2018 12:34:56 fw1 : %ASA-6-305012: text"
            at += 2;
        }

        if (TryReadTag(line, at) || (at < line.Length && SyslogTag.TryReadWords(line, at, out SyslogTag words)
            && Take(line, words)))
        {
            return true;
        }

        // "last message repeated 2 times", "-- MARK --" and the like have no tag.
        MessageStart = at;
        return !needsTag || SyslogRepeats.IsRepeat(line[at..]);
    }

    // "daemon.err " and "<auth.info> "
    private int SkipMark(ReadOnlySpan<byte> line, int at)
    {
        ReadOnlySpan<byte> word = Utf8Text.Before(line[at..], (byte)' ');
        bool isMark = word.Length > 2 && word[0] == '<' && word[^1] == '>'
            ? TryReadMark(word[1..^1])
            : TryReadMark(word);
        return isMark ? SkipSpaces(line, at + word.Length) : at;
    }

    private bool TryReadMark(ReadOnlySpan<byte> word)
    {
        if (!SyslogFacility.TryParse(word, out string facility, out LogLevel level))
        {
            return false;
        }

        Level = level;
        Facility = facility;
        return true;
    }

    private bool TryReadTag(ReadOnlySpan<byte> line, int at) =>
        SyslogTag.TryRead(line, at, out SyslogTag tag) && Take(line, tag);

    private bool Take(ReadOnlySpan<byte> line, in SyslogTag tag)
    {
        Program = tag.Name;
        SubTag = tag.SubTag;
        ProcessId = tag.ProcessId;
        MessageStart = tag.MessageStart;
        Level = tag.Level ?? Level;
        if (MessageStart < line.Length && line[MessageStart] == '%')
        {
            TakeMnemonic(line);
        }
        else if (Program[0] == '%')
        {
            Level ??= CiscoHeader.LevelOf(Program);
        }

        return true;
    }

    // "10.0.0.1: %ASA-6-305012: text", "CiscoASA[99]: %ASA-6-305012: text"; a zone ("UTC: ") is no host.
    private void TakeMnemonic(ReadOnlySpan<byte> line)
    {
        if (!SyslogTag.TryRead(line, MessageStart, out SyslogTag mnemonic)
            || CiscoHeader.LevelOf(mnemonic.Name) is not { } level)
        {
            return;
        }

        bool isZone = Program.Length < 6 && !Program.ContainsAny((byte)'.', (byte)'-', (byte)':')
            && !Program.ContainsAnyInRange((byte)'0', (byte)'9');
        Host = Host.IsEmpty && ProcessId is null && !isZone ? Program : Host;
        Program = mnemonic.Name;
        ProcessId = null;
        Level ??= level;
        MessageStart = mnemonic.MessageStart;
    }

    private bool ReadCisco(ReadOnlySpan<byte> line, int start, LogClock clock)
    {
        if (!CiscoHeader.TryRead(line, start, clock, out CiscoHeader cisco) || !TryReadTag(line, cisco.TagStart))
        {
            return false;
        }

        Time = cisco.Time;
        Host = cisco.Host;
        Level ??= CiscoHeader.LevelOf(Program);
        return true;
    }

    // "123 <34>1 ...": octets of the message, counted (RFC 6587).
    private static int FrameLength(ReadOnlySpan<byte> line)
    {
        int digits = 0;
        while (digits < 7 && digits < line.Length && char.IsAsciiDigit((char)line[digits]))
        {
            digits++;
        }

        return digits > 0 && digits + 1 < line.Length && line[digits] == ' ' && line[digits + 1] == '<'
            ? digits + 1
            : 0;
    }

    private static int SkipSpaces(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
