using System.Buffers;

namespace LogAnomaly.Templates;

/// <summary>
/// Finds where the message of a line begins that no format knows, by the forms of what programs write before a message:
/// stamps, levels, process and thread numbers, names in brackets, components before a colon or a dash. It looks at the
/// line alone, so that a line has one message whatever stands before or after it.
/// </summary>
internal static class LineHeader
{
    private static readonly SearchValues<byte> s_letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);
    private static readonly SearchValues<byte> s_joints = SearchValues.Create(".$[(/@_"u8);

    private const int MostTokens = 12;
    private const int MostBetween = 4;
    private const int MostItems = 8;

    /// <summary>The length of the header.</summary>
    /// <param name="line">The line.</param>
    /// <returns>Index of the first byte of the message; 0 where there is no header or nothing else.</returns>
    public static int LengthOf(ReadOnlySpan<byte> line)
    {
        int end = StampsEnd(line, out bool isSyslog);
        int at = end;
        if (isSyslog)
        {
            at = SkipTag(line, at);
        }
        else if (at > 0 && at < line.Length && line[at] == '|')
        {
            at = SkipColumns(line, at);
        }
        else
        {
            at = SkipItems(line, at);
        }

        at = SkipSeparators(line, at);
        return at < line.Length ? at : 0;
    }

    // Where the last stamp ends that only stamps and names stand before.
    private static int StampsEnd(ReadOnlySpan<byte> line, out bool isSyslog)
    {
        isSyslog = false;
        int end = 0;
        int at = 0;
        int between = 0;
        bool onlyNames = true;
        for (int token = 0; token < MostTokens && at < line.Length && between <= MostBetween; token++)
        {
            int start = at + Count(line[at..], "[(<"u8);
            int length = StampForm.LengthAt(line[start..], out bool syslog, out bool isEpoch);
            bool isNew = length > 0 && (isEpoch ? end == 0 : onlyNames);
            if (isNew)
            {
                at = start + length;
                at += Count(line[at..], "])>,"u8);
                end = at;
                between = 0;
                isSyslog = syslog;
                onlyNames = true;
            }
            else
            {
                int size = TokenLength(line[at..]);
                onlyNames &= IsName(line.Slice(at, size));
                between++;
                at += size;
            }

            if (at < line.Length && line[at] == '|')
            {
                break;
            }

            at += Count(line[at..], " \t"u8);
        }

        return end;
    }

    private static int SkipItems(ReadOnlySpan<byte> line, int at)
    {
        bool hasStamp = at > 0;
        bool hasLevel = false;
        bool hasComponent = false;
        int brackets = 0;
        for (int item = 0; item < MostItems; item++)
        {
            int next = SkipSeparators(line, at);
            ReadOnlySpan<byte> rest = line[next..];
            if (rest.IsEmpty)
            {
                break;
            }

            int level = hasLevel ? 0 : LevelEnd(rest, hasStamp);
            int bracket = level == 0 && brackets < 3 && (hasStamp || hasLevel) ? BracketLength(rest) : 0;
            int number = !hasLevel && hasStamp && bracket == 0 && level == 0 ? NumberLength(rest) : 0;
            int component = level + bracket + number == 0 && !hasComponent && (hasStamp || hasLevel)
                ? ComponentLength(rest, hasLevel)
                : 0;
            int taken = level + bracket + number + component;
            if (taken == 0)
            {
                break;
            }

            hasLevel |= level > 0;
            hasComponent |= component > 0;
            brackets += bracket > 0 ? 1 : 0;
            at = next + taken;
        }

        return at;
    }

    // host and program[7]: after a stamp of syslog's form.
    private static int SkipTag(ReadOnlySpan<byte> line, int at)
    {
        at += Count(line[at..], " "u8);
        int host = TokenLength(line[at..]);
        int after = at + host + Count(line[(at + host)..], " "u8);
        int tag = TokenLength(line[after..]);
        return tag > 1 && line[after + tag - 1] == ':' ? after + tag : after;
    }

    // |component|1234|
    private static int SkipColumns(ReadOnlySpan<byte> line, int at)
    {
        for (int column = 0; column < 4; column++)
        {
            int size = line[(at + 1)..].IndexOfAny((byte)'|', (byte)' ');
            if (size < 0 || line[at + 1 + size] != '|')
            {
                break;
            }

            at += 1 + size;
        }

        return at + 1;
    }

    private static int SkipSeparators(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length)
        {
            byte value = line[at];
            bool isDash = value is (byte)'-' or (byte)'|' or (byte)':'
                && (at + 1 >= line.Length || line[at + 1] is (byte)' ' or (byte)'\t');
            if (value is not ((byte)' ' or (byte)'\t') && !isDash)
            {
                break;
            }

            at++;
        }

        return at;
    }

    // A level, also behind up to three names: "R02-M1 RAS KERNEL INFO".
    private static int LevelEnd(ReadOnlySpan<byte> rest, bool hasStamp)
    {
        int at = 0;
        for (int token = 0; token < (hasStamp ? 4 : 1) && at < rest.Length; token++)
        {
            int size = TokenLength(rest[at..]);
            if (LevelLength(rest.Slice(at, size), rest[(at + size)..], hasStamp && token == 0) is > 0 and int level)
            {
                return at + level;
            }

            if (!IsName(rest.Slice(at, size)))
            {
                return 0;
            }

            at += size;
            at += Count(rest[at..], " \t"u8);
        }

        return 0;
    }

    private static int LevelLength(ReadOnlySpan<byte> token, ReadOnlySpan<byte> after, bool mayBeLetter)
    {
        if (mayBeLetter && token.Length == 1 && "VDIWEFC"u8.Contains(token[0]))
        {
            return 1;
        }

        int open = token[0] is (byte)'[' or (byte)'<' or (byte)'(' ? 1 : 0;
        int size = token[open..].IndexOfAnyExcept(s_letters);
        size = size < 0 ? token.Length - open : size;
        ReadOnlySpan<byte> word = token.Slice(open, size);
        if (size < 3 || !IsLevel(word))
        {
            return 0;
        }

        int close = open + size;
        if (open == 1)
        {
            return close < token.Length && token[close] is (byte)']' or (byte)'>' or (byte)')' ? close + 1 : 0;
        }

        bool isUpper = word.IndexOfAnyInRange((byte)'a', (byte)'z') < 0;
        if (close < token.Length)
        {
            return isUpper && token[close] is (byte)':' or (byte)'|' or (byte)',' ? close + 1 : 0;
        }

        return isUpper || after.StartsWith("  "u8) || after.StartsWith("\t"u8) ? close : 0;
    }

    private static bool IsLevel(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> levels =
            " trace debug info information informational notice warn warning error err fatal critical crit alert emerg "u8
                + "severe fine finer finest config failure verbose panic "u8;
        Span<byte> wanted = stackalloc byte[16];
        if (word.Length > 13)
        {
            return false;
        }

        wanted[0] = (byte)' ';
        for (int i = 0; i < word.Length; i++)
        {
            wanted[i + 1] = (byte)(word[i] | 0x20);
        }

        wanted[word.Length + 1] = (byte)' ';
        return levels.IndexOf(wanted[..(word.Length + 2)]) >= 0;
    }

    // [main], [pool-1-thread-2], (17), and one that holds others; not [instance: 7].
    private static int BracketLength(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != '[')
        {
            return 0;
        }

        int depth = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            depth += rest[i] == '[' ? 1 : rest[i] == ']' ? -1 : 0;
            if (depth == 0)
            {
                bool isHeader = rest[..i].IndexOf(": "u8) < 0 && i + 1 < rest.Length;
                return isHeader ? i + 1 : 0;
            }
        }

        return 0;
    }

    private static int NumberLength(ReadOnlySpan<byte> rest)
    {
        int sign = rest[0] == '-' ? 1 : 0;
        int size = sign + Math.Max(0, rest[sign..].IndexOfAnyExceptInRange((byte)'0', (byte)'9'));
        return size > sign && rest[size] is (byte)' ' or (byte)'\t' ? size : 0;
    }

    // dfs.DataNode: or Worker[3]: or "org.example.Server - " or a word in a column of its own.
    private static int ComponentLength(ReadOnlySpan<byte> rest, bool hasLevel)
    {
        int size = TokenLength(rest);
        ReadOnlySpan<byte> token = rest[..size];
        if (size > 1 && char.IsAsciiLetter((char)token[0]) && token[^1] == ':')
        {
            bool isComponent = token.IndexOfAny(s_joints) > 0
                || (char.IsAsciiLetterUpper((char)token[0]) && token[1..].IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0);
            return isComponent && token.IndexOfAny("=\"'"u8) < 0 ? size : 0;
        }

        ReadOnlySpan<byte> after = rest[size..];
        if (after.StartsWith(" - "u8) && size > 1)
        {
            return size + 3;
        }

        int dash = after.IndexOf(" - "u8);
        if (dash is > 0 and < 8 && after.Length > 1 && !MessageMask.IsWordByte(after[1])
            && after[1..dash].IndexOf((byte)' ') < 0)
        {
            return size + dash + 3;
        }

        bool isColumn = hasLevel && after.StartsWith("  "u8) && token.IndexOfAnyExcept(s_letters) < 0;
        bool isDotted = hasLevel && token.Count((byte)'.') >= 2 && char.IsAsciiLetter((char)token[0])
            && char.IsAsciiLetter((char)token[^1]);
        return isColumn || isDotted ? size : 0;
    }

    // Not a word of prose: it holds something other than small letters, or begins with a capital and a capital follows.
    private static bool IsName(ReadOnlySpan<byte> token) =>
        token.IndexOfAnyExceptInRange((byte)'a', (byte)'z') >= 0
        && !(char.IsAsciiLetterUpper((char)token[0]) && token.Length > 1
            && token[1..].IndexOfAnyExceptInRange((byte)'a', (byte)'z') < 0)
        && (token[^1] != ':' || token.IndexOfAny("[(."u8) > 0) && token[^1] != ',';

    private static int TokenLength(ReadOnlySpan<byte> rest)
    {
        int size = rest.IndexOfAny((byte)' ', (byte)'\t', (byte)'|');
        return size < 0 ? rest.Length : Math.Max(size, rest.Length > 0 && size == 0 ? 1 : size);
    }

    private static int Count(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> what)
    {
        int length = rest.IndexOfAnyExcept(what);
        return length < 0 ? rest.Length : length;
    }
}
