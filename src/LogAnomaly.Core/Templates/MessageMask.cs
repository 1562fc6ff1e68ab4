using System.Buffers;

namespace LogAnomaly.Templates;

/// <summary>
/// Replaces what varies in a message by its own form: addresses by <c>&lt;ip&gt;</c>, the names of parsed users and hosts by <c>&lt;user&gt;</c> and <c>&lt;host&gt;</c>, a parsed command by <c>&lt;command&gt;</c>, numbers by <c>&lt;num&gt;</c>, long
/// hexadecimal words by <c>&lt;hex&gt;</c>, UUIDs by <c>&lt;uuid&gt;</c>, paths by <c>&lt;path&gt;</c>. It looks at no other
/// message, so the result is the same in any order and on any host. Codes such as <c>AH00558</c> stay: they name the statement.
/// </summary>
internal static class MessageMask
{
    private const int UuidLength = 36;
    private const int ShortestHex = 8;
    private const int MostDigitsOfName = 3;

    private static readonly SearchValues<byte> s_pathEnd = SearchValues.Create(" \t\"'<>|,;()[]{}"u8);

    /// <summary>Masks a message; runs of white space become one space.</summary>
    /// <param name="message">The message.</param>
    /// <param name="names">Names that the event was parsed to have.</param>
    /// <param name="output">Receives the masked message; cleared before.</param>
    public static void Apply(ReadOnlySpan<byte> message, in ParsedNames names, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        int at = 0;
        while (at < message.Length)
        {
            byte value = message[at];
            if (value is (byte)' ' or (byte)'\t')
            {
                at = SkipSpace(message, at, output);
                continue;
            }

            bool startsWord = at == 0 || !IsWordByte(message[at - 1]);
            if (startsWord && TryMaskWord(message, at, names, output, out int taken))
            {
                at += taken;
                continue;
            }

            int run = RunLength(message[at..]);
            WriteRun(message.Slice(at, run), output);
            at += run;
        }
    }

    private static int SkipSpace(ReadOnlySpan<byte> message, int at, ArrayBufferWriter<byte> output)
    {
        while (at < message.Length && message[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (output.WrittenCount > 0 && at < message.Length)
        {
            output.Write(" "u8);
        }

        return at;
    }

    // What only the start of a word can be: a user, an address, a UUID, a path.
    private static bool TryMaskWord(
        ReadOnlySpan<byte> message, int at, in ParsedNames names, ArrayBufferWriter<byte> output, out int taken)
    {
        ReadOnlySpan<byte> rest = message[at..];
        if (StartsWithName(rest, names.Command))
        {
            return Mask(output, "<command>"u8, names.Command.Length, out taken);
        }

        if (StartsWithUser(message[..at], rest, names.User))
        {
            return Mask(output, "<user>"u8, names.User.Length, out taken);
        }

        if (StartsWithUser(message[..at], rest, names.Target))
        {
            return Mask(output, "<user>"u8, names.Target.Length, out taken);
        }

        if (StartsWithName(rest, names.Host))
        {
            return Mask(output, "<host>"u8, names.Host.Length, out taken);
        }

        taken = AddressForm.LengthAt(rest);
        if (taken > 0)
        {
            return Mask(output, "<ip>"u8, taken, out taken);
        }

        if (IsUuid(rest))
        {
            return Mask(output, "<uuid>"u8, UuidLength, out taken);
        }

        taken = PathLength(rest);
        return taken > 0 && Mask(output, "<path>"u8, taken, out taken);
    }

    private static bool StartsWithUser(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name) =>
        StartsWithName(rest, name)
        && (!ParsedNames.IsMessageWord(name) || before.EndsWith("user "u8) || before.EndsWith("user="u8) || before.EndsWith("for "u8));

    private static bool StartsWithName(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name) =>
        !name.IsEmpty && rest.StartsWith(name) && (rest.Length == name.Length || !IsWordByte(rest[name.Length]));

    private static bool Mask(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> mask, int length, out int taken)
    {
        output.Write(mask);
        taken = length;
        return true;
    }

    private static void WriteRun(ReadOnlySpan<byte> run, ArrayBufferWriter<byte> output)
    {
        if (!char.IsAsciiLetterOrDigit((char)run[0]))
        {
            output.Write(run);
            return;
        }

        int digits = CountDigits(run);
        if (digits == 0)
        {
            output.Write(run);
        }
        else if (digits == run.Length)
        {
            output.Write("<num>"u8);
        }
        else if (IsHexWord(run))
        {
            output.Write("<hex>"u8);
        }
        else if (char.IsAsciiDigit((char)run[0]))
        {
            int leading = run.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            output.Write("<num>"u8);
            WriteRun(run[leading..], output);
        }
        else if (digits <= MostDigitsOfName || IsCode(run))
        {
            output.Write(run);
        }
        else
        {
            output.Write("<id>"u8);
        }
    }

    // A run of letters and digits, or one other byte.
    private static int RunLength(ReadOnlySpan<byte> rest)
    {
        int length = 0;
        while (length < rest.Length && IsWordByte(rest[length]))
        {
            length++;
        }

        return Math.Max(length, 1);
    }

    /// <summary>Whether a byte belongs to a word: an ASCII letter or digit, or a part of another letter.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsWordByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value >= 0x80;

    private static int CountDigits(ReadOnlySpan<byte> run)
    {
        int digits = 0;
        foreach (byte value in run)
        {
            digits += char.IsAsciiDigit((char)value) ? 1 : 0;
        }

        return digits;
    }

    private static bool IsHexWord(ReadOnlySpan<byte> run)
    {
        if (run.Length > 2 && run[0] == '0' && (run[1] | 0x20) == 'x')
        {
            return IsHex(run[2..]);
        }

        return run.Length >= ShortestHex && IsHex(run);
    }

    private static bool IsHex(ReadOnlySpan<byte> run)
    {
        foreach (byte value in run)
        {
            if (!char.IsAsciiHexDigit((char)value))
            {
                return false;
            }
        }

        return true;
    }

    // Capital letters, then digits: AH00558, EVENT1014.
    private static bool IsCode(ReadOnlySpan<byte> run)
    {
        int letters = run.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
        return letters >= 2 && CountDigits(run[letters..]) == run.Length - letters;
    }

    private static bool IsUuid(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < UuidLength || rest[8] != '-' || rest[13] != '-' || rest[18] != '-' || rest[23] != '-')
        {
            return false;
        }

        return IsHex(rest[..8]) && IsHex(rest[9..13]) && IsHex(rest[14..18]) && IsHex(rest[19..23]) && IsHex(rest[24..36])
            && (rest.Length == UuidLength || !IsWordByte(rest[UuidLength]));
    }

    // An absolute path at the start of a word; a lone slash is one where a space or the end follows.
    private static int PathLength(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != '/')
        {
            return 0;
        }

        if (rest.Length == 1 || rest[1] == ' ')
        {
            return 1;
        }

        if (rest[1] == '/' && rest.Length > 2 && rest[2] == ' ')
        {
            return 2;
        }

        int length = rest.IndexOfAny(s_pathEnd);
        ReadOnlySpan<byte> path = length < 0 ? rest : rest[..length];
        while (path.Length > 1 && path[^1] is (byte)':' or (byte)'.' or (byte)'=')
        {
            path = path[..^1];
        }

        return path.Length;
    }
}
