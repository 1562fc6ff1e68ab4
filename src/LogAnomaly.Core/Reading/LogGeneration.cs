using System.Text;

namespace LogAnomaly.Reading;

/// <summary>
/// One file of those that have borne, or will bear, the name of a log that is followed: open, with how far it was read.
/// It stays the same file under any name.
/// </summary>
internal sealed class LogGeneration : IDisposable
{
    /// <summary>Bytes at the start of a log that may hold its header.</summary>
    public const int HeaderLength = 16 * 1024;

    private const int PieceLength = 64 * 1024;
    private const int SegmentLength = 1024 * 1024;
    private const int HoldMilliseconds = 5_000;
    private static readonly TimeSpan s_slowWriter = TimeSpan.FromMinutes(1);

    private readonly FileStream _file;
    private readonly bool _isPacked;
    private readonly Encoding? _asked;
    private Encoding? _encoding;
    private LineEnds _ends = new(1, 0);
    private UnpackedContent? _unpacked;
    private bool _isKnown;
    private bool _isDone;
    private FilePosition _position;
    private FilePosition _next;
    private long _lastLength = -1;
    private DateTime _lastChange;
    private long _heldLength = -1;
    private long _heldSince;

    private LogGeneration(FileStream file, string path, FilePosition position, Encoding? encoding)
    {
        _file = file;
        Path = path;
        _asked = encoding;
        _position = position;
        Identity = FileIdentity.Of(file.SafeFileHandle);
        _isPacked = Decompression.IsCompressed(file);
        InitialLength = file.Length;
        Changed = LogFile.LastChange(path);
        Notice();
    }

    /// <summary>Full path of the file when it was opened.</summary>
    public string Path { get; }

    /// <summary>What tells the file from others.</summary>
    public FileIdentity Identity { get; }

    /// <summary>How its content begins.</summary>
    public Fingerprint Start { get; private set; }

    /// <summary>Whether it bears the name of the log.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>Its length when it was opened.</summary>
    public long InitialLength { get; }

    /// <summary>When it was changed last, as of the last look at it.</summary>
    public DateTimeOffset Changed { get; private set; }

    /// <summary>How far its events were taken.</summary>
    public FilePosition Position => _position;

    /// <summary>Whether it is done with: compressed and read to its end, or given up.</summary>
    public bool IsDone => _isDone;

    /// <summary>Whether it was read to its end and nobody writes to it any more.</summary>
    public bool IsOver => _isDone || (!IsCurrent && !_isPacked && _next.Offset >= _file.Length
        && (DateTime.UtcNow - File.GetLastWriteTimeUtc(_file.SafeFileHandle)).Duration() > s_slowWriter);

    /// <summary>The open file, for a look at its end; null for a compressed one.</summary>
    public Stream? Plain => _isPacked ? null : _file;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="position">How far it was read.</param>
    /// <param name="encoding">Encoding of text without a mark, or null to find it out.</param>
    /// <returns>The file, or the problem.</returns>
    public static (LogGeneration? Generation, ReadProblem? Problem) Open(
        string path, FilePosition position, Encoding? encoding)
    {
        (Stream? stream, ReadProblem? problem) = LogFile.Open(path, CancellationToken.None);
        if (stream is null)
        {
            return (null, problem);
        }

        if (stream is not FileStream { CanSeek: true } file)
        {
            stream.Dispose();
            return (null, new ReadProblem(
                path,
                ReadProblemKind.NotSupported,
                $"'{path}' is no regular file and cannot be followed: read it as it is."));
        }

        try
        {
            return (new LogGeneration(file, path, position, encoding), null);
        }
        catch (IOException error)
        {
            file.Dispose();
            return (null, new ReadProblem(
                path, ReadProblemKind.AccessDenied, $"'{path}' cannot be read: {error.Message}", error));
        }
    }

    /// <summary>Leaves out all but the last lines.</summary>
    /// <param name="count">Lines to leave.</param>
    /// <param name="cancellation">Ends the search for them.</param>
    public void SkipToTail(int count, CancellationToken cancellation)
    {
        if (_isPacked || !TryKnow(isFinal: true))
        {
            return;
        }

        _file.Position = _next.Offset;
        (long offset, long lines) = LastLines.Find(_file, count, _ends, cancellation);
        _next = _position = new FilePosition(offset, lines, 0);
    }

