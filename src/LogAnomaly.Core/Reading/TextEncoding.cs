using System.Text;

namespace LogAnomaly.Reading;

/// <summary>Turns text with a byte order mark into UTF-8 without one.</summary>
internal static class TextEncoding
{
    /// <summary>Puts a transcoder over a stream where a byte order mark asks for one, and drops the mark.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>UTF-8 bytes.</returns>
    public static Stream Open(Stream stream)
    {
        byte[] start = new byte[4];
        int length = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        ReadOnlyMemory<byte> taken = start.AsMemory(0, length);
        ReadOnlySpan<byte> bytes = taken.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return new PrefixedStream(taken[3..], stream);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Transcode(new PrefixedStream(taken[2..], stream), Encoding.Unicode);
        }

        return bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            ? Transcode(new PrefixedStream(taken[2..], stream), Encoding.BigEndianUnicode)
            : new PrefixedStream(taken, stream);
    }

    private static Stream Transcode(Stream stream, Encoding encoding) =>
        Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
