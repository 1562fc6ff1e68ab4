using LogAnomaly.Reading;

namespace LogAnomaly.Fuzz;

/// <summary>Gives its bytes in small pieces of changing length, as a pipe may.</summary>
internal sealed class SlowStream : ForwardStream
{
    private const int LargestPiece = 97;

    private readonly byte[] _bytes;
    private int _at;

    /// <summary>Creates a stream.</summary>
    /// <param name="bytes">What it gives.</param>
    public SlowStream(byte[] bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(Math.Min(1 + ((_at * 31) % LargestPiece), buffer.Length), _bytes.Length - _at);
        _bytes.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