    /// <summary>
    /// Whether the file was cut short or written anew since the last look, so that it is another log now.
    /// </summary>
    /// <returns>Whether it was.</returns>
    public bool WasCutShort()
    {
        if (_isPacked)
        {
            return false;
        }

        long length = _file.Length;
        DateTime changed = File.GetLastWriteTimeUtc(_file.SafeFileHandle);
        if (length == _lastLength && changed == _lastChange)
        {
            return false;
        }

        if (length < _next.Offset || !Start.IsOf(ReadStart(Fingerprint.Longest)))
        {
            return true;
        }

        Notice();
        return false;
    }

    /// <summary>The next lines.</summary>
    /// <param name="isFinal">Whether a last line without an end is taken as it is.</param>
    /// <param name="cancellation">Ends a program that decompresses.</param>
    /// <returns>Whole lines, or null where there are none now.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged before the place up to which it was read.</exception>
    /// <exception cref="NotSupportedException">The file is compressed in a way that is not read.</exception>
    public LogSegment? Next(bool isFinal, CancellationToken cancellation)
    {
        if (_isDone || !TryKnow(isFinal))
        {
            return null;
        }

        if (_isPacked)
        {
            return UnpackRest(cancellation);
        }

        FilePosition end = FindEnd(isFinal);
        if (end.Offset == _next.Offset)
        {
            return null;
        }

        LogSegment segment = new(Transcode(new RangeStream(_file, _next.Offset, end.Offset)), _next.Line, _next.Offset);
        _next = end;
        return segment;
    }

    /// <summary>Counts lines of the last segment as taken.</summary>
    /// <param name="count">How many of them, from the first one.</param>
    public void Take(long count) => _position = _position with { Taken = count };

    /// <summary>Counts the last segment as taken.</summary>
    public void TakeAll()
    {
        if (_unpacked is { } content)
        {
            _isDone = true;
            _next = new FilePosition(content.Offset, _position.Line + _position.Taken, 0);
        }

        _position = _next;
    }

    /// <summary>Recalls what an earlier reading knew of a compressed file, which does not grow.</summary>
    /// <param name="saved">What it knew, or null.</param>
    public void Recall(SavedGeneration? saved)
    {
        if (_isPacked && saved is not null)
        {
            _isDone = saved.IsDone;
            Start = new Fingerprint(saved.StartLength, saved.StartHash);
        }
    }

    /// <summary>Gives up reading, where it cannot go on.</summary>
    public void GiveUp() => _isDone = true;

