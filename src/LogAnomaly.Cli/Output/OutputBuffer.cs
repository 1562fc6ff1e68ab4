using System.Buffers;

namespace LogAnomaly.Cli.Output;

/// <summary>A buffer of bytes before a stream: many small writes become few large ones.</summary>
internal sealed class OutputBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Full = 64 * 1024;

    private readonly Stream _stream;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * Full);
    private int _length;

    /// <summary>Creates a buffer.</summary>
    /// <param name="stream">Where the bytes go; it stays open.</param>
    public OutputBuffer(Stream stream) => _stream = stream;

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Ends a line, and hands on the bytes when there are many.</summary>
    public void EndLine()
    {
        GetSpan(1)[0] = (byte)'\n';
        _length++;
        if (_length >= Full)
        {
            Flush();
        }
    }

    /// <summary>Hands on all bytes.</summary>
    public void Flush()
    {
        int length = _length;

        // Forgotten before they are written: where the reader has gone, they must not be written again.
        _length = 0;
        _stream.Write(_bytes, 0, length);
        _stream.Flush();
    }

    /// <summary>Gives back the memory; what was not flushed is dropped.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private void MakeRoom(int wanted)
    {
        int needed = Math.Max(wanted, 256);
        if (_bytes.Length - _length >= needed)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + needed));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
