using System.Buffers;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// A time in the words of strftime (ISO C, section 7.27.3.5, and POSIX), as mod_log_config takes it between
/// <c>%{</c> and <c>}t</c>, with mod_log_config's own words <c>sec</c>, <c>msec</c>, <c>usec</c>, <c>msec_frac</c> and
/// <c>usec_frac</c>.
/// </summary>
internal sealed class StampPattern
{
    private static readonly SearchValues<byte> s_decimal = SearchValues.Create("0123456789."u8);

    // Compound specifiers and what they stand for in the C locale.
    private static readonly Dictionary<char, string> s_compounds = new()
    {
        ['c'] = "%a %b %e %H:%M:%S %Y",
        ['D'] = "%m/%d/%y",
        ['x'] = "%m/%d/%y",
        ['F'] = "%Y-%m-%d",
        ['T'] = "%H:%M:%S",
        ['X'] = "%H:%M:%S",
        ['R'] = "%H:%M",
        ['r'] = "%I:%M:%S %p",
        ['h'] = "%b",
        ['n'] = "\n",
        ['t'] = "\t",
        ['%'] = "%%",
    };

    /// <summary>Seconds since 1970 with or without a fraction, as nginx writes them.</summary>
    public const string EpochSeconds = "epoch";

    // Specifiers by a letter; literal bytes by their value with this bit.
    private const int LiteralBit = 0x100;
    private const string Known = "aAbBCdegGHIjklmMpPsSuUVwWyYzZ";

    // Words of mod_log_config as specifiers of their own.
    private const char Milliseconds = '\u0001';
    private const char Microseconds = '\u0002';
    private const char MillisecondFraction = '\u0003';
    private const char MicrosecondFraction = '\u0004';
    private const char SecondsWithFraction = '\u0005';

    private readonly int[] _items;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <exception cref="FormatException">A specifier is not known.</exception>
    public StampPattern(string pattern)
    {
        List<int> items = [];
        switch (pattern)
        {
            case "sec":
                items.Add('s');
                break;
            case "msec":
                items.Add(Milliseconds);
                break;
            case "usec":
                items.Add(Microseconds);
                break;
            case "msec_frac":
                items.Add(MillisecondFraction);
                break;
            case "usec_frac":
                items.Add(MicrosecondFraction);
                break;
            case EpochSeconds:
                items.Add(SecondsWithFraction);
                break;
            default:
                Compile(pattern, items);
                break;
        }

        _items = [.. items];
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">Bytes at whose start the time must stand.</param>
    /// <param name="clock">Settles the zone of a time whose parts make a whole.</param>
    /// <param name="parts">The parts that are read.</param>
    /// <param name="length">Bytes taken.</param>
    /// <returns>Whether the bytes have the form of the pattern.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, LogClock clock, ref StampParts parts, out int length)
    {
        ArgumentNullException.ThrowIfNull(clock);
        length = 0;
        foreach (int item in _items)
        {
            ReadOnlySpan<byte> rest = text[length..];
            int taken = (item & LiteralBit) != 0
                ? rest.Length > 0 && rest[0] == (byte)item ? 1 : 0
                : Read((char)item, rest, ref parts);
            if (taken <= 0)
            {
                return false;
            }

            length += taken;
        }

        return true;
    }

    private static void Compile(string pattern, List<int> items)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(pattern);
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                items.Add(bytes[i] | LiteralBit);
                continue;
            }

            // Flags of the GNU library and the modifiers E and O change the look of a value, not its place.
            i++;
            while (i < bytes.Length
                && bytes[i] is (byte)'E' or (byte)'O' or (byte)'-' or (byte)'_' or (byte)'^' or (byte)'0')
            {
                i++;
            }

