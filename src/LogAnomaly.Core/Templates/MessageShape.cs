namespace LogAnomaly.Templates;

/// <summary>
/// Writes the shape of a message: each run of letters and digits that is a value becomes one byte below the space
/// (<see cref="Mark"/>), white space becomes one space, and the rest stays. Messages of one shape have one masked
/// message, so the shape is what the miner's cache is asked for; it looks at no other message.
/// </summary>
internal static class MessageShape
{
    private const int UuidLength = 36;
    private const int MacLength = 17;
    private const int ShortestHex = 8;
    private const int MostDigitsOfName = 2;
    private const int MostDigitsOfCode = 6;
    private const int LongestUnit = 3;

    private const byte Letter = 1;
    private const byte Digit = 2;
    private const byte Space = 4;
    private const byte Control = 8;

    private static readonly byte[] s_classes = MakeClasses();

    /// <summary>Writes the shape of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="names">Names that the event was parsed to have.</param>
    /// <param name="output">Receives the shape; as long as the message.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> message, in ParsedNames names, Span<byte> output)
    {
        byte[] classes = s_classes;
        int at = 0;
        int written = 0;
        bool hasNames = !names.IsEmpty;
        while (at < message.Length)
        {
            byte value = message[at];
            byte kind = classes[value];
            if ((kind & (Letter | Digit)) != 0)
            {
                int end = at;
                byte kinds = 0;
                do
                {
                    kinds |= classes[message[end]];
                    end++;
                }
                while (end < message.Length && (classes[message[end]] & (Letter | Digit)) != 0);

                if (hasNames && names.TryMatch(message, at, out int named, out byte nameMark))
                {
                    at += named;
                    output[written++] = nameMark;
                }
                else if (kinds == Digit
                    && (end == message.Length || message[end] is (byte)' ' or (byte)']' or (byte)')' or (byte)','))
                {
                    output[written++] = Mark.Number;
                    at = end;
                }
                else if ((kinds & Digit) == 0 && end - at is 8 or 16 && IsHex(message[at..end]))
                {
                    output[written++] = Mark.Hex;
                    at = end;
                }
                else if ((kinds & Digit) == 0 && !MayStartAddress(message, at, end))
                {
                    message[at..end].CopyTo(output[written..]);
                    written += end - at;
                    at = end;
                }
                else
                {
                    at += WriteValue(message, at, end, output, ref written);
                }
            }
            else if (kind == Space)
            {
                at = SkipSpace(message, at, output, ref written);
            }
            else if (hasNames && names.TryMatch(message, at, out int taken, out byte mark))
            {
                at += taken;
                output[written++] = mark;
            }
            else if (value == ':' && at + 1 < message.Length && message[at + 1] == ':'
                && AddressForm.LengthAt(message[at..]) is > 2 and int length)
            {
                at += length;
                output[written++] = Mark.Address;
            }
            else
            {
                output[written++] = kind == Control ? Mark.OtherControl : value;
                at++;
            }
        }

        return written;
    }

    private static byte[] MakeClasses()
    {
        byte[] classes = new byte[256];
        for (int value = 0; value < classes.Length; value++)
        {
            classes[value] = value switch
            {
                ' ' or '\t' or '\n' or '\r' => Space,
                < ' ' => Control,
                >= '0' and <= '9' => Digit,
                _ => MessageMask.IsWordByte((byte)value) ? Letter : (byte)0,
            };
        }

        return classes;
    }

    private static int SkipSpace(ReadOnlySpan<byte> message, int at, Span<byte> output, ref int written)
    {
        while (at < message.Length && s_classes[message[at]] == Space)
        {
            at++;
        }

        if (written > 0 && at < message.Length)
        {
            output[written++] = (byte)' ';
        }

        return at;
    }

    // fe80::1 and aa:bb:cc:dd:ee:ff may begin without a digit.
    private static bool MayStartAddress(ReadOnlySpan<byte> message, int at, int end) =>
        end < message.Length && message[end] == ':' && end - at <= 4 && end + 1 < message.Length
        && message[end + 1] != ' ' && IsHex(message[at..end]);

