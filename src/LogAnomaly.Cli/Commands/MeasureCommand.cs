using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Output;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly measure</c>: how well detectors do on labelled data.</summary>
internal sealed class MeasureCommand : Command
{
    private readonly CliHost _host;
    private readonly SequenceOptions _sequences = new();
    private readonly Option<int?> _seed = NumberOption.Whole("--seed", 0);
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public MeasureCommand(CliHost host)
        : base("measure", "Measure how well detectors find what is labelled, with thresholds from the training part alone.")
    {
        _host = host;
        _sequences.AddTo(this);
        _seed.Description = "Seed of the first run; each further run takes the next. 1 by default.";
        _seed.HelpName = "number";
        Options.Add(_seed);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        if (!_sequences.IsAsked(result))
        {
            throw new UsageException("There is nothing to measure: give --sequences with --train and --abnormal.");
        }

        IReadOnlyList<DetectorMeasurement> rows = _sequences.Measure(result, result.GetValue(_seed) ?? 1, _host);
        if (result.GetValue(_json))
        {
            MeasurementList.WriteJson(rows, _host);
        }
        else
        {
            MeasurementList.WriteText(rows, _host);
        }

        return ExitCode.Nothing;
    }
}
