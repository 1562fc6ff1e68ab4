using System.Buffers;

namespace LogAnomaly.Templates;

/// <summary>
/// Folds the values of a shape that are told by their form into one <see cref="Mark"/> each: signed, decimal and
/// grouped numbers, times and dates, durations and sizes with their units, paths, URLs, mail addresses, hosts and
/// numbered identifiers. It looks at no other message, so the result is the same in any order and on any host.
/// </summary>
internal static class MessageMask
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string Days = "MonTueWedThuFriSatSun";
    private static readonly SearchValues<char> s_pathEnd = SearchValues.Create(" \t\"'<>|,;()[]{}");
    private static readonly SearchValues<char> s_slashesAndNumbers = SearchValues.Create("/\u0002");

    private const string Openers = " \"'([{<=,:;|";

    /// <summary>Whether a byte belongs to a word: an ASCII letter or digit, or a part of another letter.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsWordByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value >= 0x80;

    /// <summary>Masks a shape.</summary>
    /// <param name="shape">The shape as characters.</param>
    /// <param name="output">Receives the masked message; as long as the shape.</param>
    /// <returns>Characters written.</returns>
    public static int Apply(ReadOnlySpan<char> shape, Span<char> output)
    {
        int at = 0;
        int written = 0;
        while (at < shape.Length)
        {
            char previous = at == 0 ? ' ' : shape[at - 1];
            ReadOnlySpan<char> rest = shape[at..];
            if (Openers.Contains(previous) && TryMaskStart(rest, output, ref written, out int taken))
            {
                at += taken;
                continue;
            }

            if (rest[0] == '/' && rest.Length > 1 && rest[1] == (char)Mark.Address)
            {
                // name/192.0.2.1, as Java writes hosts.
                written = HostStart(output[..written]);
                output[written++] = (char)Mark.Address;
                at += 2;
                continue;
            }

            if (previous == ' ' && rest.StartsWith("()"))
            {
                // A value in brackets that is empty this time.
                output[written++] = '(';
                output[written++] = (char)Mark.Any;
                at++;
                continue;
            }

            if (rest[0] == (char)Mark.Number || (IsSign(rest) && !IsWordChar(previous)))
            {
                at += MaskNumber(rest, output, ref written);
                continue;
            }

            output[written++] = rest[0];
            at++;
        }

        return written;
    }

    /// <summary>Whether a character belongs to a word or a value.</summary>
    /// <param name="value">The character.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsWordChar(char value) =>
        char.IsAsciiLetterOrDigit(value) || value >= 0x80 || Mark.IsMark(value);

    // A number with its sign, or a comparison before it: -5, +5, <1, ~3.
    private static bool IsSign(ReadOnlySpan<char> rest) => rest.Length > 1 && rest[1] == (char)Mark.Number
        && (rest[0] is '-' or '+' or '~' || (rest[0] is '<' or '>' && !(rest.Length > 2 && rest[2] is '>' or '<')));

    // What only the start of a word can be.
    private static bool TryMaskStart(ReadOnlySpan<char> rest, Span<char> output, ref int written, out int taken)
    {
        char mark = '\0';
        taken = 0;
        if (rest[0] == '/')
        {
            bool isAddress = rest.Length > 1 && rest[1] == (char)Mark.Address;
            taken = isAddress ? 2 : PathLength(rest);
            mark = isAddress ? (char)Mark.Address : (char)Mark.Path;
        }
        else if (rest[0] == '\\' && rest.Length > 2 && rest[1] == '\\' && IsWordChar(rest[2]))
        {
            taken = ToEnd(rest);
            mark = (char)Mark.Path;
        }
        else if (IsWordChar(rest[0]))
        {
            mark = MarkOfRun(rest, out taken);
        }

        if (mark == '\0' || taken == 0)
        {
            return false;
        }

        output[written++] = mark;
        return true;
    }

    private static char MarkOfRun(ReadOnlySpan<char> rest, out int taken)
    {
        taken = NamedDateLength(rest);
        if (taken > 0)
        {
            return (char)Mark.Time;
        }

        int run = RunLength(rest);
        ReadOnlySpan<char> after = rest[run..];
        if (after.StartsWith("://"))
        {
            taken = ToEnd(rest);
            return (char)Mark.Url;
        }

        if (run == 1 && char.IsAsciiLetter(rest[0]) && after.StartsWith(":\\"))
        {
            taken = ToEnd(rest);
            return (char)Mark.Path;
        }

        if (after.Length > 1 && after[0] == '@' && RunLength(after[1..]) is > 2 and int domain
            && HostForm.IsHost(after.Slice(1, domain)))
        {
            taken = run + 1 + domain;
            return (char)Mark.Email;
        }

        ReadOnlySpan<char> name = rest[..run].TrimEnd('.');
        if (HostForm.IsHost(name) && !after.StartsWith("/"))
        {
            taken = name.Length;
            return (char)Mark.Host;
        }

        if (after.Length > 1 && after[0] is '/' or '\\')
        {
            int end = ToEnd(rest);
            if (rest[..end].Count(after[0]) >= 2 && rest[..end].IndexOfAnyExcept(s_slashesAndNumbers) >= 0)
            {
                taken = end;
                return (char)Mark.Path;
            }
        }

        return '\0';
    }

    // [Sun ]Jul[ ]17 15:09:16[ EDT][ 2005]
    private static int NamedDateLength(ReadOnlySpan<char> rest)
    {
        int at = IsIn(Days, rest) ? rest.Length > 4 && rest[3] == ',' ? 5 : 4 : 0;
        if (at + 5 >= rest.Length || !IsIn(Months, rest[at..]) || rest[at + 4] != (char)Mark.Number
            || rest[at + 5] is not (' ' or ','))
        {
            return 0;
        }

        at += 6;
        int time = ClockLength(rest[at..]);
        if (time == 0)
        {
            return 0;
        }

        at += time;
        bool hasZone = rest.Length > at + 4 && rest[at] == ' '
            && rest[(at + 1)..(at + 4)].IndexOfAnyExceptInRange('A', 'Z') < 0;
        int zone = hasZone ? rest[at + 4] == ' ' ? 4
            : rest[at + 4] is >= 'A' and <= 'Z' && rest.Length > at + 5 && rest[at + 5] == ' ' ? 5
            : 0 : 0;
        bool hasYear = rest.Length > at + zone + 1 && rest[at + zone] == ' '
            && rest[at + zone + 1] == (char)Mark.Number;
        return hasYear ? at + zone + 2 : at;
    }

    private static bool IsIn(string names, ReadOnlySpan<char> rest)
    {
        if (rest.Length < 4 || rest[3] is not (' ' or ','))
        {
            return false;
        }

        int at = names.AsSpan().IndexOf(rest[..3]);
        return at >= 0 && at % 3 == 0;
    }

    // Writes a number, time, date, duration or size, and what belongs to it.
    private static int MaskNumber(ReadOnlySpan<char> rest, Span<char> output, ref int written)
    {
        int at = rest[0] == (char)Mark.Number ? 0 : 1;
        int date = Triple(rest[at..], '-') is > 0 and int dashes ? dashes : Triple(rest[at..], '/');
        if (date > 0)
        {
            at += date;
            int gap = at < rest.Length && rest[at] is ' ' or 'T' or '-' or '_' or ':' ? 1 : 0;
            int clock = gap > 0 && at + 1 < rest.Length ? ClockLength(rest[(at + 1)..]) : 0;
            output[written++] = (char)Mark.Time;
            return at + (clock > 0 ? gap + clock : 0);
        }

        int time = ClockLength(rest[at..]);
        if (time > 0)
        {
            output[written++] = (char)Mark.Time;
            return at + time;
        }

        at = NumberEnd(rest, at);
        int unit = UnitForm.LengthAt(rest[at..], out char mark);
        output[written++] = mark;
        at += unit;
        return mark == (char)Mark.Size ? at + RestatedLength(rest[at..]) : at;
    }

    private static int NumberEnd(ReadOnlySpan<char> rest, int at)
    {
        at++;
        while (at + 1 < rest.Length && rest[at] is '.' or ',' or '_' or '-' && rest[at + 1] == (char)Mark.Number)
        {
            at += 2;
        }

        return at;
    }

    // " (1.2 KB)" after a size says it again.
    private static int RestatedLength(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith(" (\u0002"))
        {
            return 0;
        }

        int end = NumberEnd(rest, 2);
        int unit = UnitForm.LengthAt(rest[end..], out char mark);
        return mark == (char)Mark.Size && end + unit < rest.Length && rest[end + unit] == ')' ? end + unit + 1 : 0;
    }

    private static int Triple(ReadOnlySpan<char> rest, char separator) =>
        rest.Length >= 5 && rest[0] == (char)Mark.Number && rest[1] == separator && rest[2] == (char)Mark.Number
        && rest[3] == separator && rest[4] == (char)Mark.Number
        && !(rest.Length > 6 && rest[5] == separator && rest[6] == (char)Mark.Number) ? 5 : 0;

    // 10:05, 10:05:03, 10:05:03.123
    private static int ClockLength(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 3 || rest[0] != (char)Mark.Number || rest[1] is not (':' or '.')
            || rest[2] != (char)Mark.Number)
        {
            return 0;
        }

        int at = 3;
        int parts = 2;
        while (at + 1 < rest.Length && rest[at] is ':' or '.' or ',' && rest[at + 1] == (char)Mark.Number)
        {
            parts += rest[at] == ':' ? 1 : 0;
            at += 2;
        }

        bool ends = at >= rest.Length || !IsWordChar(rest[at]);
        return rest[1] == ':' && ends && parts <= 4 ? at : 0;
    }

    private static int PathLength(ReadOnlySpan<char> rest)
    {
        if (rest.Length == 1 || rest[1] == ' ')
        {
            return 1;
        }

        if (rest[1] == '/' && rest.Length > 2 && rest[2] == ' ')
        {
            return 2;
        }

        return ToEnd(rest);
    }

    private static int ToEnd(ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAny(s_pathEnd);
        ReadOnlySpan<char> path = length < 0 ? rest : rest[..length];
        while (path.Length > 1 && path[^1] is ':' or '.' or '=')
        {
            path = path[..^1];
        }

        return path.Length;
    }

    private static int RunLength(ReadOnlySpan<char> rest)
    {
        int length = 0;
        while (length < rest.Length && (IsWordChar(rest[length]) || rest[length] is '.' or '-' or '_' or '+'))
        {
            length++;
        }

        return length;
    }

    private static int HostStart(ReadOnlySpan<char> written)
    {
        int start = written.Length;
        while (start > 0 && (IsWordChar(written[start - 1]) || written[start - 1] is '.' or '-' or '_'))
        {
            start--;
        }

        return start;
    }
}