    private static int WriteValue(ReadOnlySpan<byte> message, int at, int end, Span<byte> output, ref int written)
    {
        byte next = end < message.Length ? message[end] : (byte)' ';
        int length = end - at;
        ReadOnlySpan<byte> rest = message[at..];
        if (next is (byte)'.' or (byte)':' && length <= 4)
        {
            if (next == ':' && length == 2 && IsMac(rest))
            {
                output[written++] = Mark.Mac;
                return MacLength;
            }

            int address = AddressForm.LengthAt(rest);
            if (address > 0)
            {
                output[written++] = Mark.Address;
                return address;
            }
        }
        else if (next == '-' && length == ShortestHex && IsUuid(rest))
        {
            output[written++] = Mark.Uuid;
            return UuidLength;
        }

        WriteRun(message[at..end], output, ref written);
        return length;
    }

    private static void WriteRun(ReadOnlySpan<byte> run, Span<byte> output, ref int written)
    {
        int digits = CountDigits(run);
        if (digits == run.Length)
        {
            output[written++] = Mark.Number;
        }
        else if (digits == 0 || IsName(run, digits))
        {
            run.CopyTo(output[written..]);
            written += run.Length;
        }
        else if (IsHexWord(run, digits))
        {
            output[written++] = Mark.Hex;
        }
        else
        {
            WriteMixed(run, digits, output, ref written);
        }
    }

    // 12MB is a number and its unit, node246 a name and a number; what mixes both is an identifier.
    private static void WriteMixed(ReadOnlySpan<byte> run, int digits, Span<byte> output, ref int written)
    {
        int leading = run.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (leading == digits && run.Length - digits <= LongestUnit)
        {
            output[written++] = Mark.Number;
            run[digits..].CopyTo(output[written..]);
            written += run.Length - digits;
            return;
        }

        int letters = run.Length - digits;
        bool endsInDigits = run.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') == letters - 1;
        if (!endsInDigits)
        {
            output[written++] = Mark.Identifier;
            return;
        }

        run[..letters].CopyTo(output[written..]);
        written += letters;
        output[written++] = Mark.Number;
    }

    // ssh2, x86, AH00558: they name what is said.
    private static bool IsName(ReadOnlySpan<byte> run, int digits)
    {
        int letters = run.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (letters == 0 || (run.Length >= ShortestHex && IsHex(run)))
        {
            return false;
        }

        return (digits <= MostDigitsOfName && run.Length > digits && !(digits == 2 && run.Length == 4 && IsHex(run)))
            || (digits <= MostDigitsOfCode && letters >= 2 && letters + digits == run.Length
                && run[..letters].IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0);
    }

    private static int CountDigits(ReadOnlySpan<byte> run)
    {
        int digits = 0;
        foreach (byte value in run)
        {
            digits += (uint)(value - '0') <= 9 ? 1 : 0;
        }

        return digits;
    }

    private static bool IsHexWord(ReadOnlySpan<byte> run, int digits)
    {
        if (run.Length > 2 && run[0] == '0' && (run[1] | 0x20) == 'x')
        {
            return IsHex(run[2..]);
        }

        // 5f1d is one too, but 10b and 3rd are not told from numbers with units.
        return (run.Length >= ShortestHex || (run.Length >= 4 && digits >= 2)) && IsHex(run);
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

    private static bool IsUuid(ReadOnlySpan<byte> rest) =>
        rest.Length >= UuidLength && rest[8] == '-' && rest[13] == '-' && rest[18] == '-' && rest[23] == '-'
        && IsHex(rest[..8]) && IsHex(rest[9..13]) && IsHex(rest[14..18]) && IsHex(rest[19..23]) && IsHex(rest[24..36])
        && (rest.Length == UuidLength || !MessageMask.IsWordByte(rest[UuidLength]));

    private static bool IsMac(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < MacLength
            || (rest.Length > MacLength && (rest[MacLength] == ':' || MessageMask.IsWordByte(rest[MacLength]))))
        {
            return false;
        }

        for (int i = 0; i < MacLength; i++)
        {
            if (i % 3 == 2 ? rest[i] != rest[2] : !char.IsAsciiHexDigit((char)rest[i]))
            {
                return false;
            }
        }

        return true;
    }
}
