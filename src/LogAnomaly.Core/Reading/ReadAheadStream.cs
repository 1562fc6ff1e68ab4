using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LogAnomaly.Reading;

/// <summary>
/// Reads a stream ahead on a thread of its own, so that what makes its bytes (a decompressor) works beside what takes
/// them. The first pieces are read in place: a caller who wants three lines must not pay for more.
/// </summary>
internal sealed class ReadAheadStream : ForwardStream
{
    private const int PieceLength = 256 * 1024;
    private const int PiecesAhead = 3;
    private const int ReadInPlace = 128 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly BlockingCollection<Piece> _ready = new(PiecesAhead);
    private readonly ConcurrentBag<byte[]> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private Task? _reading;
    private Piece _current;
    private int _taken;
    private long _inPlace;

    /// <summary>Creates the stream; it owns the other one.</summary>
    /// <param name="stream">What is read ahead.</param>
    public ReadAheadStream(Stream stream) => _stream = stream;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_inPlace < ReadInPlace)
        {
            int read = _stream.Read(buffer);
            _inPlace += read;
            return read;
        }

        _reading ??= Task.Factory.StartNew(
            ReadAhead, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (_taken == _current.Length && !TryTakePiece())
        {
            return 0;
        }

        int length = Math.Min(buffer.Length, _current.Length - _taken);
        _current.Bytes.AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            if (_reading is null)
            {
                _stream.Dispose();
            }
            else
            {
                // The thread closes the stream. It is not waited for long: a pipe may be silent.
                _reading.Wait(s_patience);
            }
        }

        base.Dispose(disposing);
    }

    // An empty piece with or without an error is the last one.
    private bool TryTakePiece()
    {
        if (_current.Bytes is { Length: > 0 } used)
        {
            _free.Add(used);
            _current = default;
            _taken = 0;
        }

        if (_ready.IsCompleted)
        {
            return false;
        }

        Piece next = _ready.Take();
        if (next.Error is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        _current = next;
        return next.Length > 0;
    }

    private void ReadAhead()
    {
        using (_stream)
        {
            try
            {
                Piece piece;
                do
                {
                    piece = NextPiece();
                    _ready.Add(piece, _stop.Token);
                }
                while (piece.Length > 0);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Nobody takes the pieces any more.
                return;
            }

            _ready.CompleteAdding();
        }
    }

    private Piece NextPiece()
    {
        if (!_free.TryTake(out byte[]? bytes))
        {
            bytes = new byte[PieceLength];
        }

        try
        {
            return new Piece(bytes, _stop.IsCancellationRequested ? 0 : _stream.Read(bytes), null);
        }
        catch (Exception error)
        {
            // Whatever it is, it is thrown where the pieces are taken: that side would wait for ever.
            return new Piece([], 0, error);
        }
    }

    private readonly record struct Piece(byte[] Bytes, int Length, Exception? Error);
}
