using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;
using LogAnomaly.Templates;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly templates</c>: the kinds of messages that log files hold.</summary>
internal sealed class TemplatesCommand : Command
{
    private readonly CliHost _host;
    private readonly InputOptions _input = new("Files to read; * and ? are expanded; - is standard input.");
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };
    private readonly Option<string[]> _diff = new("--diff")
    {
        Description = "Older logs to compare with: print what is new, gone and changed.",
        HelpName = "files",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _minimumCount = NumberOption.Whole("--minimum-count", 1);
    private readonly Option<int?> _top = TopOption.Create(
        "Most templates that are printed, the most frequent; all by default.");

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public TemplatesCommand(CliHost host)
        : base("templates", "Print the templates of the messages in log files, the most frequent first.")
    {
        _host = host;
        _input.AddTo(this);
        _minimumCount.Description = "Least number of events of a template, in either input.";
        _minimumCount.HelpName = "number";
        Options.Add(_diff);
        Options.Add(_minimumCount);
        Options.Add(_json);
        Options.Add(_top);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        LogInput input = _input.Open(result, _host, out bool failed);
        int least = result.GetValue(_minimumCount) ?? 1;
        int most = result.GetValue(_top) ?? int.MaxValue;
        LogInput? older = result.GetValue(_diff) is { Length: > 0 } paths
            ? _input.OpenOthers(result, paths, _host, ref failed)
            : null;
        if (older is not null)
        {
            PrintChanges(input, older, least, most, result.GetValue(_json));
        }
        else
        {
            PrintTemplates(input, least, most, result.GetValue(_json));
        }

        LedgerText.Write(input.Ledger, _host);
        return failed || input.HasFailed || older?.HasFailed == true ? ExitCode.Error : ExitCode.Nothing;
    }

    private void PrintTemplates(LogInput input, int least, int most, bool asJson)
    {
        TemplateMiner miner = new();
        ReadProgress.Run(_host, input.Sources, progress => Read(input, progress, logEvent => miner.Add(logEvent)));
        LogTemplate[] templates =
            [.. TemplateShares.Set(miner.ToTemplates()).Where(template => template.Count >= least).Take(most)];
        if (asJson)
        {
            TemplateList.WriteJson(templates, _host);
        }
        else
        {
            TemplateList.WriteText(templates, _host);
        }
    }

    private void PrintChanges(LogInput input, LogInput older, int least, int most, bool asJson)
    {
        TemplateComparison comparison = new();
        ReadProgress.Run(_host, older.Sources, progress => Read(older, progress, comparison.AddReference));
        ReadProgress.Run(_host, input.Sources, progress => Read(input, progress, comparison.AddDifference));
        TemplateChange[] changes =
        [
            .. comparison.Complete().Where(change => Math.Max(change.Count, change.ReferenceCount) >= least).Take(most),
        ];
        if (asJson)
        {
            TemplateList.WriteJson(changes, _host);
        }
        else
        {
            TemplateList.WriteText(changes, _host);
        }
    }

    private static long Read(LogInput input, IReadProgress progress, Action<LogEvent> take)
    {
        long events = 0;
        foreach (LogEvent logEvent in input.Read(() => { }, progress))
        {
            take(logEvent);
            events++;
        }

        return events;
    }
}
