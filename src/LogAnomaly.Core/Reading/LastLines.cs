using System.Buffers;

namespace LogAnomaly.Reading;

/// <summary>
/// Leaves of a content only its last lines. Where it can seek, they are found from its end; the line ends before them
/// are then counted, which reads the file once but parses nothing, so that line numbers are right.
/// </summary>
internal static class LastLines
{
    private const int PieceLength = 64 * 1024;
    private const int CountedAtOnce = 1024 * 1024;

    /// <summary>Reads on to the last lines of UTF-8 text.</summary>
    /// <param name="stream">The text, from its first line; the result owns it.</param>
    /// <param name="count">Lines to leave.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The rest, with the lines and the bytes that are before it.</returns>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static (Stream Remainder, long Lines, long Bytes) Open(
        Stream stream, int count, CancellationToken cancellation)
    {
        if (!stream.CanSeek)
        {
            return Keep(stream, count, cancellation);
        }

        long start = stream.Position;
        (long offset, long lines) = Find(stream, count, new LineEnds(1, 0), cancellation);
        stream.Position = offset;
        return (stream, lines, offset - start);
    }

    /// <summary>Finds the last lines of a file.</summary>
    /// <param name="stream">The file, at its first line; its position is moved.</param>
    /// <param name="count">Lines to leave.</param>
    /// <param name="ends">How its lines end.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>Where they begin, and the lines before.</returns>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static (long Offset, long Lines) Find(
        Stream stream, int count, LineEnds ends, CancellationToken cancellation)
    {
        long start = stream.Position;
        long length = stream.Length;
        long offset = FindBackwards(stream, start, length, count, ends, cancellation);
        long lines = 0;
        byte[] piece = ArrayPool<byte>.Shared.Rent(CountedAtOnce);
        stream.Position = start;
        for (long at = start; at < offset;)
        {
            cancellation.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(CountedAtOnce, offset - at);
            int read = stream.ReadAtLeast(piece.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            lines += ends.Count(piece.AsSpan(0, read));
            at = read == 0 ? offset : at + read;
        }

        ArrayPool<byte>.Shared.Return(piece);
        return (offset, lines);
    }

    // The end of the last line is no line more; so one line end more than lines is looked for, except where the text
    // has none at its end.
    private static long FindBackwards(
        Stream stream, long start, long length, int count, LineEnds ends, CancellationToken cancellation)
    {
        byte[] piece = new byte[PieceLength];
        long end = length - ((length - start) % ends.Unit);
        bool isLast = true;
        long left = count;
        while (end > start)
        {
            cancellation.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(PieceLength, end - start);
            stream.Position = end - wanted;
            int read = stream.ReadAtLeast(piece.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            ReadOnlySpan<byte> rest = piece.AsSpan(0, read);
            if (isLast && ends.AfterLast(rest) == read)
            {
                rest = rest[..^ends.Unit];
            }

            if (isLast && count == 0)
            {
                return length;
            }

            isLast = false;
            int after;
            while ((after = ends.AfterLast(rest)) > 0)
            {
                if (--left == 0)
                {
                    return end - wanted + after;
                }

                rest = rest[..(after - ends.Unit)];
            }

            end -= wanted;
        }

        return start;
    }

    private static (Stream Remainder, long Lines, long Bytes) Keep(
        Stream stream, int count, CancellationToken cancellation)
    {
        Queue<Piece> kept = new();
        long keptEnds = 0;
        long lines = 0;
        long bytes = 0;
        Exception? error = null;
        using (stream)
        {
            while (TryTake(stream, out Piece piece, ref error))
            {
                cancellation.ThrowIfCancellationRequested();
                kept.Enqueue(piece);
                keptEnds += piece.Ends;
                while (keptEnds - kept.Peek().Ends > count)
                {
                    Piece dropped = kept.Dequeue();
                    keptEnds -= dropped.Ends;
                    lines += dropped.Ends;
                    bytes += dropped.Length;
                }
            }
        }

        bool isOpen = kept.Count > 0 && kept.Last() is { } last && last.Bytes[last.Length - 1] != '\n';
        PieceStream rest = new(kept, error);
        long tooMany = Math.Max(keptEnds + (isOpen ? 1 : 0) - count, 0);
        return (rest, lines + tooMany, bytes + rest.SkipLines(tooMany));
    }

    private static bool TryTake(Stream stream, out Piece piece, ref Exception? error)
    {
        byte[] bytes = new byte[PieceLength];
        int length = 0;
        try
        {
            length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            // Thrown after the lines before it were given.
            error = failure;
        }

        piece = new Piece(bytes, length, bytes.AsSpan(0, length).Count((byte)'\n'));
        return length > 0;
    }

    private readonly record struct Piece(byte[] Bytes, int Length, int Ends);

    private sealed class PieceStream(Queue<Piece> pieces, Exception? error) : ForwardStream
    {
        private int _taken;

        public override int Read(Span<byte> buffer)
        {
            if (!pieces.TryPeek(out Piece piece))
            {
                return error is null ? 0 : throw new IOException(error.Message, error);
            }

            int length = Math.Min(buffer.Length, piece.Length - _taken);
            piece.Bytes.AsSpan(_taken, length).CopyTo(buffer);
            Take(length, piece);
            return length;
        }

        // Returns the bytes that were passed over.
        public long SkipLines(long lines)
        {
            long skipped = 0;
            while (lines > 0 && pieces.TryPeek(out Piece piece))
            {
                int end = piece.Bytes.AsSpan(_taken, piece.Length - _taken).IndexOf((byte)'\n') + 1;
                int length = end == 0 ? piece.Length - _taken : end;
                lines -= end == 0 ? 0 : 1;
                skipped += length;
                Take(length, piece);
            }

            return skipped;
        }

        private void Take(int length, Piece piece)
        {
            _taken += length;
            if (_taken == piece.Length)
            {
                pieces.Dequeue();
                _taken = 0;
            }
        }
    }
}
