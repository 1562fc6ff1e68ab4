using System.Buffers;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Undoes the escapes of a JSON text (RFC 8259, section 7) that was taken out of a line by its quotes.
/// </summary>
internal static class JsonText
{
    /// <summary>The bytes that a JSON text stands for.</summary>
    /// <param name="text">The text without its quotes.</param>
    /// <returns>The bytes; what is no escape stays as it is.</returns>
    public static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        ArrayBufferWriter<byte> bytes = new(text.Length);
        while (!text.IsEmpty)
        {
            int slash = text.IndexOf((byte)'\\');
            if (slash < 0 || slash + 1 == text.Length)
            {
                bytes.Write(text);
                break;
            }

            bytes.Write(text[..slash]);
            text = text[slash..];
            text = text[Write(text, bytes)..];
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static int Write(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> bytes)
    {
        byte plain = text[1] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'"' or (byte)'\\' or (byte)'/' => text[1],
            _ => 0,
        };
        if (plain != 0)
        {
            bytes.Write([plain]);
            return 2;
        }

        if (text[1] == 'u' && TryReadUnit(text, out char first))
        {
            bool isPair = char.IsHighSurrogate(first) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u';
            char second = '\0';
            isPair = isPair && TryReadUnit(text[6..], out second) && char.IsLowSurrogate(second);
            Rune rune = isPair ? new Rune(first, second)
                : char.IsSurrogate(first) ? Rune.ReplacementChar
                : new Rune(first);
            Span<byte> encoded = stackalloc byte[4];
            bytes.Write(encoded[..rune.EncodeToUtf8(encoded)]);
            return isPair ? 12 : 6;
        }

        bytes.Write(text[..1]);
        return 1;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        int value = 0;
        for (int i = 2; i < 6; i++)
        {
            int digit = i < text.Length && char.IsAsciiHexDigit((char)text[i])
                ? Convert.ToInt32(((char)text[i]).ToString(), 16)
                : -1;
            if (digit < 0)
            {
                unit = '\0';
                return false;
            }

            value = (value << 4) | digit;
        }

        unit = (char)value;
        return true;
    }
}
