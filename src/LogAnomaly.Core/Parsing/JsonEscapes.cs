using System.Buffers.Text;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Decodes the escapes of JSON strings (RFC 8259, section 7). A surrogate without its partner becomes U+FFFD: it is
/// valid JSON, yet no text, and log lines are written by attackers.
/// </summary>
internal static class JsonEscapes
{
    /// <summary>Decodes a string.</summary>
    /// <param name="escaped">What stands between the quotes; its escapes are valid.</param>
    /// <param name="decoded">Takes the text; at least as long as the escaped one.</param>
    /// <returns>Bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> escaped, Span<byte> decoded)
    {
        int written = 0;
        while (!escaped.IsEmpty)
        {
            int at = escaped.IndexOf((byte)'\\');
            int plain = at < 0 ? escaped.Length : at;
            escaped[..plain].CopyTo(decoded[written..]);
            written += plain;
            if (at < 0 || at + 1 >= escaped.Length)
            {
                break;
            }

            escaped = escaped[(at + 1)..];
            if (escaped[0] != 'u')
            {
                decoded[written++] = Simple(escaped[0]);
                escaped = escaped[1..];
                continue;
            }

            Rune rune = ReadRune(escaped, out int taken);
            written += rune.EncodeToUtf8(decoded[written..]);
            escaped = escaped[taken..];
        }

        return written;
    }

    private static byte Simple(byte escape) => (char)escape switch
    {
        'n' => (byte)'\n',
        't' => (byte)'\t',
        'r' => (byte)'\r',
        'b' => (byte)'\b',
        'f' => (byte)'\f',
        _ => escape,
    };

    // "u0041", or "ud83d\ude00" for a pair.
    private static Rune ReadRune(ReadOnlySpan<byte> escape, out int taken)
    {
        int first = Hex(escape);
        taken = Math.Min(5, escape.Length);
        if (Rune.TryCreate(first, out Rune rune))
        {
            return rune;
        }

        if (escape.Length >= 11 && escape[5] == '\\' && escape[6] == 'u' && first is >= 0 and <= 0xFFFF
            && Hex(escape[6..]) is >= 0 and int second && Rune.TryCreate((char)first, (char)second, out rune))
        {
            taken = 11;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static int Hex(ReadOnlySpan<byte> escape) =>
        escape.Length >= 5 && Utf8Parser.TryParse(escape.Slice(1, 4), out int value, out int read, 'x') && read == 4
            ? value
            : -1;
}
