using System.Collections.Concurrent;
using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>The reading of one source: finds its format, makes its events, keeps its account.</summary>
internal sealed class SourceReading
{
    private const int MostHeldBack = 4_000;

    private readonly LogReaderOptions _options;
    private readonly LedgerEntry _entry;
    private readonly LogSource _source;
    private readonly ShapeTally _shapes = new();
    private readonly ConcurrentBag<ParseContext> _contexts = [];
    private readonly IReadOnlyList<DetectableFormat> _candidates;
    private LogYears _years;
    private LogFormat? _format;
    private bool _mayHoldBack;
    private long _bytesBefore;

    /// <summary>Creates a reading.</summary>
    /// <param name="options">How to read.</param>
    /// <param name="path">The source.</param>
    /// <param name="years">Settles years.</param>
    /// <param name="entry">The account of the source.</param>
    public SourceReading(LogReaderOptions options, string path, LogYears years, LedgerEntry entry)
    {
        _options = options;
        _years = years;
        _entry = entry;
        _source = new LogSource(path) { Entry = entry };
        _format = options.Format;
        _candidates = options.Candidates is { } candidates
            ? [.. LogFormats.Detectable.Where(entry => candidates.Contains(entry.Format))]
            : LogFormats.Detectable;
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
            TellUnparsed();
        }
    }

    /// <summary>
    /// Reads a part of a source that is followed. The format, once found, and the account go on from one part to the next.
    /// </summary>
    /// <param name="part">Whole lines.</param>
    /// <param name="years">Settles the years of the part.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The events that the filter admits, in the order of the lines.</returns>
    public IEnumerable<LogEvent> ReadPart(LogSegment part, LogYears years, CancellationToken cancellation)
    {
        SettleYears(years);
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
    /// Shows the first lines of a source whose reading begins further on: they tell the format, and what their header says holds for the
    /// lines that are read. They do not count.
    /// </summary>
    /// <param name="start">The first bytes of the source, as UTF-8.</param>
    public void Show(byte[] start)
    {
        using LineReader reader = new(new MemoryStream(start), _options.MaximumLineBytes);
        List<LogLine> lines = [];
        while (reader.TryReadBlock(lines))
        {
            _format ??= Detect(lines);
            ParseContext context = NewContext();
            foreach (LogLine line in lines)
            {
                if (line.Length > 0 && line.Span[0] == '#')
                {
                    _format?.Parse(line, context);
                }
            }

            _contexts.Add(context);
        }
    }

    /// <summary>Tells that lines were not of the format, where there are such; once, when all parts were read.</summary>
    public void TellUnparsed()
    {
        if (_entry.Unparsed > 0)
        {
            string format = _format is null ? "no known format" : $"not of the format '{_format.Name}'";
            _options.OnProblem?.Invoke(new ReadProblem(
                _source.Path,
                ReadProblemKind.UnparsedLines,
                FormattableString.Invariant($"{_entry.Unparsed} of {_entry.LinesRead} lines of '{_source.Path}' are {format}; they are kept as events of kind Unparsed.")));
        }
    }

    /// <summary>Accounts for a source that cannot be read.</summary>
    /// <param name="error">Why.</param>
    public void TellUnreadable(Exception error)
    {
        ReadProblemKind kind = error is NotSupportedException ? ReadProblemKind.NotSupported : ReadProblemKind.EndedEarly;
        Tell(kind, $"'{_source.Path}' cannot be read: {error.Message}", error);
    }

    private IEnumerable<LogEvent> Read(LineReader reader, CancellationToken cancellation)
    {
        foreach (Batch batch in _options.Threads == 1 ? ReadBatches(reader) : ReadBatchesInParallel(reader))
        {
            _entry.Bytes = _bytesBefore + reader.Bytes;
            for (int i = 0; i < batch.Lines.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Account(batch.Lines[i], batch.Events[i]) is { } wanted)
                {
                    yield return wanted;
                }
            }
        }
    }

    private LineReader? Open(Stream stream, bool mayBeSilent, CancellationToken cancellation)
    {
        _mayHoldBack = !mayBeSilent;
        Stream source = mayBeSilent && cancellation.CanBeCanceled ? new InterruptibleStream(stream, cancellation) : stream;
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
        catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException or UnauthorizedAccessException)
        {
            stream.Dispose();
            TellUnreadable(error);
            return null;
        }
    }

    private IEnumerable<Batch> ReadBatches(LineReader reader)
    {
        Batch batch = new();
        while (TryRead(reader, batch.Lines))
        {
            Parse(batch);
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
                Batch batch = new();
                more = TryRead(reader, batch.Lines);
                if (!more)
                {
                    break;
                }

                if (count++ < FirstInPlace || _format is null)
                {
                    Parse(batch);
                    queue.Enqueue(Task.FromResult(batch));
                    break;
                }

                // One after the other, yet beside the reading and the caller.
                last = _format.IsSequential
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

    // Reads a block; while the format of a file is not known, further ones with it, so that lines before the first that tell the
    // format (a long comment, say) do not cost those that follow. A pipe is not waited for.
    private bool TryRead(LineReader reader, List<LogLine> lines)
    {
        bool isRead = reader.TryReadBlock(lines);
        _format ??= Detect(lines);
        List<LogLine> more = [];
        while (_format is null && _mayHoldBack && lines.Count < MostHeldBack && reader.TryReadBlock(more))
        {
            lines.AddRange(more);
            _format = Detect(more);
        }

        _mayHoldBack = false;
        return isRead;
    }

    private LogFormat? Detect(List<LogLine> lines)
    {
        LogFormat? format = FormatDetector.Detect(lines, _source.Path, _candidates);
        int rest = lines.Count - FormatDetector.SampleSize;
        return format is null && rest > 0
            ? FormatDetector.Detect(lines[rest..], _source.Path, _candidates)
            : format;
    }

    private Batch Parse(Batch batch)
    {
        LogFormat? format = _format;
        batch.Events.Clear();
        if (!_contexts.TryTake(out ParseContext? context))
        {
            context = NewContext();
        }

        long until = _years.HasParts ? 0 : long.MaxValue;
        foreach (ref readonly LogLine line in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Lines))
        {
            if (line.Offset >= until)
            {
                context.Clock = new LogClock(_options.TimeZone, _years.ReferenceAt(line.Offset, out until));
            }

            batch.Events.Add(line.Length == 0 ? null : format?.Parse(line, context) ?? new LogEvent(LogKind.Unparsed, line, _source));
        }

        _contexts.Add(context);
        return batch;
    }

    private ParseContext NewContext() => new(_source, new LogClock(_options.TimeZone, _years.Reference));

    private void SettleYears(LogYears years)
    {
        if (years == _years)
        {
            return;
        }

        _years = years;
        foreach (ParseContext context in _contexts)
        {
            context.Clock = new LogClock(_options.TimeZone, years.Reference);
        }
    }

    private LogEvent? Account(in LogLine line, LogEvent? logEvent)
    {
        _entry.LinesRead++;
        if (logEvent is null)
        {
            _entry.Skipped++;
            return null;
        }

        if (logEvent.Kind == LogKind.Unparsed)
        {
            _entry.Unparsed++;
            _shapes.Add(line);
        }
        else
        {
            _entry.Parsed++;
        }

        if (_options.Filter is { } filter && !filter.Admits(logEvent))
        {
            _entry.Filtered++;
            return null;
        }

        return logEvent;
    }

    private void Close(LineReader reader)
    {
        _entry.Format = _format?.Name ?? "unknown";
        _entry.Bytes = _bytesBefore + reader.Bytes;
        _entry.Truncated += reader.Truncated;
        _entry.UnparsedShapes = _shapes.ToShapes();
        if (reader.Error is { } error)
        {
            Tell(ReadProblemKind.EndedEarly, $"'{_source.Path}' could be read only to line {_entry.LinesRead}: {error.Message}", error);
        }
    }

    private void Tell(ReadProblemKind kind, string message, Exception error)
    {
        _entry.Error = message;
        _options.OnProblem?.Invoke(new ReadProblem(_source.Path, kind, message, error));
    }

    private sealed class Batch
    {
        public List<LogLine> Lines { get; } = [];

        public List<LogEvent?> Events { get; } = [];
    }
}
