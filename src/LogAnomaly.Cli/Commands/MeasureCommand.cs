using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Output;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly measure</c>: how well detectors do on labelled data.</summary>
internal sealed class MeasureCommand : Command
{
    private readonly CliHost _host;
    private readonly LabelOptions _labels = new();
    private readonly SequenceOptions _sequences = new();
    private readonly Option<int?> _seed = NumberOption.Whole("--seed", 0);
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public MeasureCommand(CliHost host)
        : base(
            "measure", "Measure how well detectors find what is labelled, in logs by lines and incidents or in "
                + "sessions, with thresholds from the training part alone.")
    {
        _host = host;
        _labels.AddTo(this);
        _sequences.AddTo(this);
        _seed.Description = "Seed of the first run; each further run takes the next. 1 by default.";
        _seed.HelpName = "number";
        Options.Add(_seed);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        bool failed = false;
        int seed = result.GetValue(_seed) ?? 1;
        IReadOnlyList<DetectorMeasurement> rows = _sequences.IsAsked(result)
            ? _sequences.Measure(result, seed, _host)
            : _labels.Measure(result, seed, _host, out failed);
        if (result.GetValue(_json))
        {
            MeasurementList.WriteJson(rows, _host);
        }
        else
        {
            MeasurementList.WriteText(rows, _host);
        }

        return failed ? ExitCode.Error : ExitCode.Nothing;
    }
}
