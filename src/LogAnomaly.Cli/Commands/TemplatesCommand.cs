using System.CommandLine;
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
    private readonly Option<int?> _top = TopOption.Create(
        "Most templates that are printed, the most frequent; all by default.");

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public TemplatesCommand(CliHost host)
        : base("templates", "Print the templates of the messages in log files, the most frequent first.")
    {
        _host = host;
        _input.AddTo(this);
        Options.Add(_json);
        Options.Add(_top);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        LogInput input = _input.Open(result, _host, out bool failed);
        TemplateMiner miner = new();
        long events = ReadProgress.Run(_host, input.Sources, progress => Mine(input, progress, miner));
        List<LogTemplate> templates = [.. miner.ToTemplates().Take(result.GetValue(_top) ?? int.MaxValue)];
        if (result.GetValue(_json))
        {
            TemplateList.WriteJson(templates, events, _host);
        }
        else
        {
            TemplateList.WriteText(templates, events, _host);
        }

        LedgerText.Write(input.Ledger, _host);
        return failed || input.HasFailed ? ExitCode.Error : ExitCode.Nothing;
    }

    private static long Mine(LogInput input, IReadProgress progress, TemplateMiner miner)
    {
        long events = 0;
        foreach (LogEvent logEvent in input.Read(() => { }, progress))
        {
            miner.Add(logEvent);
            events++;
        }

        return events;
    }
}
