namespace LogAnomaly.Reading;

/// <summary>Opens what lies under a file: plain bytes or gzip, recognised by content and not by name.</summary>
internal static class Decompression
{
    private const int LongestSignature = 6;

    /// <summary>Puts a decompressor over a stream where its first bytes ask for one.</summary>
    /// <param name="stream">The stream; it need not seek.</param>
    /// <returns>The decompressed stream, or one that gives the same bytes.</returns>
    /// <exception cref="NotSupportedException">The content is compressed in a way that is not read.</exception>
    public static Stream Open(Stream stream)
    {
        byte[] start = new byte[LongestSignature];
        int length = stream.ReadAtLeast(start, LongestSignature, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(start.AsMemory(0, length), stream);
        ReadOnlySpan<byte> signature = start.AsSpan(0, length);
        if (signature.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new GzipContent(whole);
        }

        if (signature.StartsWith("ElfFil"u8))
        {
            throw new NotSupportedException(
                "It is a Windows event log file (.evtx), which is not read directly: on Windows, "
                + "'Get-WinEvent -Path FILE.evtx | ConvertTo-LogEvent' reads it, and 'wevtutil qe FILE.evtx /lf:true /f:xml' "
                + "writes it as XML that is read here.");
        }

        string? unread = NameOfUnread(signature);
        return unread is null
            ? whole
            : throw new NotSupportedException(
                $"The content is compressed with {unread}, which is not read directly: decompress it first and read the result.");
    }

    private static string? NameOfUnread(ReadOnlySpan<byte> signature)
    {
        if (signature.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]))
        {
            return "xz";
        }

        if (signature.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
        {
            return "zstd";
        }

        if (signature.Length >= 4 && signature.StartsWith("BZh"u8) && signature[3] is >= (byte)'1' and <= (byte)'9')
        {
            return "bzip2";
        }

        return signature.StartsWith("PK\u0003\u0004"u8) ? "zip" : null;
    }
}
