using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>
/// Resolves the percent signs of URLs as servers do, and as attackers hope that filters do not: twice, <c>%uXXXX</c> as
/// old IIS reads it, and UTF-8 that is longer than it must be (<c>%c0%ae</c> for a dot).
/// </summary>
internal static class UrlText
{
    private const int Longest = 1 << 16;
    private const int BytesOfRun = 256;

    /// <summary>
    /// Decodes a URL, up to twice. A plus is a space after the question mark only, and only as the client sent it.
    /// </summary>
    /// <param name="url">The URL.</param>
    /// <returns>The text; the same string where there is nothing to decode.</returns>
    public static string Decode(string url)
    {
        if (url.Length > Longest)
        {
            return url;
        }

        int question = url.IndexOf('?', StringComparison.Ordinal);
        bool hasPlus = question >= 0 && url.IndexOf('+', question) >= 0;
        bool hasPercent = url.Contains('%', StringComparison.Ordinal);
        if (!hasPlus && !hasPercent)
        {
            return url;
        }

        string once = Resolve(url, question < 0 ? int.MaxValue : question);
        return hasPercent && once.Contains('%', StringComparison.Ordinal) ? Resolve(once, int.MaxValue) : once;
    }

    private static string Resolve(string text, int plusFrom)
    {
        char[] made = System.Buffers.ArrayPool<char>.Shared.Rent(text.Length);
        Span<byte> run = stackalloc byte[BytesOfRun];
        int length = 0;
        int at = 0;
        while (at < text.Length)
        {
            char letter = text[at];
            int bytes = letter == '%' ? ReadRun(text, at, run) : 0;
            if (bytes > 0)
            {
                length += Utf8ToChars(run[..bytes], made.AsSpan(length));
                at += 3 * bytes;
            }
            else if (letter == '%' && TryReadWide(text, at, out char wide))
            {
                made[length++] = wide;
                at += 6;
            }
            else
            {
                made[length++] = letter == '+' && at > plusFrom ? ' ' : letter;
                at++;
            }
        }

        string result = made.AsSpan(0, length).SequenceEqual(text) ? text : new string(made, 0, length);
        System.Buffers.ArrayPool<char>.Shared.Return(made);
        return result;
    }

    // Bytes that stand together, since a letter may take several.
    private static int ReadRun(string text, int at, Span<byte> run)
    {
        int count = 0;
        while (count < run.Length && at + 2 < text.Length && text[at] == '%'
            && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
        {
            run[count++] = byte.Parse(
                text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += 3;
        }

        return count;
    }

    private static bool TryReadWide(string text, int at, out char wide)
    {
        wide = '\0';
        if (at + 5 < text.Length && text[at + 1] is 'u' or 'U'
            && ushort.TryParse(
                text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            wide = (char)code;
            return true;
        }

        return false;
    }

    // Lenient: overlong forms give the letter that they spell; a byte that begins nothing is a letter of Latin-1.
    private static int Utf8ToChars(ReadOnlySpan<byte> bytes, Span<char> made)
    {
        int length = 0;
        int at = 0;
        while (at < bytes.Length)
        {
            int first = bytes[at];
            int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
            int code = more == 0 ? first : first & (0x3F >> more);
            int taken = 1;
            while (taken <= more && at + taken < bytes.Length && (bytes[at + taken] & 0xC0) == 0x80)
            {
                code = (code << 6) | (bytes[at + taken] & 0x3F);
                taken++;
            }

            if (taken <= more || code > 0x10FFFF)
            {
                code = first;
                taken = 1;
            }

            length += Put(code, made[length..]);
            at += taken;
        }

        return length;
    }

    private static int Put(int code, Span<char> made)
    {
        if (code <= 0xFFFF)
        {
            made[0] = (char)code;
            return 1;
        }

        made[0] = (char)(0xD800 + ((code - 0x10000) >> 10));
        made[1] = (char)(0xDC00 + (code & 0x3FF));
        return 2;
    }
}
