using System.Buffers.Binary;
using System.IO.Compression;

namespace LogAnomaly.Reading;

/// <summary>
/// The content of gzip data (RFC 1952). The framework's decompressor takes data that ends early for data that ends;
/// this stream compares the length that the last member states (ISIZE, its last four bytes) with what came out, and
/// says so.
/// </summary>
internal sealed class GzipContent : ForwardStream
{
    private const int PieceLength = 64 * 1024;

    // Compressed data hardly ever holds as many zeros in a row.
    private const int Padding = 32;

    private readonly Tail _tail;
    private readonly GZipStream _content;
    private long _length;

    /// <summary>Creates the stream; it owns the compressed one.</summary>
    /// <param name="compressed">The gzip data, from its first byte.</param>
    public GzipContent(Stream compressed)
    {
        _tail = new Tail(compressed);
        _content = new GZipStream(_tail, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is damaged or ends early; all that could be read has been
    /// given.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _content.Read(buffer);
        _length += read;
        if (read == 0 && !buffer.IsEmpty && !IsWhole())
        {
            throw new InvalidDataException("The gzip data ends early; the lines before its end were read.");
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    // Members may follow each other; then the last one states only its own length. Zeros that fill up a block may
    // follow the last.
    private bool IsWhole() => _tail.Count >= 18
        && (_tail.LastWord == (uint)_length || (_tail.MayHoldMembers && _tail.LastWord < _length)
            || _tail.TrailingZeros >= Padding);

    // The decompressor asks for 8 KiB at a time; the file is read in larger pieces.
    private sealed class Tail(Stream compressed) : ForwardStream
    {
        private readonly byte[] _piece = new byte[PieceLength];
        private readonly byte[] _last = new byte[4];
        private int _given;
        private int _filled;
        private byte _before;

        public long Count { get; private set; }

        public int TrailingZeros { get; private set; }

        public uint LastWord => BinaryPrimitives.ReadUInt32LittleEndian(_last);

        // Whether a member's first two bytes were seen after the first member's.
        public bool MayHoldMembers { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (_given == _filled)
            {
                _filled = compressed.Read(_piece);
                _given = 0;
                Look(_piece.AsSpan(0, _filled));
            }

            int length = Math.Min(buffer.Length, _filled - _given);
            _piece.AsSpan(_given, length).CopyTo(buffer);
            _given += length;
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                compressed.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Look(ReadOnlySpan<byte> taken)
        {
            int read = taken.Length;
            if (Count > 0 && read > 0 && !MayHoldMembers)
            {
                MayHoldMembers = (_before == 0x1F && taken[0] == 0x8B)
                    || taken.IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B]) >= 0;
            }
            else if (read > 2 && !MayHoldMembers)
            {
                MayHoldMembers = taken[2..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B]) >= 0;
            }

            Keep(taken);
            Count += read;
        }

        private void Keep(ReadOnlySpan<byte> taken)
        {
            if (taken.IsEmpty)
            {
                return;
            }

            _before = taken[^1];
            int lastSet = taken.LastIndexOfAnyExcept((byte)0);
            TrailingZeros = lastSet < 0 ? Math.Min(TrailingZeros + taken.Length, Padding) : taken.Length - 1 - lastSet;
            if (taken.Length >= _last.Length)
            {
                taken[^_last.Length..].CopyTo(_last);
                return;
            }

            _last.AsSpan(taken.Length).CopyTo(_last);
            taken.CopyTo(_last.AsSpan(_last.Length - taken.Length));
        }
    }
}
