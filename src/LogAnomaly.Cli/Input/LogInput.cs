using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Cli.Input;

/// <summary>All that a command reads, as one sequence of events, with one account of it.</summary>
internal sealed class LogInput
{
    private const int MostThreads = 8;

    private readonly CliHost _host;
    private readonly LogReaderOptions _options;
    private readonly IReadOnlyList<InputSource> _sources;
    private readonly bool _follows;

    /// <summary>Creates an input.</summary>
    /// <param name="host">The run.</param>
    /// <param name="options">How to read.</param>
    /// <param name="sources">What to read.</param>
    /// <param name="follows">Whether to wait for more at the end of the files.</param>
    public LogInput(CliHost host, LogReaderOptions options, IReadOnlyList<InputSource> sources, bool follows = false)
    {
        _follows = follows;
        _host = host;
        _options = options with { OnProblem = Tell };
        _sources = sources;
    }

    /// <summary>The account of every line.</summary>
    public ParseLedger Ledger { get; } = new();

    /// <summary>Whether something could not be read; the user has been told.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The sources.</summary>
    public IReadOnlyList<InputSource> Sources => _sources;

    /// <summary>
    /// What paths stand for: files, and standard input for <c>-</c> or for no path where input is piped in.
    /// </summary>
    /// <param name="paths">The paths as the user wrote them.</param>
    /// <param name="host">The run.</param>
    /// <param name="failed">Whether a pattern matched nothing; the user has been told.</param>
    /// <returns>The sources.</returns>
    /// <exception cref="UsageException">There is neither a path nor piped input.</exception>
    public static IReadOnlyList<InputSource> Resolve(IReadOnlyList<string> paths, CliHost host, out bool failed)
    {
        failed = false;
        if (paths.Count == 0 && host.InputIsTerminal)
        {
            throw new UsageException("There is nothing to read: name a file, or pipe a log in.");
        }

        List<InputSource> sources = [];
        foreach (string path in paths.Count == 0 ? ["-"] : paths)
        {
            if (path == "-")
            {
                sources.Add(new InputSource("(standard input)", flush => new FlushingInput(host.Input, flush)));
                continue;
            }

            IReadOnlyList<string> files = path.Length == 0 ? [] : PathPatterns.Expand(path);
            sources.AddRange(files.Select(file => new InputSource(file)));
            if (files.Count == 0)
            {
                failed = true;
                host.Fail($"No file matches '{path}': check the path.");
            }
        }

        return sources;
    }

    /// <summary>
    /// Reads all sources, one after the other; files together, so that rotated ones come in the order of time.
    /// </summary>
    /// <param name="flush">Hands on the output before a stream is waited for.</param>
    /// <param name="progress">Told of each event.</param>
    /// <returns>The events, made as they are asked for.</returns>
    public IEnumerable<LogEvent> Read(Action flush, IReadProgress progress)
    {
        for (int i = 0; i < _sources.Count;)
        {
            int files = _sources.Skip(i).TakeWhile(source => source.Open is null).Count();
            IEnumerable<LogEvent> events = files > 0
                ? ReadFiles([.. _sources.Skip(i).Take(files).Select(source => source.Name)], flush)
                : ReadStream(_sources[i], flush);
            i += Math.Max(files, 1);
            foreach (LogEvent logEvent in events)
            {
                progress.Step(Ledger);
                yield return logEvent;
            }
        }
    }

    /// <summary>Counts all sources, one after the other.</summary>
    /// <returns>The counts of all of them together.</returns>
    public LogCounts Count()
    {
        LogCounter counter = new(_options with { Threads = Threads() }, Ledger);
        LogCounts counts = new();
        foreach (InputSource source in _sources)
        {
            counts = source.Open is { } open
                ? counter.CountStream(open(() => { }), source.Name, _host.Cancellation)
                : counter.CountFiles([source.Name], _host.Cancellation);
        }

        return counts;
    }

    /// <summary>Tells of each source that has lines none of which was understood.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TellNotUnderstood()
    {
        bool any = false;
        foreach (LedgerEntry entry in Ledger.Entries)
        {
            if (entry.Parsed == 0 && entry.Unparsed > 0)
            {
                any = true;
                _host.Fail($"No line of '{entry.Path}' was understood: name the format that it is in with --format.");
            }
        }

        return any;
    }

    private static int Threads() => Math.Clamp(Environment.ProcessorCount, 1, MostThreads);

    // With one thread, a line that a slow pipe has written is not held back for those that follow.
    private IEnumerable<LogEvent> ReadStream(InputSource source, Action flush)
    {
        LogReaderOptions options = _options with { Format = _options.Format ?? source.Format };
        return new LogReader(options, Ledger).ReadStream(source.Open!(flush), source.Name, _host.Cancellation);
    }

    private IEnumerable<LogEvent> ReadFiles(IReadOnlyList<string> paths, Action flush)
    {
        LogReader reader = new(_options with { Threads = Threads(), OnPause = flush }, Ledger);
        return _follows ? reader.Follow(paths, _host.Cancellation) : reader.ReadFiles(paths, _host.Cancellation);
    }

    private void Tell(ReadProblem problem)
    {
        // The account shows the unparsed lines, with their shapes.
        if (problem.Kind == ReadProblemKind.UnparsedLines)
        {
            return;
        }

        HasFailed = true;
        _host.Fail(problem.Message);
    }
}
