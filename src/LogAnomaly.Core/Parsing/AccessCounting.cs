using LogAnomaly.Reading;
using Microsoft.Win32.SafeHandles;

namespace LogAnomaly.Parsing;

/// <summary>
/// Counts an access log in plain text by segments: a line belongs to the segment that its first byte lies in, so
/// threads need nothing of each other until the sums are put together.
/// </summary>
internal sealed class AccessCounting
{
    private const int SegmentLength = 4 << 20;
    private const int BlockLength = 256 << 10;

    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly LogReaderOptions _options;
    private readonly LogSource _source;
    private readonly AccessFormat _format = new();
    private readonly Segment[] _segments;
    private int _next = -1;
    private volatile bool _isTooLong;

    private AccessCounting(SafeFileHandle file, long length, LogReaderOptions options, LogSource source)
    {
        _file = file;
        _length = length;
        _options = options;
        _source = source;
        _segments = new Segment[(length + SegmentLength - 1) / SegmentLength];
    }

    /// <summary>Counts a file, if it is an access log in plain text.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="options">How to read.</param>
    /// <param name="ledger">The account to write.</param>
    /// <param name="tally">Takes the counts.</param>
    /// <param name="cancellation">Ends the counting.</param>
    /// <returns>Whether it was counted; if not, nothing was done.</returns>
    public static bool TryCount(
        string path, LogReaderOptions options, ParseLedger ledger, CountTally tally, CancellationToken cancellation)
    {
        (Stream? stream, _) = LogFile.Open(path, cancellation);
        using (stream)
        {
            if (stream is not FileStream { CanSeek: true, Length: > 0 } file || !IsPlainAccessLog(file, path, options))
            {
                return false;
            }

            // What is appended meanwhile is another reading's.
            AccessCounting counting = new(file.SafeFileHandle, file.Length, options, new LogSource(path));
            return counting.Run(path, ledger, tally, cancellation);
        }
    }

    private static bool IsPlainAccessLog(FileStream file, string path, LogReaderOptions options)
    {
        byte[] start = new byte[BlockLength / 4];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start.AsSpan(0, Math.Min(length, 4)).ContainsAnyInRange((byte)0x80, (byte)0xFF)
            || start.AsSpan(0, length).Contains((byte)0))
        {
            return false;
        }

        List<LogLine> lines = [];
        using LineReader reader = new(new MemoryStream(start, 0, length), options.MaximumLineBytes);
        if (!reader.TryReadBlock(lines))
        {
            return false;
        }

        LineParsing parsing = new(
            options, path, new LogYears(DateTimeOffset.UnixEpoch), new LedgerEntry(path, "unknown"));
        parsing.Detect(lines);
        return parsing.Format is AccessFormat;
    }

    private bool Run(string path, ParseLedger ledger, CountTally tally, CancellationToken cancellation)
    {
        CountTally[] tallies = new CountTally[_options.Threads];
        if (_options.Threads == 1)
        {
            tallies[0] = Work(cancellation);
        }
        else
        {
            Parallel.For(0, tallies.Length, new ParallelOptions { MaxDegreeOfParallelism = tallies.Length }, worker =>
                tallies[worker] = Work(cancellation));
        }

        cancellation.ThrowIfCancellationRequested();
        if (_isTooLong)
        {
            return false;
        }

        Array.ForEach(tallies, tally.Include);
        Account(ledger.Open(path, _format.Name));
        return true;
    }

    private void Account(LedgerEntry entry)
    {
        ShapeTally shapes = new();
        foreach (Segment segment in _segments)
        {
            if (segment.Shapes is { } unparsed)
            {
                shapes.Include(unparsed, entry.LinesRead);
            }

            entry.LinesRead += segment.Lines;
            entry.Unparsed += segment.Unparsed;
            entry.Skipped += segment.Skipped;
        }

        entry.Parsed = entry.LinesRead - entry.Unparsed - entry.Skipped;
        entry.Bytes = _length;
        entry.UnparsedShapes = shapes.ToShapes();
    }

    private CountTally Work(CancellationToken cancellation)
    {
        CountTally tally = new();
        ParseContext context = new(_source, new LogClock(_options.TimeZone, DateTimeOffset.UtcNow));
        byte[] block = new byte[BlockLength];
        int index;
        while (!_isTooLong && !cancellation.IsCancellationRequested
            && (index = Interlocked.Increment(ref _next)) < _segments.Length)
        {
            CountSegment(index, ref block, context, tally);
        }

        return tally;
    }

    private void CountSegment(int index, ref byte[] block, ParseContext context, CountTally tally)
    {
        long segmentStart = (long)index * SegmentLength;
        long segmentEnd = Math.Min(segmentStart + SegmentLength, _length);

        // From the byte before: a line starts behind a line end.
        long at = Math.Max(segmentStart - 1, 0);
        bool isInside = index == 0;
        int rest = 0;
        Segment counted = default;
        while (at - rest < segmentEnd)
        {
            int read = RandomAccess.Read(_file, block.AsSpan(rest), at);
            read = (int)Math.Min(read, Math.Max(_length - at, 0));
            ReadOnlySpan<byte> filled = block.AsSpan(0, rest + read);
            long blockStart = at - rest;
            bool isLast = read == 0;
            int start = 0;
            while (start < filled.Length && blockStart + start < segmentEnd)
            {
                int length = filled[start..].IndexOf((byte)'\n');
                if (length < 0 && !isLast)
                {
                    break;
                }

                length = length < 0 ? filled.Length - start : length;
                if (isInside)
                {
                    CountLine(block, start, length, context, tally, ref counted);
                }

                isInside = true;
                start = Math.Min(start + length + 1, filled.Length);
            }

            at += read;
            rest = filled.Length - start;
            if (isLast || blockStart + start >= segmentEnd)
            {
                break;
            }

            if (!KeepRest(ref block, start, rest))
            {
                return;
            }
        }

        _segments[index] = counted;
    }

    private bool KeepRest(ref byte[] block, int start, int rest)
    {
        if (rest > _options.MaximumLineBytes)
        {
            _isTooLong = true;
            return false;
        }

        byte[] next = rest * 2 > block.Length ? new byte[block.Length * 2] : block;
        block.AsSpan(start, rest).CopyTo(next);
        block = next;
        return true;
    }

    private void CountLine(
        byte[] block, int start, int length, ParseContext context, CountTally tally, ref Segment counted)
    {
        counted.Lines++;
        length -= length > 0 && block[start + length - 1] == '\r' ? 1 : 0;
        ReadOnlySpan<byte> line = block.AsSpan(start, length);
        if (OrdinaryAccess.TryRead(line, out OrdinaryAccess access)
            && context.AccessStamps.TryGetOrdinary(access.Stamp, out long utcTicks, out _)
            && AccessFormat.TryGetAddress(access.Client, context, out _))
        {
            tally.Add(access, utcTicks);
            return;
        }

        if (length == 0)
        {
            counted.Skipped++;
            return;
        }

        LogLine whole = new(block, start, length, counted.Lines, 0);
        LogEvent? made = _format.Parse(whole, context);
        if (made is null)
        {
            counted.Unparsed++;
            (counted.Shapes ??= new ShapeTally()).Add(line, counted.Lines);
            made = new LineEvent(LogKind.Unparsed, whole, _source);
        }

        tally.Add(made);
    }

    private struct Segment
    {
        public long Lines;
        public long Unparsed;
        public long Skipped;
        public ShapeTally? Shapes;
    }
}
