namespace LogAnomaly.Reading;

/// <summary>
/// Opens what lies under a file, recognised by content and not by name: plain bytes, gzip by the framework, and what
/// the system's own programs decompress. An archive of several files is no single content: see
/// <see cref="ZipContent"/>.
/// </summary>
internal static class Decompression
{
    // What a slow pipe has written must not wait for more than the signatures that can be told by it.
    private const int ShortestSignature = 6;
    private const int LongestSignature = 13;

    private static readonly CompressionProgram s_xz = new("xz", "xz", "-dc");
    private static readonly CompressionProgram s_zstd = new("zstd", "zstd", "-dcq");
    private static readonly CompressionProgram s_bzip2 = new("bzip2", "bzip2", "-dc");
    private static readonly CompressionProgram s_lz4 = new("lz4", "lz4", "-dcq");
    private static readonly CompressionProgram s_compress = new("compress", "gzip", "-dc");

    /// <summary>Puts a decompressor over a stream where its first bytes ask for one.</summary>
    /// <param name="stream">The stream; it need not seek. The result owns it.</param>
    /// <param name="cancellation">Ends a program that decompresses.</param>
    /// <returns>The decompressed stream, or one that gives the same bytes.</returns>
    /// <exception cref="NotSupportedException">The content is compressed in a way that is not read on this
    /// machine.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Stream Open(Stream stream, CancellationToken cancellation = default)
    {
        byte[] start = new byte[LongestSignature];
        int length = stream.ReadAtLeast(start, ShortestSignature, throwOnEndOfStream: false);
        Stream whole = PrefixedStream.GiveBack(stream, start.AsMemory(0, length));
        ReadOnlySpan<byte> signature = start.AsSpan(0, length);
        if (IsGzip(signature))
        {
            return new ReadAheadStream(new GzipContent(whole));
        }

        if (signature.StartsWith("ElfFil"u8))
        {
            throw new NotSupportedException(
                "It is a Windows event log file (.evtx), which is not read directly: on Windows, "
                + "'Get-WinEvent -Path FILE.evtx | ConvertTo-LogEvent' reads it, and 'wevtutil qe FILE.evtx /lf:true "
                + "/f:xml' writes it as XML that is read here.");
        }

        if (ZipContent.HasSignature(signature))
        {
            throw new NotSupportedException(
                "It is a zip archive inside of an archive: extract it first and read the result.");
        }

        return ProgramFor(signature) is { } program ? ProgramContent.Start(program, whole, cancellation) : whole;
    }

    /// <summary>Whether content must be decompressed.</summary>
    /// <param name="stream">The content, which can seek; its position is the same before and after.</param>
    /// <returns>Whether it must.</returns>
    public static bool IsCompressed(Stream stream)
    {
        byte[] start = new byte[LongestSignature];
        int length = stream.ReadAtLeast(start, LongestSignature, throwOnEndOfStream: false);
        stream.Seek(-length, SeekOrigin.Current);
        ReadOnlySpan<byte> signature = start.AsSpan(0, length);
        return IsGzip(signature) || ZipContent.HasSignature(signature) || ProgramFor(signature) is not null;
    }

    private static bool IsGzip(ReadOnlySpan<byte> signature) => signature.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    private static CompressionProgram? ProgramFor(ReadOnlySpan<byte> signature)
    {
        if (signature.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) || IsLzma(signature))
        {
            return s_xz;
        }

        if (signature.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
        {
            return s_zstd;
        }

        if (signature.Length >= 4 && signature.StartsWith("BZh"u8) && signature[3] is >= (byte)'1' and <= (byte)'9')
        {
            // After it stands the start of a block, or of the end where there is none: a line may begin with BZh9 too.
            ReadOnlySpan<byte> rest = signature[4..];
            return rest.StartsWith((ReadOnlySpan<byte>)[0x31, 0x41])
                || rest.StartsWith((ReadOnlySpan<byte>)[0x17, 0x72]) ? s_bzip2 : null;
        }

        if (signature.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4D, 0x18]))
        {
            return s_lz4;
        }

        return signature.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x9D]) ? s_compress : null;
    }

    // The older format of xz has no signature: usual properties, a dictionary of whole kilobytes below 4 GiB, and a
    // length that is unknown (all ones) or below a terabyte.
    private static bool IsLzma(ReadOnlySpan<byte> start) => start.Length == LongestSignature
        && start.StartsWith((ReadOnlySpan<byte>)[0x5D, 0x00, 0x00])
        && (!start[5..].ContainsAnyExcept((byte)0xFF) || !start[10..].ContainsAnyExcept((byte)0));
}
