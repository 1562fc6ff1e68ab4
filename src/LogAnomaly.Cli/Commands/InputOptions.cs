using System.CommandLine;
using System.Text;
using LogAnomaly.Cli.Input;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Cli.Commands;

/// <summary>
/// The files that a command reads and how it reads them: the same arguments and options on every command that does.
/// </summary>
internal sealed class InputOptions
{
    private const string Auto = "auto";

    private readonly Argument<string[]> _files;
    private readonly Option<string> _format = new("--format")
    {
        Description = "Format of the files; 'auto' finds it out for each file from its first lines.",
        HelpName = string.Join('|', FormatNames()),
        DefaultValueFactory = _ => Auto,
    };

    private readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "Zone of stamps that name none, and of times on the command line: Europe/Berlin, UTC, "
            + "+02:00. The machine's by default.",
        HelpName = "zone",
    };

    private readonly Option<string?> _referenceTime = new("--reference-time")
    {
        Description = "Settles the year of stamps without one: the latest that puts no stamp more than a day after "
            + "this time. By default the order of the lines and the time of the file's last change settle it.",
        HelpName = "time",
    };

    private readonly Option<string?> _encoding = new("--encoding")
    {
        Description = "Encoding of files without a byte order mark, such as latin1 or windows-1252. By default UTF-16 "
            + "is recognised and all else read as UTF-8, where other bytes are kept and shown as U+FFFD.",
        HelpName = "encoding",
    };

    private readonly Option<int?> _tail = NumberOption.Whole("--tail", 0);

    private readonly OwnFormatOptions _own = new();
    private readonly FilterOptions _filter = new();
    private readonly FollowOptions? _follow;

    /// <summary>Creates the options.</summary>
    /// <param name="files">What the argument for files says of itself.</param>
    /// <param name="follow">The options to follow files, where the command can; else null.</param>
    public InputOptions(string files, FollowOptions? follow = null)
    {
        _follow = follow;
        _files = new Argument<string[]>("files")
        {
            Description = files,
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "FILE",
        };
        FilledOption.Require(_timeZone);
        FilledOption.Require(_referenceTime);
        FilledOption.Require(_encoding);
        _tail.Description = "Only the last lines of each file, this many.";
        _tail.HelpName = "lines";
        Choice.Restrict(_format, [.. FormatNames()]);
    }

    /// <summary>Adds the argument and the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_format);
        _own.AddTo(command);
        command.Options.Add(_timeZone);
        command.Options.Add(_referenceTime);
        command.Options.Add(_encoding);
        command.Options.Add(_tail);
        _follow?.AddTo(command);
        _filter.AddTo(command);
    }

    /// <summary>The paths that the user named.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>The paths, perhaps none.</returns>
    public string[] Paths(ParseResult result) => result.GetValue(_files) ?? [];

    /// <summary>How to read.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>The options of the reader.</returns>
    /// <exception cref="UsageException">A value is no zone, time, format or name of a field.</exception>
    public LogReaderOptions ReaderOptions(ParseResult result)
    {
        TimeZoneInfo zone = TimeText.ParseZone(_timeZone.Name, result.GetValue(_timeZone));
        LogFormats.TryGet(result.GetValue(_format) ?? Auto, out LogFormat? format);
        LogFormat? own = _own.Format(result, format is null ? null : _format.Name);
        return new LogReaderOptions
        {
            Format = own ?? format,
            PropertyNames = _own.Properties(result),
            TimeZone = zone,
            ReferenceTime = TimeText.Parse(_referenceTime.Name, result.GetValue(_referenceTime), zone),
            Filter = _filter.Filter(result, zone),
            Encoding = Encoding(result),
            Tail = result.GetValue(_tail),
            CheckpointPath = _follow?.Checkpoint(result),
        };
    }

    /// <summary>What the user named, ready to be read.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="host">The run.</param>
    /// <param name="failed">Whether a pattern matched nothing; the user has been told.</param>
    /// <returns>The input.</returns>
    /// <exception cref="UsageException">A value is wrong, or there is nothing to read.</exception>
    public LogInput Open(ParseResult result, CliHost host, out bool failed)
    {
        LogReaderOptions options = ReaderOptions(result);
        IReadOnlyList<InputSource> sources = LogInput.Resolve(Paths(result), host, out failed);
        if ((_follow?.IsAsked(result) == true || options.CheckpointPath is not null)
            && sources.Any(source => source.Open is not null))
        {
            throw new UsageException("Standard input cannot be followed and has no checkpoint: name files.");
        }

        return new LogInput(host, options, sources, _follow?.IsAsked(result) == true);
    }

    /// <summary>Other files than those of the argument, read in the same way.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="paths">Their paths; wildcards are expanded.</param>
    /// <param name="host">The run.</param>
    /// <param name="failed">Set where a pattern matched nothing; the user has been told.</param>
    /// <returns>The input.</returns>
    /// <exception cref="UsageException">A value is wrong.</exception>
    public LogInput OpenOthers(ParseResult result, IReadOnlyList<string> paths, CliHost host, ref bool failed)
    {
        IReadOnlyList<InputSource> sources = LogInput.Resolve(paths, host, out bool othersFailed);
        failed |= othersFailed;
        return new LogInput(host, ReaderOptions(result), sources);
    }

    private Encoding? Encoding(ParseResult result)
    {
        if (result.GetValue(_encoding) is not { } name)
        {
            return null;
        }

        return LogEncodings.TryGet(name, out Encoding? encoding)
            ? encoding
            : throw new UsageException(
                $"'{name}' is no encoding that is known: name one such as {string.Join(", ", LogEncodings.Names)}.");
    }

    private static IEnumerable<string> FormatNames() => LogFormats.All.Select(format => format.Name).Prepend(Auto);
}