    /// <summary>The first lines, where the reading begins after them.</summary>
    /// <returns>UTF-8 text, or null where they are read anyway.</returns>
    public byte[]? Header()
    {
        if (_isPacked || _position.Line == 0)
        {
            return null;
        }

        byte[] start = ReadStart(HeaderLength);
        int end = _ends.AfterLast(start);
        using MemoryStream header = new();
        using Stream text = TextEncoding.Open(new MemoryStream(start, 0, end), _asked);
        text.CopyTo(header);
        return header.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Notice()
    {
        _lastLength = _file.Length;
        _lastChange = File.GetLastWriteTimeUtc(_file.SafeFileHandle);
        Changed = new DateTimeOffset(_lastChange, TimeSpan.Zero);
        if (!_isPacked && Start.Length < Fingerprint.Longest)
        {
            Start = Fingerprint.Of(ReadStart(Fingerprint.Longest));
        }
    }

    private byte[] ReadStart(int most)
    {
        byte[] start = new byte[most];
        _file.Position = 0;
        int length = _file.ReadAtLeast(start, most, throwOnEndOfStream: false);
        return start[..length];
    }

    // The encoding shows once there is a line, and where the reading goes on is known with it.
    private bool TryKnow(bool isFinal)
    {
        if (_isKnown || _isPacked)
        {
            return true;
        }

        byte[] start = ReadStart(Fingerprint.Longest);
        if (start.Length < Fingerprint.Longest && !isFinal && !start.AsSpan().Contains((byte)'\n')
            && !IsHeldLongEnough(start.Length))
        {
            return false;
        }

        (_encoding, int mark) = TextEncoding.Find(start, _asked);
        _ends = LineEnds.Of(_encoding);
        _position = SkipTaken(_position with { Offset = Math.Max(_position.Offset, mark) });
        _next = _position;
        _isKnown = true;
        return true;
    }

    private FilePosition SkipTaken(FilePosition position)
    {
        long offset = position.Offset;
        long left = position.Taken;
        byte[] piece = new byte[PieceLength];
        while (left > 0)
        {
            _file.Position = offset;
            int read = _file.ReadAtLeast(piece, PieceLength, throwOnEndOfStream: false);
            ReadOnlySpan<byte> rest = piece.AsSpan(0, read - (read % _ends.Unit));
            int after;
            while (left > 0 && (after = _ends.AfterFirst(rest)) > 0)
            {
                left--;
                offset += after;
                rest = rest[after..];
            }

            if (left > 0)
            {
                offset += rest.Length;
                left = rest.IsEmpty && read < PieceLength ? 0 : left;
            }
        }

        return new FilePosition(offset, position.Line + position.Taken, 0);
    }

    // The end of the whole lines, about a segment further on; the end of the file where its last line may be taken
    // without an end.
    private FilePosition FindEnd(bool isFinal)
    {
        long at = _next.Offset;
        long length = _file.Length;
        if (length == _heldLength && !isFinal && !IsHeldLongEnough(length))
        {
            return _next;
        }

        FilePosition end = _next;
        byte[] piece = new byte[PieceLength];
        long ends = 0;
        while (at < length && (end.Offset == _next.Offset || at - _next.Offset < SegmentLength))
        {
            _file.Position = at;
            int read = _file.ReadAtLeast(piece, PieceLength, throwOnEndOfStream: false);
            int whole = read - (read % _ends.Unit);
            if (whole == 0)
            {
                break;
            }

            int after = _ends.AfterLast(piece.AsSpan(0, whole));
            ends += _ends.Count(piece.AsSpan(0, whole));
            end = after > 0 ? new FilePosition(at + after, _next.Line + ends, 0) : end;
            at += whole;
        }

        bool isPartial = end.Offset == _next.Offset && length > _next.Offset;
        return isPartial && (isFinal || IsHeldLongEnough(length)) ? new FilePosition(length, _next.Line + 1, 0) : end;
    }

    // A line that is being written gets its end soon; one that a program left without an end must show all the same.
    private bool IsHeldLongEnough(long length)
    {
        if (length != _heldLength)
        {
            _heldLength = length;
            TimeSpan age = DateTime.UtcNow - File.GetLastWriteTimeUtc(_file.SafeFileHandle);
            _heldSince = Environment.TickCount64 - (long)Math.Clamp(age.TotalMilliseconds, 0, HoldMilliseconds);
        }

        return Environment.TickCount64 - _heldSince >= HoldMilliseconds;
    }

    // What is compressed does not grow: its rest is one segment.
    private LogSegment UnpackRest(CancellationToken cancellation)
    {
        _file.Position = 0;
        Stream content = Decompression.Open(new RangeStream(_file, 0, _file.Length), cancellation);
        try
        {
            byte[] start = new byte[Fingerprint.Longest];
            int length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            (_encoding, int mark) = TextEncoding.Find(start.AsSpan(0, length), _asked);
            _ends = LineEnds.Of(_encoding);
            Start = Fingerprint.Of(start.AsSpan(0, length));
            UnpackedContent rest = _unpacked = new(content, start.AsMemory(0, length), _ends);
            rest.SkipBytes(Math.Max(_position.Offset, mark));
            rest.SkipLines(_position.Taken);
            _next = _position = new FilePosition(rest.Offset, _position.Line + _position.Taken, 0);
            return new LogSegment(Transcode(rest), _position.Line, _position.Offset);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private Stream Transcode(Stream text) =>
        _encoding is null ? text : Encoding.CreateTranscodingStream(
            text, _encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
