using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Makes events of the lines of one source, tests them against the filter and keeps the source's account.
/// </summary>
internal sealed class LineParsing
{
    private readonly LogReaderOptions _options;
    private readonly LedgerEntry _entry;
    private readonly ShapeTally _shapes = new();
    private readonly ConcurrentBag<ParseContext> _contexts = [];
    private readonly IReadOnlyList<DetectableFormat> _candidates;
    private readonly PropertyMap _properties;
    private LogFormat? _format;
    private LogFormat? _other;
    private LineJoiner? _joiner;
    private LogYears _years;

    /// <summary>Creates a parsing.</summary>
    /// <param name="options">How to read.</param>
    /// <param name="path">The source.</param>
    /// <param name="years">Settles years.</param>
    /// <param name="entry">The account of the source.</param>
    public LineParsing(LogReaderOptions options, string path, LogYears years, LedgerEntry entry)
    {
        _options = options;
        _years = years;
        _entry = entry;
        Source = new LogSource(path) { Entry = entry };
        _properties = PropertyMap.Create(options.PropertyNames);
        Format = options.Format;
        _candidates = options.Candidates is { } candidates
            ? [.. candidates.Except(LogFormats.All).Select(own => new DetectableFormat(own, null, [])),
                .. LogFormats.Detectable.Where(known => candidates.Contains(known.Format))]
            : LogFormats.Detectable;
    }

    /// <summary>Where the lines come from.</summary>
    public LogSource Source { get; }

    /// <summary>The format, or null while it is not known.</summary>
    public LogFormat? Format
    {
        get => _format;
        private set
        {
            _format = value;
            _other = null;
            _joiner = value?.NewJoiner();
            _entry.Format = value?.Name ?? "unknown";
        }
    }

    /// <summary>Whether lines must be parsed one after the other.</summary>
    public bool IsSequential => _format is { IsSequential: true } || _other is { IsSequential: true };

    /// <summary>Joins lines that belong together; null where the format has no such lines or is not known.</summary>
    public LineJoiner? Joiner => _joiner;

    /// <summary>Finds the format, unless it is known.</summary>
    /// <param name="lines">Lines of the source, in order.</param>
    public void Detect(List<LogLine> lines)
    {
        if (_format is not null)
        {
            return;
        }

        LogFormat? format = FormatDetector.Detect(lines, Source.Path, _candidates);
        int rest = lines.Count - FormatDetector.SampleSize;
        format = format is null && rest > 0
            ? FormatDetector.Detect(lines[rest..], Source.Path, _candidates)
            : format;
        if (format is not null)
        {
            Format = format;
            _ = DetectOther(lines);
        }
    }

    /// <summary>Finds the format anew, where lines did not fit the one that was found before.</summary>
    /// <param name="lines">Lines of the source, in order.</param>
    /// <returns>Whether there is another format that fits them better.</returns>
    public bool Redetect(List<LogLine> lines)
    {
        LogFormat? format = _options.Format is null ? FormatDetector.Detect(lines, Source.Path, _candidates) : null;
        if (format is null || format == _format)
        {
            return format is not null && DetectOther(lines);
        }

        Format = format;
        _ = DetectOther(lines);
        return true;
    }

    /// <summary>
    /// Makes the events of some lines. Safe from several threads at once, unless the format is sequential.
    /// </summary>
    /// <param name="lines">The lines, joined.</param>
    /// <param name="parsed">Filled with what became of them; cleared before.</param>
    public void Parse(List<LogLine> lines, List<ParsedLine> parsed)
    {
        parsed.Clear();
        if (!_contexts.TryTake(out ParseContext? context))
        {
            context = NewContext();
        }

        LogFormat? format = _format;
        long until = _years.HasParts ? 0 : long.MaxValue;
        foreach (ref readonly LogLine line in CollectionsMarshal.AsSpan(lines))
        {
            if (line.Offset >= until)
            {
                context.Clock = new LogClock(_options.TimeZone, _years.ReferenceAt(line.Offset, out until));
            }

            LogEvent? made = line.Length == 0
                ? LogFormat.NoEvent
                : format?.Parse(line, context) ?? ParseOther(line, context);
            if (made is null && line.FurtherLines > 0)
            {
                ParseApart(line, context, parsed);
                continue;
            }

            parsed.Add(Judge(made, line));
            TakeFurther(context, line, parsed);
        }

        _contexts.Add(context);
    }

