using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;
using LogAnomaly.Parsing;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly compare</c>: how a log differs from a reference.</summary>
internal sealed class CompareCommand : Command
{
    private readonly CliHost _host;
    private readonly Argument<string> _reference = new("reference")
    {
        Description = "Log or baseline that is compared with; * and ? are expanded.",
        HelpName = "REFERENCE",
    };

    private readonly Argument<string> _difference = new("difference")
    {
        Description = "Log or baseline that is compared with the reference; * and ? are expanded.",
        HelpName = "DIFFERENCE",
    };

    private readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "Zone of stamps that name none: Europe/Berlin, UTC, +02:00. The machine's by default.",
        HelpName = "zone",
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Also what one side alone has, but too seldom to be told from chance.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public CompareCommand(CliHost host)
        : base(
            "compare", "Tell how a log differs from a reference, such as the time after a deploy from the time before. "
                + "Exit code 1 says that it does.")
    {
        _host = host;
        FilledOption.Require(_timeZone);
        Arguments.Add(_reference);
        Arguments.Add(_difference);
        Option[] options = [_timeZone, _all, _json];
        Array.ForEach(options, Options.Add);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        LogReaderOptions options = new() { TimeZone = TimeText.ParseZone(_timeZone.Name, result.GetValue(_timeZone)) };
        LogComparison comparison = new(new ComparisonOptions { IncludesUncertain = result.GetValue(_all) });
        bool failed = Take(result.GetValue(_reference)!, options, comparison.AddReference, comparison.IncludeReference);
        failed |= Take(result.GetValue(_difference)!, options, comparison.AddDifference, comparison.IncludeDifference);
        IReadOnlyList<LogDifference> found = comparison.Complete(_host.Cancellation);
        if (comparison.ReferenceEvents == 0 || comparison.DifferenceEvents == 0)
        {
            throw new UsageException(
                $"The {(comparison.ReferenceEvents == 0 ? "reference" : "difference")} holds no event: check what it "
                    + "names.");
        }

        if (result.GetValue(_json))
        {
            DifferenceList.WriteJson(found, _host);
        }
        else
        {
            DifferenceList.WriteText(found, _host);
            _host.Tell(
                FormattableString.Invariant(
                    $"{found.Count:N0} differences between {comparison.ReferenceEvents:N0} and {comparison.DifferenceEvents:N0} events")
                + (comparison.Uncertain > 0 && !result.GetValue(_all)
                    ? FormattableString.Invariant($"; {comparison.Uncertain:N0} more may be chance, --all shows them.")
                    : "."),
                forPeople: true);
        }

        return failed ? ExitCode.Error : found.Count > 0 ? ExitCode.Findings : ExitCode.Nothing;
    }

    private bool Take(string path, LogReaderOptions options, Action<LogEvent> add, Action<LogBaseline> include)
    {
        IReadOnlyList<InputSource> sources = LogInput.Resolve([path], _host, out bool failed);
        foreach (InputSource source in sources.Where(IsBaseline))
        {
            try
            {
                include(BaselineFile.Read(source.Name));
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new UsageException(error.Message);
            }
        }

        InputSource[] logs = [.. sources.Where(source => !IsBaseline(source))];
        if (logs.Length == 0)
        {
            return failed;
        }

        LogInput input = new(_host, options, logs);
        ReadProgress.Run(_host, logs, progress =>
        {
            long events = 0;
            foreach (LogEvent logEvent in input.Read(() => { }, progress))
            {
                add(logEvent);
                events++;
            }

            return events;
        });
        LedgerText.Write(input.Ledger, _host);
        return failed | input.HasFailed;
    }

    private static bool IsBaseline(InputSource source) => source.Open is null && BaselineFile.IsBaseline(source.Name);
}
