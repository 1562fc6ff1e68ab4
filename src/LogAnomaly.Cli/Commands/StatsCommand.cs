using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly stats</c>: a log in numbers.</summary>
internal sealed class StatsCommand : Command
{
    private const int MostInTable = 50;

    private readonly CliHost _host;
    private readonly InputOptions _input = new("Files to read; * and ? are expanded; - is standard input.");
    private readonly Option<string[]> _groupBy = new("--group-by")
    {
        Description = "Fields, divided by commas, by whose values events are taken together: one row a group.",
        HelpName = "fields",
    };

    private readonly Option<string?> _interval = new("--interval")
    {
        Description =
            "Count in intervals of this length, such as 30s, 5m, 1h or 1d: one row an interval, or a group in it.",
        HelpName = "length",
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };
    private readonly Option<int?> _top = TopOption.Create(
        $"Values that are listed of a field, 10 by default; of groups, rows that are printed, {MostInTable} for people, all with --json.");

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public StatsCommand(CliHost host)
        : base("stats", "Measure log files: how much, how bad, when, from whom.")
    {
        _host = host;
        _input.AddTo(this);
        Options.Add(_groupBy);
        Options.Add(_interval);
        Options.Add(_json);
        Options.Add(_top);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        TimeSpan? interval = TimeText.ParseLength(_interval.Name, result.GetValue(_interval));
        string[] fields =
        [
            .. (result.GetValue(_groupBy) ?? []).SelectMany(text =>
                text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        LogInput input = _input.Open(result, _host, out bool failed);
        if (fields.Length > 0)
        {
            PrintGroups(input, fields, interval, result);
        }
        else
        {
            PrintMeasurement(input, interval, result);
        }

        LedgerText.Write(input.Ledger, _host);
        return failed || input.HasFailed ? ExitCode.Error : ExitCode.Nothing;
    }

    private void PrintGroups(LogInput input, string[] fields, TimeSpan? interval, ParseResult result)
    {
        LogGrouper grouper = new(fields, new MeasurementOptions { Interval = interval });
        Read(input, grouper.Add);
        foreach (string field in grouper.MissingFields)
        {
            _host.Note($"No event has a field '{field}'.");
        }

        IReadOnlyList<LogGroup> groups = grouper.Complete();
        bool asJson = result.GetValue(_json);
        LogGroup[] printed = [.. groups.Take(result.GetValue(_top) ?? (asJson ? int.MaxValue : MostInTable))];
        if (asJson)
        {
            MeasurementOutput.WriteJson(printed, _host);
        }
        else
        {
            MeasurementOutput.WriteText(printed, groups.Count, _host);
        }
    }

    private void PrintMeasurement(LogInput input, TimeSpan? interval, ParseResult result)
    {
        MeasurementOptions options = new() { Interval = interval };
        LogMeasurer measurer = new(options with { Top = result.GetValue(_top) ?? options.Top });
        Read(input, measurer.Add);
        LogMeasurement measurement = measurer.Complete();
        switch (interval is not null, result.GetValue(_json))
        {
            case (true, true):
                MeasurementOutput.WriteJson(measurement.Intervals, _host);
                break;
            case (true, false):
                MeasurementOutput.WriteText(measurement.Intervals, _host);
                break;
            case (false, true):
                MeasurementOutput.WriteJson(measurement, _host);
                break;
            default:
                MeasurementOutput.WriteText(measurement, _host);
                break;
        }
    }

    private void Read(LogInput input, Action<LogEvent> take) => ReadProgress.Run(_host, input.Sources, progress =>
    {
        foreach (LogEvent logEvent in input.Read(() => { }, progress))
        {
            take(logEvent);
        }

        return true;
    });
}
