using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// The reading of one source to its end: blocks of lines, parsed in place or side by side, given out in order.
/// </summary>
internal sealed class SourceReading
{
    private const int MostHeldBack = 4_000;

    private readonly LogReaderOptions _options;
    private readonly LedgerEntry _entry;
    private readonly LineParsing _parsing;
    private readonly Stack<Batch> _free = new();
    private bool _mayHoldBack;
    private bool _hasRead;
    private long _bytesBefore;

    /// <summary>Creates a reading.</summary>
    /// <param name="options">How to read.</param>
    /// <param name="path">The source.</param>
    /// <param name="years">Settles years.</param>
    /// <param name="entry">The account of the source.</param>
    public SourceReading(LogReaderOptions options, string path, LogYears years, LedgerEntry entry)
    {
        _options = options;
        _entry = entry;
        _parsing = new LineParsing(options, path, years, entry);
    }

    /// <summary>Reads the source to its end.</summary>
    /// <param name="stream">Its bytes; closed at the end.</param>
    /// <param name="mayBeSilent">Whether it is a pipe or a terminal, which may have nothing to give for long.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The events that the filter admits, in the order of the lines.</returns>
    public IEnumerable<LogEvent> Read(Stream stream, bool mayBeSilent, CancellationToken cancellation)
    {
        using LineReader? reader = Open(stream, mayBeSilent, cancellation);
        if (reader is null)
        {
            yield break;
        }

        try
        {
            foreach (LogEvent logEvent in Read(reader, cancellation))
            {
                yield return logEvent;
            }
        }
        finally
        {
            Close(reader);
            _parsing.TellUnparsed();
        }
    }

    /// <summary>
    /// Reads a part of a source that is followed. The format, once found, and the account go on from one part to the
    /// next.
    /// </summary>
    /// <param name="part">Whole lines.</param>
    /// <param name="years">Settles the years of the part.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The events that the filter admits, in the order of the lines.</returns>
    public IEnumerable<LogEvent> ReadPart(LogSegment part, LogYears years, CancellationToken cancellation)
    {
        _parsing.SettleYears(years);
        _mayHoldBack = true;
        _bytesBefore = _entry.Bytes;
        using LineReader reader = new(part.Content, _options.MaximumLineBytes, part.LinesBefore, part.Offset);
        try
        {
            foreach (LogEvent logEvent in Read(reader, cancellation))
            {
                yield return logEvent;
            }
        }
        finally
        {
            Close(reader);
        }
    }

    /// <summary>
    /// Shows the first lines of a source whose reading begins further on: they tell the format, and what their header
    /// says holds for the lines that are read. They do not count.
    /// </summary>
    /// <param name="start">The first bytes of the source, as UTF-8.</param>
    public void Show(byte[] start)
    {
        using LineReader reader = new(new MemoryStream(start), _options.MaximumLineBytes);
        List<LogLine> lines = [];
        while (reader.TryReadBlock(lines))
        {
            _parsing.Show(lines);
        }
    }

    /// <summary>
    /// Tells that lines were not of the format, where there are such; once, when all parts were read.
    /// </summary>
    public void TellUnparsed() => _parsing.TellUnparsed();

    /// <summary>Accounts for a source that cannot be read.</summary>
    /// <param name="error">Why.</param>
    public void TellUnreadable(Exception error)
    {
        ReadProblemKind kind = error is NotSupportedException
            ? ReadProblemKind.NotSupported
            : ReadProblemKind.EndedEarly;
        Tell(kind, $"'{_parsing.Source.Path}' cannot be read: {error.Message}", error);
    }

