namespace LogAnomaly.Reading;

/// <summary>
/// A pipe or terminal that can be given up while it is silent. The framework cannot break off a blocking read of one,
/// so it waits on a thread of its own; when the reading is cancelled that thread is left to end with the pipe.
/// </summary>
internal sealed class InterruptibleStream : ForwardStream
{
    private readonly Stream _stream;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Creates the stream; it owns the other one.</summary>
    /// <param name="stream">What may be silent.</param>
    /// <param name="cancellation">Ends a read with <see cref="OperationCanceledException"/>.</param>
    public InterruptibleStream(Stream stream, CancellationToken cancellation)
    {
        _stream = stream;
        _cancellation = cancellation;
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public override int Read(Span<byte> buffer)
    {
        int most = Math.Min(buffer.Length, _buffer.Length);
        Task<int> reading = Task.Run(() => _stream.Read(_buffer, 0, most), _cancellation);
        int read = reading.WaitAsync(_cancellation).GetAwaiter().GetResult();
        _buffer.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
