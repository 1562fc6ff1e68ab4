using System.Buffers;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Makes events of text that comes piece by piece, such as the strings of a pipeline. The format is found out from the
/// first lines without waiting for more of them; where a line then does not fit, it is found out anew from the lines
/// kept so far. Events that have been given out stay. Lines that belong together are held back until the next line
/// shows that the event is complete, and so are first lines that begin something longer: a JSON object over several
/// lines, an XML element, a header of columns.
/// </summary>
public sealed class LogTextReader
{
    private const int MostKept = 50;
    private const int MostHeld = 2_000;
    private const int HeaderRows = 3;

    private readonly LogReaderOptions _options;
    private readonly LedgerEntry _entry;
    private readonly LineParsing _parsing;
    private readonly ArrayBufferWriter<byte> _keptBytes = new();
    private readonly List<(int Start, int Length)> _kept = [];
    private readonly List<LogLine> _held = [];
    private readonly List<ParsedLine> _parsed = [];
    private readonly ArrayBufferWriter<byte> _pendingBytes = new();
    private LogLine? _pending;
    private long _lines;
    private bool _isComplete;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">How to read, or null for the defaults.</param>
    /// <param name="ledger">The account to write, or null for a new one.</param>
    /// <param name="name">Name of the source, by custom in parentheses.</param>
    public LogTextReader(LogReaderOptions? options = null, ParseLedger? ledger = null, string name = "(pipeline)")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _options = options ?? new LogReaderOptions();
        Ledger = ledger ?? new ParseLedger();
        _entry = Ledger.Open(name, _options.Format?.Name ?? "unknown");
        _parsing = new LineParsing(
            _options, name, new LogYears(_options.ReferenceTime ?? DateTimeOffset.UtcNow), _entry);
    }

    /// <summary>The account of every line so far; lines that are held back are not counted yet.</summary>
    public ParseLedger Ledger { get; }

    /// <summary>Takes a piece of text.</summary>
    /// <param name="text">A line, or several with line ends between; the end of the text ends a line.</param>
    /// <returns>The events that are complete and that the filter admits, in the order of the lines.</returns>
    public IEnumerable<LogEvent> Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        List<LogEvent> events = [];
        int start = 0;
        while (start <= text.Length)
        {
            int end = text.IndexOf('\n', start);
            bool isLast = end < 0;
            end = isLast ? text.Length : end;
            if (!isLast || end > start || start == 0)
            {
                int length = end > start && text[end - 1] == '\r' ? end - 1 - start : end - start;
                AddLine(text.AsSpan(start, length), events);
            }

            start = end + 1;
        }

        return events;
    }

    /// <summary>Ends the text and the account of it.</summary>
    /// <returns>The events that were held back.</returns>
    public IEnumerable<LogEvent> Complete()
    {
        List<LogEvent> events = [];
        if (_isComplete)
        {
            return events;
        }

        _isComplete = true;
        Release(events);
        Flush(events);
        _parsing.AccountShapes();
        _parsing.TellUnparsed();
        return events;
    }

    private void AddLine(ReadOnlySpan<char> text, List<LogEvent> events)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        _ = Encoding.UTF8.GetBytes(text, bytes);
        int kept = Math.Min(bytes.Length, _options.MaximumLineBytes);
        _entry.Truncated += kept < bytes.Length ? 1 : 0;
        LogLine line = new(bytes, 0, kept, ++_lines, _entry.Bytes);
        _entry.Bytes += bytes.Length + 1;
        if (_parsing.Format is not null)
        {
            Keep(line, MostKept);
            Feed(line, events);
            return;
        }

        Keep(line, MostHeld);
        _held.Add(line);
        if (IsTimeToDetect(line))
        {
            _parsing.Detect(KeptLines());
        }

        if (_parsing.Format is not null || !MayBeginSomething())
        {
            Release(events);
        }
    }

    // Each further line of a long object would cost as much as all before it.
    private bool IsTimeToDetect(in LogLine line)
    {
        ReadOnlySpan<byte> text = line.Span.TrimStart(" \t"u8);
        bool isEnd = text.StartsWith("}"u8) || text.StartsWith("]"u8) || text.IndexOf("</Event>"u8) >= 0;
        return _kept.Count <= HeaderRows || isEnd || int.IsPow2(_kept.Count);
    }

    private bool MayBeginSomething()
    {
        if (_held.Count >= MostHeld || _held.Count < _kept.Count)
        {
            return false;
        }

        ReadOnlySpan<byte> first = _held[0].Span;
        return FirstLine.BeginsMore(first) || (_held.Count < HeaderRows && (CsvHeader.Read(_held[0].Span, 0) is not null
            || first.StartsWith("sep="u8) || first.StartsWith("#TYPE "u8)));
    }

    private void Release(List<LogEvent> events)
    {
        if (_held.Count == 0)
        {
            return;
        }

        if (_parsing.Format is null)
        {
            _parsing.Detect(KeptLines());
        }

        LogLine[] held = [.. _held];
        _held.Clear();
        if (_parsing.Format is not null && held.Length < _kept.Count)
        {
            Prime(_kept.Count - held.Length);
        }

        foreach (LogLine line in held)
        {
            Feed(line, events);
        }
    }

    // A format whose lines depend on those before sees them too, though their events have been given out.
    private void Prime(int count)
    {
        if (_parsing.IsSequential)
        {
            _parsing.Parse(KeptLines()[..count], _parsed);
        }
    }

    private void Feed(in LogLine line, List<LogEvent> events)
    {
        if (_parsing.Joiner is not { } joiner)
        {
            Emit(line, events);
            return;
        }

        if (_pending is { } pending && pending.FurtherLines + 1 < joiner.MaximumLines
            && _pendingBytes.WrittenCount + line.Length < _options.MaximumLineBytes && joiner.Joins(line.Span))
        {
            _pendingBytes.Write("\n"u8);
            _pendingBytes.Write(line.Span);
            _pending = pending with { FurtherLines = pending.FurtherLines + 1 };
            return;
        }

        Flush(events);
        if (_parsing.Joiner is not { } current)
        {
            Emit(line, events);
            return;
        }

        current.Begin(line.Span);
        _pendingBytes.Write(line.Span);
        _pending = line;
    }

    private void Flush(List<LogEvent> events)
    {
        if (_pending is not { } pending)
        {
            return;
        }

        LogLine joined = pending.FurtherLines == 0
            ? pending
            : pending with
            {
                Buffer = _pendingBytes.WrittenSpan.ToArray(),
                Start = 0,
                Length = _pendingBytes.WrittenCount,
            };
        _pending = null;
        _pendingBytes.ResetWrittenCount();
        Emit(joined, events);
    }

    private void Emit(in LogLine line, List<LogEvent> events)
    {
        _parsing.Parse([line], _parsed);
        bool mayChange = _options.Format is null && _lines <= MostKept && _parsing.Format is not null;
        if (mayChange && _parsed.Exists(parsed => parsed.Event?.Kind == LogKind.Unparsed)
            && _parsing.Redetect(KeptLines()))
        {
            Prime((int)Math.Min(line.Number - 1, _kept.Count));
            _parsing.Parse([line], _parsed);
        }

        foreach (ParsedLine parsed in _parsed)
        {
            if (_parsing.Account(parsed) is { } wanted)
            {
                events.Add(wanted);
            }
        }
    }

    private void Keep(in LogLine line, int most)
    {
        if (_kept.Count < most && _kept.Count == line.Number - 1)
        {
            _kept.Add((_keptBytes.WrittenCount, line.Length));
            _keptBytes.Write(line.Span);
            _keptBytes.Write("\n"u8);
        }
    }

    // In one buffer, so that lines that belong together can be joined.
    private List<LogLine> KeptLines()
    {
        byte[] bytes = _keptBytes.WrittenSpan.ToArray();
        List<LogLine> lines = new(_kept.Count);
        foreach ((int start, int length) in _kept)
        {
            lines.Add(new LogLine(bytes, start, length, lines.Count + 1, start));
        }

        return lines;
    }
}
