namespace LogAnomaly.Reading;

/// <summary>
/// Cuts a stream of UTF-8 bytes into lines, block by block. A line ends with LF or CR LF; the last one needs no end.
/// Each block is an array of its own that is never written again, small enough to stay off the large object heap.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private const int LineEnd = 2;
    private const int FirstBlock = 8 * 1024;
    private const int LargestBlock = 64 * 1024;

    private const int MostFree = 64;

    private readonly Stream _stream;
    private readonly Stack<byte[]> _free = new();
    private readonly int _maximumLine;
    private byte[] _block;
    private int _start;
    private int _filled;
    private int _nextSize = FirstBlock;
    private long _number;
    private long _offset;
    private bool _atEnd;
    private bool _isDoneWith;

    /// <summary>Creates a reader; it owns the stream.</summary>
    /// <param name="stream">UTF-8 bytes.</param>
    /// <param name="maximumLine">Bytes of a line that are kept; the rest of a longer one is read over.</param>
    /// <param name="linesBefore">Lines of the source before the stream.</param>
    /// <param name="bytesBefore">Bytes of the source before the stream.</param>
    public LineReader(Stream stream, int maximumLine, long linesBefore = 0, long bytesBefore = 0)
    {
        _number = linesBefore;
        _offset = bytesBefore;
        _stream = stream;
        _maximumLine = maximumLine;
        _block = new byte[FirstBlock];
    }

    /// <summary>Lines of which only the start was kept.</summary>
    public long Truncated { get; private set; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why reading ended early, or null.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether the stream has ended; what was read of it may not all be handed out.</summary>
    public bool AtEnd => _atEnd;

    /// <summary>Whether the last read filled its block, so that more waits to be read at once.</summary>
    public bool IsFilled => _filled == _block.Length;

    /// <summary>
    /// Whether each block holds the lines of one call only, so that it can be filled again when its lines are done with
    /// (<see cref="Recycle"/>).
    /// </summary>
    public bool ReusesBlocks { get; set; }

    /// <summary>Reads the next lines.</summary>
    /// <param name="lines">Filled with the lines of one block; cleared before.</param>
    /// <returns>False at the end, when there are no more.</returns>
    public bool TryReadBlock(List<LogLine> lines)
    {
        lines.Clear();
        if (ReusesBlocks && _start > 0)
        {
            MoveOn();
        }

        while (lines.Count == 0 && !_atEnd)
        {
            MakeRoom();
            Fill();
            int end = _atEnd ? _filled : _start + _block.AsSpan(_start, _filled - _start).LastIndexOf((byte)'\n') + 1;
            if (end == _start && _filled - _start > _maximumLine + LineEnd)
            {
                CutLine(lines);
                continue;
            }

            Split(end, lines);
        }

        return lines.Count > 0;
    }

    /// <summary>
    /// Takes back the last lines that were handed out; the next call hands them out again, with those after them.
    /// </summary>
    /// <param name="first">The first of them, of the last call.</param>
    public void TakeBack(in LogLine first)
    {
        _start = first.Start;
        _number = first.Number - 1;
        _offset = first.Offset;
    }

    /// <summary>Gives a block back whose lines are done with, while <see cref="ReusesBlocks"/> is set.</summary>
    /// <param name="block">The block.</param>
    public void Recycle(byte[] block)
    {
        if (block == _block)
        {
            // It still holds the start of the next line.
            _isDoneWith = true;
        }
        else if (block.Length == LargestBlock && _free.Count < MostFree)
        {
            _free.Push(block);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    // Reads until the block is full or the stream pauses: a pipe that is slow must not hold back what it has written.
    private void Fill()
    {
        int read = 0;
        try
        {
            read = _stream.Read(_block.AsSpan(_filled));
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            Error = error;
        }

        _filled += read;
        Bytes += read;
        _atEnd = read == 0;
    }

    private void Split(int end, List<LogLine> lines)
    {
        while (_start < end)
        {
            int length = _block.AsSpan(_start, end - _start).IndexOf((byte)'\n');
            int next = length < 0 ? end : _start + length + 1;
            Add(length < 0 ? end - _start : length, lines);
            _offset += next - _start;
            _start = next;
        }
    }

    private void Add(int length, List<LogLine> lines)
    {
        if (length > 0 && _block[_start + length - 1] == '\r')
        {
            length--;
        }

        if (length > _maximumLine)
        {
            length = _maximumLine;
            Truncated++;
        }

        lines.Add(new LogLine(_block, _start, length, ++_number, _offset));
    }

    // A full block is left to the lines made of it; what follows the last line end goes into a new one, a larger one
    // where a line fills the block.
    private void MakeRoom()
    {
        if (_filled == _block.Length)
        {
            MoveOn();
        }
    }

    private void MoveOn()
    {
        int rest = _filled - _start;
        _nextSize = Math.Min(_nextSize * 2, LargestBlock);
        int size = Math.Max(_nextSize, rest * 2);
        if (_isDoneWith && size <= _block.Length)
        {
            _isDoneWith = false;
            _block.AsSpan(_start, rest).CopyTo(_block);
            _start = 0;
            _filled = rest;
            return;
        }

        _isDoneWith = false;
        byte[] next = size <= LargestBlock && _free.TryPop(out byte[]? free)
            ? free
            : GC.AllocateUninitializedArray<byte>(size);
        _block.AsSpan(_start, rest).CopyTo(next);
        _block = next;
        _start = 0;
        _filled = rest;
    }

    // Keeps the start of a line that is too long and reads over the rest of it.
    private void CutLine(List<LogLine> lines)
    {
        lines.Add(new LogLine(_block, _start, _maximumLine, ++_number, _offset));
        Truncated++;
        _offset += _filled - _start;
        _block = new byte[LargestBlock];
        _isDoneWith = false;
        int end;
        do
        {
            _filled = 0;
            Fill();
            end = _block.AsSpan(0, _filled).IndexOf((byte)'\n') + 1;
            _offset += end == 0 ? _filled : end;
        }
        while (end == 0 && !_atEnd);

        _start = end;
    }
}