    /// <summary>
    /// Shows the first lines of a source whose reading begins further on: they tell the format, and what their header
    /// says holds for the lines that are read. They do not count.
    /// </summary>
    /// <param name="lines">The lines.</param>
    public void Show(List<LogLine> lines)
    {
        Detect(lines);
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

    /// <summary>Takes other years for what is parsed from now on.</summary>
    /// <param name="years">Settles years.</param>
    public void SettleYears(LogYears years)
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

    /// <summary>Counts a line.</summary>
    /// <param name="line">What became of it.</param>
    /// <returns>Its event, or null where there is none or it is not wanted.</returns>
    public LogEvent? Account(in ParsedLine line)
    {
        _entry.LinesRead += line.Lines;
        if (line.Event is not { } made)
        {
            _entry.Skipped += line.Lines;
            return null;
        }

        if (made.Kind == LogKind.Unparsed)
        {
            _entry.Unparsed += line.Lines;
            _shapes.Add(((LineEvent)made).LineSpan, made.LineNumber);
        }
        else
        {
            _entry.Parsed += line.Lines;
        }

        if (!line.IsWanted)
        {
            _entry.Filtered++;
            return null;
        }

        return made;
    }

    /// <summary>Brings the account of unparsed lines up to date.</summary>
    public void AccountShapes() => _entry.UnparsedShapes = _shapes.ToShapes();

    /// <summary>Tells that lines were not of the format, where there are such; once, when all was read.</summary>
    public void TellUnparsed()
    {
        if (_entry.Unparsed > 0)
        {
            string format = _format is null ? "no known format" : $"not of the format '{_format.Name}'";
            _options.OnProblem?.Invoke(new ReadProblem(
                Source.Path,
                ReadProblemKind.UnparsedLines,
                FormattableString.Invariant(
                    $"{_entry.Unparsed} of {_entry.LinesRead} lines of '{Source.Path}' are {format}; they are kept as events of kind Unparsed.")));
        }
    }

    // Logs of two formats in one file: those that a container or a log shipper writes, and what was put together by
    // hand.
    private bool DetectOther(List<LogLine> lines)
    {
        LogFormat? other = FormatDetector.DetectOther(lines, Source.Path, _format!, _candidates);
        if (other is null || other == _other)
        {
            return false;
        }

        _other = other;
        _entry.Format = $"{_format!.Name}+{other.Name}";
        return true;
    }

    // Lines that were joined are of the format that joined them.
    private LogEvent? ParseOther(in LogLine line, ParseContext context) =>
        line.FurtherLines > 0 ? null : _other?.Parse(_format is { KeepsLines: false } ? line.Detach() : line, context);

    private ParseContext NewContext() =>
        new(Source, new LogClock(_options.TimeZone, _years.Reference)) { Properties = _properties };

    // Lines that were joined and are not understood together are taken one by one.
    private void ParseApart(in LogLine joined, ParseContext context, List<ParsedLine> parsed)
    {
        int start = 0;
        for (int i = 0; i <= joined.FurtherLines; i++)
        {
            ReadOnlySpan<byte> rest = joined.Span[start..];
            int end = i == joined.FurtherLines ? rest.Length : rest.IndexOf((byte)'\n');
            end = end < 0 ? rest.Length : end;
            LogLine line = joined with
            {
                Start = joined.Start + start,
                Length = end > 0 && end < rest.Length && rest[end - 1] == '\r' ? end - 1 : end,
                Number = joined.Number + i,
                Offset = joined.Offset + start,
                FurtherLines = 0,
            };
            LogEvent? made = line.Length == 0
                ? LogFormat.NoEvent
                : _format!.Parse(line, context) ?? ParseOther(line, context);
            parsed.Add(Judge(made, line));
            TakeFurther(context, line, parsed);
            start = Math.Min(start + end + 1, joined.Length);
        }
    }

    // The line is counted with its first event.
    private void TakeFurther(ParseContext context, in LogLine line, List<ParsedLine> parsed)
    {
        foreach (LogEvent made in context.Further)
        {
            parsed.Add(Judge(made, line) with { Lines = 0 });
        }

        context.Further.Clear();
    }

    private ParsedLine Judge(LogEvent? made, in LogLine line)
    {
        if (made == LogFormat.NoEvent)
        {
            return new ParsedLine(null, 1 + line.FurtherLines, false);
        }

        made ??= new LineEvent(LogKind.Unparsed, _format is { KeepsLines: false } ? line.Detach() : line, Source);
        bool isWanted = _options.Filter is not { } filter || filter.Admits(made, line.Span);
        return new ParsedLine(made, 1 + line.FurtherLines, isWanted);
    }
}
