using System.Text;

namespace LogAnomaly.Reading;

/// <summary>
/// Turns text into UTF-8 without a byte order mark. A mark decides the encoding, then what the caller says, then a
/// pattern of zeros that only UTF-16 has. All else passes as it is: bytes that are not UTF-8 are not guessed at, for a
/// guess would be wrong for some lines of a mixed file, and the bytes are kept either way.
/// </summary>
internal static class TextEncoding
{
    private const int ShortestMark = 4;
    private const int SampleLength = 1024;
    private const int ShortestPattern = 8;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly UTF32Encoding s_utf32BigEndian = new(bigEndian: true, byteOrderMark: false);

    /// <summary>
    /// Puts a transcoder over a stream where its content or the caller asks for one, and drops the byte order mark.
    /// </summary>
    /// <param name="stream">The stream; the result owns it.</param>
    /// <param name="encoding">The encoding of text without a mark, or null to find it out.</param>
    /// <returns>UTF-8 bytes; a stream that can seek stays one unless it is transcoded.</returns>
    public static Stream Open(Stream stream, Encoding? encoding = null)
    {
        byte[] start = new byte[SampleLength];
        int length = stream.ReadAtLeast(start, ShortestMark, throwOnEndOfStream: false);
        (Encoding? found, int mark) = Find(start.AsSpan(0, length), encoding);
        Stream rest = PrefixedStream.GiveBack(stream, start.AsMemory(mark, length - mark));
        return found is null ? rest : Encoding.CreateTranscodingStream(rest, found, s_utf8);
    }

    /// <summary>Finds the encoding of text.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="asked">The encoding of text without a mark, or null to find it out.</param>
    /// <returns>The encoding, or null for UTF-8 and for bytes that pass as they are; and the bytes of the
    /// mark.</returns>
    public static (Encoding? Encoding, int MarkLength) Find(ReadOnlySpan<byte> start, Encoding? asked)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return (null, 3);
        }

        // The mark of UTF-32 begins with that of UTF-16.
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0x00, 0x00]))
        {
            return (Encoding.UTF32, 4);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFE, 0xFF]))
        {
            return (s_utf32BigEndian, 4);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (Encoding.Unicode, 2);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (Encoding.BigEndianUnicode, 2);
        }

        return (asked is null ? FindByZeros(start) : asked.CodePage == s_utf8.CodePage ? null : asked, 0);
    }

    // Logs are mostly ASCII, so in UTF-16 every other byte is a zero; in no other text are there any.
    private static Encoding? FindByZeros(ReadOnlySpan<byte> start)
    {
        int pairs = start.Length / 2;
        if (pairs * 2 < ShortestPattern)
        {
            return null;
        }

        int first = 0;
        int second = 0;
        for (int i = 0; i < pairs; i++)
        {
            first += start[2 * i] == 0 ? 1 : 0;
            second += start[(2 * i) + 1] == 0 ? 1 : 0;
        }

        if (first == 0 && second * 4 >= pairs * 3)
        {
            return Encoding.Unicode;
        }

        return second == 0 && first * 4 >= pairs * 3 ? Encoding.BigEndianUnicode : null;
    }
}
