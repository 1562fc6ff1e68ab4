using System.CommandLine;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;
using LogAnomaly.Templates;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly parse</c>: every event, in the order of the files.</summary>
internal sealed class ParseCommand : Command
{
    private readonly CliHost _host;
    private readonly FollowOptions _follow = new();
    private readonly InputOptions _input;
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line, with all fields." };
    private readonly Option<bool> _csv = new("--csv")
    {
        Description = "Comma-separated values, with the same columns for every input. Formulas and control "
            + "characters are made harmless.",
    };

    private readonly Option<bool> _templates = new("--templates")
    {
        Description = "Add TemplateId and Template. They are final only at the end of the input, so all events are "
            + "kept until then.",
    };

    private readonly Option<bool> _count = new("--count")
    {
        Description = "Print how many events there are, by hour, status, level and so on, in place of the events.",
    };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public ParseCommand(CliHost host)
        : base("parse", "Print every event of log files, also those lines that could not be parsed. The account of "
            + "lines goes to standard error.")
    {
        _host = host;
        _input = new InputOptions("Files to read; * and ? are expanded; - is standard input.", _follow);
        _input.AddTo(this);
        Options.Add(_json);
        Options.Add(_csv);
        Options.Add(_templates);
        Options.Add(_count);
        Validators.Add(result =>
        {
            if (result.GetValue(_templates) && _follow.IsAsked(result))
            {
                result.AddError("--templates needs the end of the input, and --follow has none: name one of them.");
            }

            if (result.GetValue(_json) && result.GetValue(_csv))
            {
                result.AddError("--json and --csv exclude each other: name one of them.");
            }

            if (result.GetValue(_count) && (result.GetValue(_csv) || result.GetValue(_templates)))
            {
                result.AddError("--count prints numbers: leave --csv and --templates away.");
            }
        });
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        LogInput input = _input.Open(result, _host, out bool failed);
        if (result.GetValue(_count))
        {
            CountOutput.Write(input.Count(), result.GetValue(_json), _host);
            LedgerText.Write(input.Ledger, _host);
            return failed || input.HasFailed ? ExitCode.Error : ExitCode.Nothing;
        }

        bool withTemplates = result.GetValue(_templates);
        using IEventPrinter printer = Printer(result, withTemplates);

        // Where the events themselves go to the terminal, a bar would be drawn over them.
        IReadOnlyList<InputSource> watched = _host.OutputIsTerminal ? [] : input.Sources;
        ReadProgress.Run(
            _host, watched, progress => Print(input.Read(printer.Flush, progress), printer, withTemplates));
        printer.Flush();
        LedgerText.Write(input.Ledger, _host);
        return failed || input.HasFailed ? ExitCode.Error : ExitCode.Nothing;
    }

    private IEventPrinter Printer(ParseResult result, bool withTemplates)
    {
        if (result.GetValue(_json))
        {
            return new EventJson(_host.Output, withTemplates);
        }

        return result.GetValue(_csv)
            ? new EventCsv(_host.Text, withTemplates)
            : new EventText(_host.Text, withTemplates);
    }

    private long Print(IEnumerable<LogEvent> events, IEventPrinter printer, bool withTemplates)
    {
        long count = 0;
        foreach (LogEvent logEvent in withTemplates ? Mine(events) : events)
        {
            _host.Cancellation.ThrowIfCancellationRequested();
            printer.Print(logEvent);
            count++;
        }

        return count;
    }

    // A template may yet be merged into a wider one until the last event is known.
    private static List<LogEvent> Mine(IEnumerable<LogEvent> events)
    {
        TemplateMiner miner = new();
        List<LogEvent> mined = [];
        foreach (LogEvent logEvent in events)
        {
            miner.Add(logEvent);
            mined.Add(logEvent);
        }

        miner.Complete();
        return mined;
    }
}
