namespace LogAnomaly.Parsing;

/// <summary>
/// The header of a syslog line:
/// <code>
/// line     = [pri] (rfc3164 / iso) ; or RFC 5424
/// pri      = "&lt;" 0 to 191 "&gt;"
/// rfc3164  = stamp [":"] [host SP [facility "." severity SP]] [tag] message
/// rfc5424  = pri version SP stamp SP host SP app SP procid SP msgid SP (structured data / "-") [SP message]
/// tag      = name ["(" sub-tag ")"] ["[" pid "]"] [":"]    ; one of pid and colon must be there
/// </code>
/// A line with an ISO stamp, or with a priority and no stamp, is taken only with a tag: too much else begins so.
/// </summary>
internal ref struct SyslogHeader
{
    /// <summary>Time of the line, or null.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>Level by the priority or by a severity's name, or null.</summary>
    public LogLevel? Level { get; private set; }

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

    /// <summary>Reads the header of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="header">The header.</param>
    /// <returns>Whether the line has one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, LogClock clock, out SyslogHeader header)
    {
        header = default;
        int at = 0;
        bool hasPriority = header.ReadPriority(line, ref at);
        if (hasPriority && Rfc5424Header.IsVersion(line[at..]))
        {
            return Rfc5424Header.TryRead(line, at, clock, ref header);
        }

        bool needsTag = true;
        if (SyslogStamp.TryRead(line[at..], clock, out DateTimeOffset time, out int length, out bool isIso))
        {
            header.Time = time;
            at += length;
            needsTag = isIso;
            at += at < line.Length && line[at] == ':' ? 1 : 0;
            if (at >= line.Length || line[at] != ' ')
            {
                return false;
            }
        }
        else if (!hasPriority)
        {
            return false;
        }

        at = SkipSpaces(line, at);
        return header.ReadHostAndTag(line, at, needsTag);
    }

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
    }

    private bool ReadPriority(ReadOnlySpan<byte> line, scoped ref int at)
    {
        FieldScanner scanner = new(line);
        if (!scanner.TrySkip((byte)'<') || !scanner.TryReadInt64(out long priority) || priority > 191
            || scanner.Position > 4 || !scanner.TrySkip((byte)'>'))
        {
            return false;
        }

        Level = SyslogSeverity.ToLevel((int)priority & 7);
        at = scanner.Position;
        return true;
    }

    private bool ReadHostAndTag(ReadOnlySpan<byte> line, int at, bool needsTag)
    {
        if (at >= line.Length)
        {
            return false;
        }

        if (TryReadTag(line, at))
        {
            return true;
        }

        Host = Utf8Text.Before(line[at..], (byte)' ');
        at = SkipSpaces(line, at + Host.Length);
        ReadOnlySpan<byte> word = Utf8Text.Before(line[at..], (byte)' ');
        if (SyslogSeverity.TryParse(word, out LogLevel level))
        {
            Level = level;
            at = SkipSpaces(line, at + word.Length);
        }

        if (TryReadTag(line, at))
        {
            return true;
        }

        // "last message repeated 2 times", "-- MARK --" and the like have no tag.
        MessageStart = at;
        return !needsTag;
    }

    private bool TryReadTag(ReadOnlySpan<byte> line, int start)
    {
        ReadOnlySpan<byte> rest = line[start..];
        int nameStart = !rest.IsEmpty && rest[0] == '[' ? 1 : 0;
        int nameLength = NameLength(rest[nameStart..]);
        if (nameLength == 0 || (nameStart == 1 && char.IsAsciiDigit((char)rest[1])))
        {
            // The kernel's "[12345.678]" is no tag.
            return false;
        }

        int at = nameStart + nameLength;
        ReadOnlySpan<byte> name = rest.Slice(nameStart, nameLength);
        ReadOnlySpan<byte> subTag = ReadEnclosed(rest, ref at, (byte)'(', (byte)')');

        // "[sshd]:" and the stray bracket of "gdm-password]:"
        bool isClosed = at < rest.Length && rest[at] == ']';
        at += isClosed ? 1 : 0;
        int beforeProcess = at;
        ReadOnlySpan<byte> process = ReadEnclosed(rest, ref at, (byte)'[', (byte)']');
        bool isTag = (isClosed && nameStart == 1) || at > beforeProcess || SkipVersion(rest, ref at);
        if (at < rest.Length && rest[at] == ':' && (at + 1 == rest.Length || rest[at + 1] == ' '))
        {
            isTag = true;
            at++;
        }

        if (!isTag || (at < rest.Length && rest[at] != ' ' && rest[at - 1] != ':' && rest[at] != ':'))
        {
            return false;
        }

        at += at < rest.Length && rest[at] == ':' ? 1 : 0;
        Program = name;
        SubTag = subTag;
        ProcessId = FieldScanner.ToInt32(process);
        MessageStart = SkipSpaces(line, start + at);
        return true;
    }

    // "syslogd 1.4.1: restart."
    private static bool SkipVersion(ReadOnlySpan<byte> rest, ref int at)
    {
        int end = at + 1;
        while (end < rest.Length && (char.IsAsciiDigit((char)rest[end]) || rest[end] == '.'))
        {
            end++;
        }

        if (end >= rest.Length || rest[at] != ' ' || rest[end] != ':' || rest[at..end].IndexOf((byte)'.') <= 1)
        {
            // Without a dot it is the sequence number of a Cisco device.
            return false;
        }

        at = end;
        return true;
    }

    private static ReadOnlySpan<byte> ReadEnclosed(ReadOnlySpan<byte> rest, scoped ref int at, byte open, byte close)
    {
        if (at >= rest.Length || rest[at] != open)
        {
            return default;
        }

        int length = rest[(at + 1)..].IndexOfAny(close, (byte)' ');
        if (length < 0 || rest[at + 1 + length] != close)
        {
            return default;
        }

        ReadOnlySpan<byte> inner = rest.Slice(at + 1, length);
        at += length + 2;
        return inner;
    }

    private static int SkipSpaces(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at;
    }

    // A colon ends a name only before a space: programs may be called "a:b".
    private static int NameLength(ReadOnlySpan<byte> rest)
    {
        // systemd names processes of its own so, as "(systemd)" or "(sd-pam)".
        int close = rest.Length > 2 && rest[0] == '(' ? rest.IndexOf((byte)')') : -1;
        if (close > 1 && close + 1 < rest.Length && rest[close + 1] is (byte)':' or (byte)'[')
        {
            return rest[..close].Contains((byte)' ') ? 0 : close + 1;
        }

        for (int i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case (byte)' ' or (byte)'[' or (byte)']' or (byte)'(' or (byte)'<' or (byte)'"' or (byte)'=':
                    return i;
                case (byte)':' when i + 1 == rest.Length || rest[i + 1] == ' ':
                    return i;
                default:
                    break;
            }
        }

        return rest.Length;
    }
}
