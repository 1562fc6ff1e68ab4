using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>The reading of one source to its end: blocks of lines, parsed in place or side by side, given out in order.</summary>
internal sealed class SourceReading
{
    private const int MostHeldBack = 4_000;

    private readonly LogReaderOptions _options;
    private readonly LedgerEntry _entry;
    private readonly LineParsing _parsing;
    private readonly Stack<Batch> _free = new();
    private bool _mayHoldBack;

    /// <summary>Creates a reading.</summary>
    /// <param name="options">How to read.</param>
    /// <param name="path">The source.</param>
    /// <param name="reference">Settles years.</param>
    /// <param name="entry">The account of the source.</param>
    public SourceReading(LogReaderOptions options, string path, DateTimeOffset reference, LedgerEntry entry)
    {
        _options = options;
        _entry = entry;
        _parsing = new LineParsing(options, path, reference, entry);
    }

    /// <summary>Reads the source to its end.</summary>
    /// <param name="stream">Its bytes; closed at the end.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The events that the filter admits, in the order of the lines.</returns>
    public IEnumerable<LogEvent> Read(Stream stream, CancellationToken cancellation)
    {
        using LineReader? reader = Open(stream, cancellation);
        if (reader is null)
        {
            yield break;
        }

        try
        {
            foreach (Batch batch in _options.Threads == 1 ? ReadBatches(reader) : ReadBatchesInParallel(reader))
            {
                _entry.Bytes = reader.Bytes;
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
        finally
        {
            Close(reader);
        }
    }

    private LineReader? Open(Stream stream, CancellationToken cancellation)
    {
        // What cannot seek is a pipe or a terminal, and may be silent for long.
        _mayHoldBack = stream.CanSeek;
        Stream source = stream.CanSeek || !cancellation.CanBeCanceled ? stream : new InterruptibleStream(stream, cancellation);
        try
        {
            return new LineReader(TextEncoding.Open(Decompression.Open(source)), _options.MaximumLineBytes);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException or UnauthorizedAccessException)
        {
            stream.Dispose();
            ReadProblemKind kind = error is NotSupportedException ? ReadProblemKind.NotSupported : ReadProblemKind.EndedEarly;
            Tell(kind, $"'{_parsing.Source.Path}' cannot be read: {error.Message}", error);
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

    // Blocks are parsed side by side and given out in their order. The first ones are parsed in place: a caller who wants three
    // lines must not pay for a read-ahead, and the format has to be known.
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
                last = _parsing.Format.IsSequential
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

    // Reads a block; while the format of a file is not known, further ones with it, so that lines before the first that tell the
    // format (a long comment, say) do not cost those that follow. A pipe is not waited for.
    private bool TryRead(LineReader reader, Batch batch)
    {
        List<LogLine> lines = batch.Lines;
        bool isRead = reader.TryReadBlock(lines);
        _parsing.Detect(lines);
        List<LogLine> more = [];
        while (_parsing.Format is null && _mayHoldBack && lines.Count < MostHeldBack && reader.TryReadBlock(more))
        {
            lines.AddRange(more);
            _parsing.Detect(more);
        }

        _mayHoldBack = false;
        Join(reader, lines);
        batch.Block = reader.ReusesBlocks && lines.Count > 0 ? lines[0].Buffer : null;
        reader.ReusesBlocks = _parsing.Format is { KeepsLines: false };
        return isRead;
    }

    // The last event of a block may go on in the next one, so it waits for it; but only where more is there to be read at once.
    private void Join(LineReader reader, List<LogLine> lines)
    {
        if (_parsing.Joiner is not { } joiner || lines.Count == 0)
        {
            return;
        }

        joiner.Join(lines);
        while (!reader.AtEnd && reader.IsFilled && lines[^1].Length < _options.MaximumLineBytes
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
        _entry.Bytes = reader.Bytes;
        _entry.Truncated = reader.Truncated;
        if (reader.Error is { } error)
        {
            Tell(
                ReadProblemKind.EndedEarly,
                $"'{_parsing.Source.Path}' could be read only to line {_entry.LinesRead}: {error.Message}",
                error);
        }

        _parsing.Close();
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
