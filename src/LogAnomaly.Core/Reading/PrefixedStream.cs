namespace LogAnomaly.Reading;

/// <summary>A stream that gives back bytes already taken from another one, then the rest of it.</summary>
internal sealed class PrefixedStream : ForwardStream
{
    private readonly Stream _rest;
    private ReadOnlyMemory<byte> _prefix;

    /// <summary>Creates the stream; it owns the other one.</summary>
    /// <param name="prefix">The bytes already taken.</param>
    /// <param name="rest">The stream that they were taken from.</param>
    public PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest)
    {
        _prefix = prefix;
        _rest = rest;
    }

    /// <summary>Gives back bytes that were taken from the start of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="taken">The bytes that were read from it last.</param>
    /// <returns>The stream itself where it can seek, or one that gives the bytes again and then the rest.</returns>
    public static Stream GiveBack(Stream stream, ReadOnlyMemory<byte> taken)
    {
        if (!stream.CanSeek)
        {
            return new PrefixedStream(taken, stream);
        }

        stream.Seek(-taken.Length, SeekOrigin.Current);
        return stream;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_prefix.IsEmpty)
        {
            return _rest.Read(buffer);
        }

        int length = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..length].CopyTo(buffer);
        _prefix = _prefix[length..];
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
