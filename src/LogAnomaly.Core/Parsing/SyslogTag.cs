using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// The tag of a syslog line:
/// <code>
/// tag = name ["(" sub-tag ")"] ["[" pid "]"] [SP "(" sub-tag ")"] [SP "&lt;" level "&gt;"] [":"]
///       ; one of pid and colon must be there
/// </code>
/// The parts behind the process id are those of macOS.
/// </summary>
internal ref struct SyslogTag
{
    private const int LongestWords = 60;
    private static readonly SearchValues<byte> s_endOfName = SearchValues.Create(" [](<\"=:"u8);

    /// <summary>Name of the program.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What stands in parentheses behind it, or empty.</summary>
    public ReadOnlySpan<byte> SubTag { get; private set; }

    /// <summary>Process id, or null.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Level, or null.</summary>
    public LogLevel? Level { get; private set; }

    /// <summary>Index of the first byte behind the tag and the spaces that follow it.</summary>
    public int MessageStart { get; private set; }

    /// <summary>Reads a tag.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Index of the tag.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>Whether a tag was there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, int start, out SyslogTag tag)
    {
        tag = default;
        ReadOnlySpan<byte> rest = line[start..];
        int nameStart = !rest.IsEmpty && rest[0] == '[' ? 1 : 0;
        int nameLength = NameLength(rest[nameStart..]);
        if (nameLength == 0 || (nameStart == 1 && char.IsAsciiDigit((char)rest[1])))
        {
            // The kernel's "[12345.678]" is no tag.
            return false;
        }

        int at = nameStart + nameLength;
        tag.Name = rest.Slice(nameStart, nameLength);
        tag.SubTag = ReadEnclosed(rest, ref at, (byte)'(', (byte)')');

        // "[sshd]:" and the stray bracket of "gdm-password]:"
        bool isClosed = at < rest.Length && rest[at] == ']';
        at += isClosed ? 1 : 0;
        int beforeProcess = at;
        tag.ProcessId = ToProcessId(ReadEnclosed(rest, ref at, (byte)'[', (byte)']'));
        bool isTag = (isClosed && nameStart == 1) || at > beforeProcess || SkipVersion(rest, ref at);
        if (at > beforeProcess && at + 2 < rest.Length && rest[at] == ' ')
        {
            tag.ReadExtras(rest, ref at);
        }

        if (at < rest.Length && rest[at] == ':' && (at + 1 == rest.Length || rest[at + 1] == ' '))
        {
            isTag = true;
            at++;
        }

        bool isNumber = at == nameLength + 1 && !tag.Name.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        if (!isTag || isNumber || (at < rest.Length && rest[at] != ' ' && rest[at - 1] != ':' && rest[at] != ':'))
        {
            return false;
        }

        at += at < rest.Length && rest[at] == ':' ? 1 : 0;
        tag.MessageStart = SkipSpaces(line, start + at);
        return true;
    }

    /// <summary>Reads a tag whose name has several words, such as <c>Google Chrome Helper[12]:</c>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Index of the tag.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>Whether a tag was there: a name in upper case, and a process id and a colon behind it.</returns>
    public static bool TryReadWords(ReadOnlySpan<byte> line, int start, out SyslogTag tag)
    {
        tag = default;
        ReadOnlySpan<byte> rest = line[start..];
        int end = rest[..Math.Min(rest.Length, LongestWords)].IndexOfAny((byte)'[', (byte)':', (byte)'"');
        if (end <= 0 || rest[end] != '[' || !char.IsAsciiLetterUpper((char)rest[0]) || rest[end - 1] == ' ')
        {
            return false;
        }

        int at = end;
        int? process = ToProcessId(ReadEnclosed(rest, ref at, (byte)'[', (byte)']'));
        if (process is null || at >= rest.Length || rest[at] != ':')
        {
            return false;
        }

        tag.Name = rest[..end];
        tag.ProcessId = process;
        tag.MessageStart = SkipSpaces(line, start + at + 1);
        return true;
    }

    // " (com.apple.foo[12])" and " <Notice>"
    private void ReadExtras(ReadOnlySpan<byte> rest, scoped ref int at)
    {
        int next = at + 1;
        if (rest[next] == '(')
        {
            ReadOnlySpan<byte> sub = ReadEnclosed(rest, ref next, (byte)'(', (byte)')');
            bool isPart = !sub.IsEmpty && next < rest.Length && (rest[next] == ':' || rest[next..].StartsWith(" <"u8));
            if (!isPart)
            {
                return;
            }

            SubTag = sub;
            at = next;
            next++;
        }

        if (next < rest.Length && rest[at] == ' ' && rest[next] == '<')
        {
            ReadOnlySpan<byte> name = ReadEnclosed(rest, ref next, (byte)'<', (byte)'>');
            if (LevelName.TryParse(name, out LogLevel level) && next < rest.Length && rest[next] == ':')
            {
                Level = level;
                at = next;
            }
        }
    }

    private static int? ToProcessId(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 10)
        {
            return null;
        }

        long value = 0;
        foreach (byte next in text)
        {
            uint digit = (uint)next - '0';
            if (digit > 9)
            {
                return null;
            }

            value = (value * 10) + digit;
        }

        return value > int.MaxValue ? null : (int)value;
    }

    // "syslogd 1.4.1: restart."
    private static bool SkipVersion(ReadOnlySpan<byte> rest, ref int at)
    {
        if (at >= rest.Length || rest[at] != ' ')
        {
            return false;
        }

        int end = at + 1;
        while (end < rest.Length && (char.IsAsciiDigit((char)rest[end]) || rest[end] == '.'))
        {
            end++;
        }

        if (end >= rest.Length || rest[end] != ':' || rest[at..end].IndexOf((byte)'.') <= 1)
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

        int at = 0;
        while (true)
        {
            int end = rest[at..].IndexOfAny(s_endOfName);
            if (end < 0)
            {
                return rest.Length;
            }

            at += end;
            if (rest[at] != ':' || at + 1 == rest.Length || rest[at + 1] == ' ')
            {
                return at;
            }

            at++;
        }
    }
}
