namespace LogAnomaly.Reading;

/// <summary>Compares files by what they hold after decompression.</summary>
internal static class FileContent
{
    private const int PieceLength = 64 * 1024;

    /// <summary>
    /// Whether the content of a file is that of another one or its start: so it is with the archive of a rotated file,
    /// while it is being made too.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="other">Full path of the other one.</param>
    /// <returns>Whether it is; no where one of them cannot be read.</returns>
    public static bool IsHeldBy(string path, string other)
    {
        using Stream? first = TryOpen(path);
        using Stream? second = TryOpen(other);
        if (first is null || second is null)
        {
            return false;
        }

        byte[] piece = new byte[PieceLength];
        byte[] otherPiece = new byte[PieceLength];
        int length;
        do
        {
            length = TryRead(first, piece);
            int otherLength = TryRead(second, otherPiece);
            if (otherLength < length || !piece.AsSpan(0, length).SequenceEqual(otherPiece.AsSpan(0, length)))
            {
                return false;
            }
        }
        while (length == PieceLength);

        return true;
    }

    /// <summary>Opens a file and what lies under its compression.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>Its content, or null where it cannot be read.</returns>
    public static Stream? TryOpen(string path)
    {
        (Stream? stream, _) = FileIdentity.Of(path) is null ? default : LogFile.Open(path, CancellationToken.None);
        if (stream is not { CanSeek: true })
        {
            stream?.Dispose();
            return null;
        }

        try
        {
            return Decompression.Open(stream);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException)
        {
            // Who reads it later is told.
            stream.Dispose();
            return null;
        }
    }

    /// <summary>Fills a buffer as far as there is content; what is damaged ends it.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="buffer">The buffer.</param>
    /// <returns>Bytes read.</returns>
    public static int TryRead(Stream stream, Span<byte> buffer)
    {
        int filled = 0;
        try
        {
            int read;
            while (filled < buffer.Length && (read = stream.Read(buffer[filled..])) > 0)
            {
                filled += read;
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // Who reads it later is told; for a comparison it ends here.
            return filled;
        }

        return filled;
    }
}
