namespace LogAnomaly.Parsing;

/// <summary>
/// What Cisco devices write before their mnemonics (<c>%SYS-5-CONFIG_I:</c>), where it is not the header of other
/// programs:
/// <code>
/// prefix = [relay] [number ":" SP] [host ":" SP] [number ":" SP] ["*" / "."] stamp [SP zone] ":" SP
/// stamp  = that of RFC 3164, with a year or a fraction too / the time since the start, as "00:00:46" or "1w2d"
/// relay  = stamp SP host SP                                     ; by the syslog server that took the line
/// </code>
/// A star stands before the time of a clock that was never set, a dot before that of one that lost its server.
/// </summary>
internal ref struct CiscoHeader
{
    private const int MostParts = 6;

    /// <summary>The time, or null.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>The host, or empty.</summary>
    public ReadOnlySpan<byte> Host { get; private set; }

    /// <summary>Index of the mnemonic.</summary>
    public int TagStart { get; private set; }

    /// <summary>Reads the prefix.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Index of the prefix.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="header">What was read.</param>
    /// <returns>Whether a mnemonic follows the prefix, of which any part may be missing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, int start, LogClock clock, out CiscoHeader header)
    {
        header = default;
        int at = start;
        for (int part = 0; part < MostParts && at < line.Length; part++)
        {
            if (line[at] == '%')
            {
                header.TagStart = at;
                return IsMnemonic(line[at..]);
            }

            if (!header.ReadPart(line, ref at, clock))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The level that a mnemonic names, as 5 in <c>%SYS-5-CONFIG_I</c>.</summary>
    /// <param name="mnemonic">The mnemonic with its per cent sign.</param>
    /// <returns>The level, or null.</returns>
    public static LogLevel? LevelOf(ReadOnlySpan<byte> mnemonic)
    {
        for (int at = 1; at + 2 < mnemonic.Length; at++)
        {
            if (mnemonic[at] == '-' && mnemonic[at + 2] == '-' && mnemonic[at + 1] is >= (byte)'0' and <= (byte)'7')
            {
                return mnemonic[0] == '%' ? SyslogSeverity.ToLevel(mnemonic[at + 1] - '0') : null;
            }
        }

        return null;
    }

    private bool ReadPart(ReadOnlySpan<byte> line, ref int at, LogClock clock)
    {
        int stampAt = at + (line[at] is (byte)'*' or (byte)'.' ? 1 : 0);
        if (SyslogStamp.Read(line[stampAt..], clock, out DateTimeOffset? time, out int length) == SyslogStampForm.Named)
        {
            Time = time;
            at = SkipZone(line, stampAt + length);
            return at < line.Length;
        }

        ReadOnlySpan<byte> word = Utf8Text.Before(line[at..], (byte)' ');
        if (word.IsEmpty || at + word.Length >= line.Length)
        {
            return false;
        }

        // A host stands before a colon where the device sends it, and behind a stamp where a server took the line.
        bool isColon = word.Length == 1 && word[0] == ':';
        bool isNumber = !word[..^1].ContainsAnyExceptInRange((byte)'0', (byte)':') && word[^1] == ':';
        if (!isColon && !isNumber)
        {
            if (!Host.IsEmpty || (word[^1] != ':' && Time is null))
            {
                return false;
            }

            Host = word[^1] == ':' ? word[..^1] : word;
        }

        at += word.Length + 1;
        return true;
    }

    // " UTC: ", ": " or " "
    private static int SkipZone(ReadOnlySpan<byte> line, int at)
    {
        int end = at;
        if (end < line.Length && line[end] == ' ')
        {
            int letters = end + 1;
            while (letters < line.Length && char.IsAsciiLetter((char)line[letters]))
            {
                letters++;
            }

            end = letters - end is > 2 and < 8 && letters < line.Length && line[letters] == ':' ? letters : end;
        }

        end += end < line.Length && line[end] == ':' ? 1 : 0;
        return end < line.Length && line[end] == ' ' ? end + 1 : line.Length;
    }

    private static bool IsMnemonic(ReadOnlySpan<byte> text) =>
        LevelOf(Utf8Text.Before(text, (byte)' ')) is not null;
}
