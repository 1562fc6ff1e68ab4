namespace LogAnomaly.Reading;

/// <summary>A part of a file that stays open.</summary>
internal sealed class RangeStream : ForwardStream
{
    private readonly Stream _file;
    private readonly long _end;
    private long _at;

    /// <summary>Creates the stream; it does not own the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends.</param>
    public RangeStream(Stream file, long start, long end)
    {
        _file = file;
        _at = start;
        _end = end;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        _file.Position = _at;
        int read = _file.Read(buffer[..(int)Math.Min(buffer.Length, _end - _at)]);
        _at += read;
        return read;
    }
}