            char specifier = i < bytes.Length ? (char)bytes[i] : ' ';
            if (specifier == '%')
            {
                items.Add('%' | LiteralBit);
            }
            else if (s_compounds.TryGetValue(specifier, out string? meaning))
            {
                Compile(meaning, items);
            }
            else if (Known.Contains(specifier, StringComparison.Ordinal))
            {
                items.Add(specifier);
            }
            else
            {
                throw new FormatException($"'%{specifier}' is no specifier of a time, in '{pattern}'.");
            }
        }
    }

    private static int Read(char item, ReadOnlySpan<byte> text, ref StampParts parts)
    {
        switch (item)
        {
            case 'a' or 'A' or 'Z':
                return Letters(text);
            case 'b' or 'B':
                parts.Month = Timestamps.Month(text);
                return parts.Month == 0 ? 0 : Letters(text);
            case 'p' or 'P':
                return ReadHalf(text, ref parts);
            case 'z':
                return ReadOffset(text, ref parts);
            case SecondsWithFraction:
                int end = text.IndexOfAnyExcept(s_decimal);
                end = end < 0 ? text.Length : end;
                return parts.TrySetEpoch(text[..end]) ? end : 0;
            case 's' or Milliseconds or Microseconds:
                return ReadEpoch(item, text, ref parts);
            case MillisecondFraction or MicrosecondFraction:
                return ReadFraction(item == MillisecondFraction ? 3 : 6, text, ref parts);
            default:
                int value = Number(
                    text, item is 'Y' or 'G' ? 4 : item == 'j' ? 3 : item is 'u' or 'w' ? 1 : 2, out int taken);
                return taken > 0 ? Assign(item, value, ref parts) ? taken : 0 : 0;
        }
    }

    private static bool Assign(char item, int value, ref StampParts parts)
    {
        switch (item)
        {
            case 'Y':
                parts.Year = value;
                return true;
            case 'y':
                parts.Year = value + (value < 69 ? 2000 : 1900);
                return true;
            case 'm':
                parts.Month = value;
                return value is >= 1 and <= 12;
            case 'd' or 'e':
                parts.Day = value;
                return value is >= 1 and <= 31;
            case 'j':
                parts.DayOfYear = value;
                return value is >= 1 and <= 366;
            case 'H' or 'k':
                parts.Hour = value;
                return value <= 23;
            case 'I' or 'l':
                parts.Hour = value;
                parts.HalfOfDay = Math.Max(parts.HalfOfDay, 0);
                return value is >= 1 and <= 12;
            case 'M':
                parts.Minute = value;
                return value <= 59;
            case 'S':
                parts.Second = value;
                return value <= 60;
            default:
                return true;
        }
    }

    private static int Letters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiLetter((char)text[count]))
        {
            count++;
        }

        return count;
    }

    // A number may be padded by a space (%e, %k, %l).
    private static int Number(ReadOnlySpan<byte> text, int digits, out int taken)
    {
        taken = 0;
        while (taken + 1 < digits && taken < text.Length && text[taken] == ' ')
        {
            taken++;
        }

        int value = 0;
        int start = taken;
        while (taken < digits && taken < text.Length && char.IsAsciiDigit((char)text[taken]))
        {
            value = (value * 10) + text[taken++] - '0';
        }

        taken = taken == start ? 0 : taken;
        return value;
    }

    private static int ReadHalf(ReadOnlySpan<byte> text, ref StampParts parts)
    {
        if (text.Length < 2 || (text[1] | 0x20) != 'm' || (text[0] | 0x20) is not ('a' or 'p'))
        {
            return 0;
        }

        parts.HalfOfDay = (text[0] | 0x20) == 'p' ? 1 : 0;
        return 2;
    }

    private static int ReadOffset(ReadOnlySpan<byte> text, ref StampParts parts)
    {
        if (text.Length < 5 || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return 0;
        }

        int colon = text[3] == ':' ? 1 : 0;
        int? hours = FieldScanner.ToInt32(text[1..3]);
        int? minutes = text.Length < 5 + colon ? null : FieldScanner.ToInt32(text.Slice(3 + colon, 2));
        if (hours is not <= 14 || minutes is not <= 59 || (hours == 14 && minutes > 0))
        {
            return 0;
        }

        int total = (hours.Value * 60) + minutes.Value;
        parts.OffsetMinutes = text[0] == '-' ? -total : total;
        return 5 + colon;
    }

    private static int ReadEpoch(char item, ReadOnlySpan<byte> text, ref StampParts parts)
    {
        FieldScanner scanner = new(text);
        if (!scanner.TryReadInt64(out long value))
        {
            return 0;
        }

        decimal unit = item == Milliseconds ? 1_000 : item == Microseconds ? 1_000_000 : 1;
        return parts.TrySetEpoch(value / unit) ? scanner.Position : 0;
    }

    private static int ReadFraction(int digits, ReadOnlySpan<byte> text, ref StampParts parts)
    {
        long ticks = 0;
        if (text.Length < digits || Timestamps.ReadFraction(text[..digits], ref ticks) != digits)
        {
            return 0;
        }

        parts.Fraction = ticks;
        return digits;
    }
}