    private IEnumerable<LogEvent> Read(LineReader reader, CancellationToken cancellation)
    {
        foreach (Batch batch in _options.Threads == 1 ? ReadBatches(reader) : ReadBatchesInParallel(reader))
        {
            _entry.Bytes = _bytesBefore + reader.Bytes;
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < batch.Parsed.Count; i++)
            {
                if (_parsing.Account(batch.Parsed[i]) is { } wanted)
                {
                    yield return wanted;
                    cancellation.ThrowIfCancellationRequested();
                }
            }

            Recycle(batch, reader);
        }
    }

    private LineReader? Open(Stream stream, bool mayBeSilent, CancellationToken cancellation)
    {
        _mayHoldBack = !mayBeSilent;
        Stream source = mayBeSilent && cancellation.CanBeCanceled
            ? new InterruptibleStream(stream, cancellation)
            : stream;
        try
        {
            Stream text = TextEncoding.Open(Decompression.Open(source, cancellation), _options.Encoding);
            if (_options.Tail is not { } tail)
            {
                return new LineReader(text, _options.MaximumLineBytes);
            }

            byte[] start = new byte[LogGeneration.HeaderLength];
            int length = text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            Show(start[..(start.AsSpan(0, length).LastIndexOf((byte)'\n') + 1)]);
            text = PrefixedStream.GiveBack(text, start.AsMemory(0, length));
            (Stream rest, long lines, long bytes) = LastLines.Open(text, tail, cancellation);
            return new LineReader(rest, _options.MaximumLineBytes, lines, bytes);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException
            or UnauthorizedAccessException)
        {
            stream.Dispose();
            TellUnreadable(error);
            return null;
        }
    }

    private IEnumerable<Batch> ReadBatches(LineReader reader)
    {
        while (true)
        {
            Batch batch = NewBatch();
            if (!TryRead(reader, batch))
            {
                yield break;
            }

            _parsing.Parse(batch.Lines, batch.Parsed);
            yield return batch;
        }
    }

    // Blocks are parsed side by side and given out in their order. The first ones are parsed in place: a caller who
    // wants three lines must not pay for a read-ahead, and the format has to be known.
    private IEnumerable<Batch> ReadBatchesInParallel(LineReader reader)
    {
        const int FirstInPlace = 4;
        int inFlight = _options.Threads * 4;
        Queue<Task<Batch>> queue = new(inFlight);
        int count = 0;
        bool more = true;
        Task<Batch> last = Task.FromResult(new Batch());
        while (more || queue.Count > 0)
        {
            while (more && queue.Count < inFlight)
            {
                Batch batch = NewBatch();
                more = TryRead(reader, batch);
                if (!more)
                {
                    break;
                }

                if (count++ < FirstInPlace || _parsing.Format is null)
                {
                    queue.Enqueue(Task.FromResult(Parse(batch)));
                    break;
                }

                // One after the other, yet beside the reading and the caller.
                last = _parsing.IsSequential
                    ? last.ContinueWith(_ => Parse(batch), TaskScheduler.Default)
                    : Task.Run(() => Parse(batch));
                queue.Enqueue(last);
            }

            if (queue.TryDequeue(out Task<Batch>? next))
            {
                yield return next.GetAwaiter().GetResult();
            }
        }
    }

    private Batch Parse(Batch batch)
    {
        _parsing.Parse(batch.Lines, batch.Parsed);
        return batch;
    }

    // Reads a block; while the format of a file is not known, further ones with it, so that lines before the first that
    // tell the format (a long comment, say) do not cost those that follow. A pipe is not waited for, unless its first
    // line begins an object that goes on.
    private bool TryRead(LineReader reader, Batch batch)
    {
        List<LogLine> lines = batch.Lines;
        bool isRead = reader.TryReadBlock(lines);
        _parsing.Detect(lines);
        List<LogLine> more = [];
        bool beginsMore = !_hasRead && lines.Count > 0 && FirstLine.BeginsMore(lines[0].Span);
        _hasRead = true;
        while (_parsing.Format is null && (_mayHoldBack || beginsMore) && lines.Count < MostHeldBack
            && reader.TryReadBlock(more))
        {
            lines.AddRange(more);
            _parsing.Detect(beginsMore ? lines : more);
        }

        _mayHoldBack = false;
        Join(reader, lines);
        batch.Block = reader.ReusesBlocks && lines.Count > 0 ? lines[0].Buffer : null;
        reader.ReusesBlocks = _parsing.Format is { KeepsLines: false };
        return isRead;
    }

    // The last event of a block may go on in the next one, so it waits for it; but only where more is there to be read
    // at once.
    private void Join(LineReader reader, List<LogLine> lines)
    {
        if (_parsing.Joiner is not { } joiner || lines.Count == 0)
        {
            return;
        }

        joiner.Join(lines);
        while (!reader.AtEnd && (reader.IsFilled || joiner.IsOpen) && lines[^1].Length < _options.MaximumLineBytes
            && lines[^1].FurtherLines < joiner.MaximumLines)
        {
            reader.TakeBack(lines[^1]);
            lines.RemoveAt(lines.Count - 1);
            if (lines.Count > 0)
            {
                return;
            }

            _ = reader.TryReadBlock(lines);
            joiner.Join(lines);
        }
    }

    private Batch NewBatch() => _free.TryPop(out Batch? batch) ? batch : new Batch();

    // The lists still hold the last events, until they are filled again; a few thousand at most.
    private void Recycle(Batch batch, LineReader reader)
    {
        if (batch.Block is { } block)
        {
            reader.Recycle(block);
        }

        _free.Push(batch);
    }

    private void Close(LineReader reader)
    {
        _entry.Bytes = _bytesBefore + reader.Bytes;
        _entry.Truncated += reader.Truncated;
        _parsing.AccountShapes();
        if (reader.Error is { } error)
        {
            Tell(
                ReadProblemKind.EndedEarly,
                $"'{_parsing.Source.Path}' could be read only to line {_entry.LinesRead}: {error.Message}",
                error);
        }
    }

    private void Tell(ReadProblemKind kind, string message, Exception error)
    {
        _entry.Error = message;
        _options.OnProblem?.Invoke(new ReadProblem(_parsing.Source.Path, kind, message, error));
    }

    private sealed class Batch
    {
        public List<LogLine> Lines { get; } = [];

        public List<ParsedLine> Parsed { get; } = [];

        public byte[]? Block { get; set; }
    }
}
