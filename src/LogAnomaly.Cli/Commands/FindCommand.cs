using System.CommandLine;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly find</c>: what is wrong in log files, and why.</summary>
internal sealed class FindCommand : Command
{
    private const int MostInTable = 100;

    private readonly CliHost _host;
    private readonly InputOptions _input = new("Files to read; * and ? are expanded; - is standard input.");
    private readonly AnalysisOptionSet _analysis = new();
    private readonly Option<bool> _json = new("--json")
    {
        Description = "One JSON object a line, with all reasons and evidence.",
    };
    private readonly Option<int?> _top = TopOption.Create(
        $"Most anomalies that are printed, the worst; {MostInTable} in the table, all with --json.");

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public FindCommand(CliHost host)
        : base("find", "Find anomalies in log files, with the reasons and the lines that prove them. Exit code 1 "
            + "says that there are some.")
    {
        _host = host;
        _input.AddTo(this);
        _analysis.AddTo(this);
        Options.Add(_json);
        Options.Add(_top);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        LogInput input = _input.Open(result, _host, out bool failed);
        int? top = result.GetValue(_top);
        LogAnalysis analysis;
        bool rulesFailed;
        if (result.GetValue(_json))
        {
            analysis = PrintJson(result, input, top, out rulesFailed);
        }
        else
        {
            (analysis, _) = _analysis.Analyse(result, _host, input, page: null, found: null, out rulesFailed);
            AnomalyTable.Write(AnomalyRow.Each(analysis.Anomalies, top ?? MostInTable), analysis, input.Ledger, _host);
        }

        failed |= rulesFailed;
        LedgerText.Write(input.Ledger, _host);
        failed |= input.TellNotUnderstood();
        return failed || input.HasFailed
            ? ExitCode.Error
            : analysis.Anomalies.Count > 0 ? ExitCode.Findings : ExitCode.Nothing;
    }

    // Which are the worst is known at the end only.
    private LogAnalysis PrintJson(ParseResult result, LogInput input, int? top, out bool failed)
    {
        using AnomalyJson json = new(_host.Output);
        Action<Anomaly> print = anomaly =>
        {
            json.Print(anomaly);
            json.Flush();
        };
        (LogAnalysis analysis, IEnumerable<Anomaly> rest) =
            _analysis.Analyse(result, _host, input, page: null, top is null ? print : null, out failed);
        foreach (Anomaly anomaly in rest.Take(top ?? int.MaxValue))
        {
            _host.Cancellation.ThrowIfCancellationRequested();
            json.Print(anomaly);
        }

        json.Flush();
        return analysis;
    }
}
