using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;

namespace LogAnomaly.Cli.Commands;

/// <summary>The options of <c>loganomaly measure FILE... --label</c>.</summary>
internal sealed class LabelOptions
{
    private readonly InputOptions _input = new("Labelled log files; * and ? are expanded.");
    private readonly RuleOptions _rules = new();
    private readonly Option<string?> _label = new("--label")
    {
        Description =
            "Where the labels are: json (FILE.labels.json beside each log), json:FILE, column:1!=- (a word of the "
                + "line, which is cut out before any detector sees it), property:NAME=VALUE, or pattern:REGEX.",
        HelpName = "where",
    };

    private readonly Option<string[]> _detectors = new("--detector")
    {
        Description =
            "Detector to measure, all by default. May be given several times. Simple ones always stand beside.",
        HelpName = string.Join('|', LogEvaluation.DetectorNames),
    };

    private readonly Option<double?> _share = NumberOption.Between("--training-share", 0, 0.99);
    private readonly Option<int?> _repeat = NumberOption.Whole("--repeat", 1);
    private readonly Option<string?> _severity = new("--minimum-severity")
    {
        Description = "Least severity of a finding that counts; Medium by default.",
        HelpName = string.Join('|', Enum.GetNames<Severity>()),
    };

    /// <summary>Creates the options.</summary>
    public LabelOptions()
    {
        FilledOption.Require(_label);
        Choice.Restrict(_detectors, LogEvaluation.DetectorNames);
        Choice.Restrict(_severity, Enum.GetNames<Severity>());
        _share.Description = "Share of the events, the earliest, to learn from; 0.5 by default.";
        _share.HelpName = "share";
        _repeat.Description = "Number of runs, each with the next seed; mean and spread are printed. 1 by default.";
        _repeat.HelpName = "number";
    }

    /// <summary>Adds the argument and the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        _input.AddTo(command);
        foreach (Option option in (Option[])[_label, _detectors, _share, _repeat, _severity])
        {
            command.Options.Add(option);
        }

        _rules.AddPathTo(command);
    }

    /// <summary>Reads the logs and measures.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="seed">Seed of the first run.</param>
    /// <param name="host">The run.</param>
    /// <param name="failed">Whether something could not be read, which was told.</param>
    /// <returns>The measurements.</returns>
    /// <exception cref="UsageException">There are no labels, or they cannot be read.</exception>
    public IReadOnlyList<DetectorMeasurement> Measure(ParseResult result, int seed, CliHost host, out bool failed)
    {
        if (result.GetValue(_label) is not { } label)
        {
            throw new UsageException(
                "There is nothing to measure by: give --label for a log, or --sequences for sessions.");
        }

        try
        {
            LogEvaluationOptions defaults = new() { Labels = new LogLabelSource(label) };
            string[] detectors = result.GetValue(_detectors) ?? [];
            LogEvaluationOptions options = defaults with
            {
                Detectors = detectors.Length > 0 ? detectors : defaults.Detectors,
                TrainingShare = result.GetValue(_share) ?? defaults.TrainingShare,
                Runs = result.GetValue(_repeat) ?? defaults.Runs,
                Seed = seed,
                MinimumSeverity = result.GetValue(_severity) is { } severity
                    ? Enum.Parse<Severity>(severity, ignoreCase: true)
                    : defaults.MinimumSeverity,
                Rules = _rules.ReadRules(result, host, out bool ruleFailed),
            };
            LogInput input = Open(result, options.Labels, host, out failed);
            IReadOnlyList<DetectorMeasurement> rows = ReadProgress.Run(
                host, input.Sources, progress => Measure(input, progress, options, host));
            failed |= ruleFailed || input.HasFailed;
            return rows;
        }
        catch (Exception error) when (error is FormatException or InvalidDataException)
        {
            throw new UsageException($"--label: {error.Message}");
        }
    }

    private static IReadOnlyList<DetectorMeasurement> Measure(
        LogInput input, IReadProgress progress, LogEvaluationOptions options, CliHost host)
    {
        LogEvaluation evaluation = new(options);
        foreach (LogEvent logEvent in input.Read(() => { }, progress))
        {
            evaluation.Add(logEvent);
        }

        return evaluation.Complete(host.Cancellation);
    }

    // A column of labels is cut out before the line is parsed.
    private LogInput Open(ParseResult result, LogLabelSource labels, CliHost host, out bool failed)
    {
        IReadOnlyList<InputSource> sources = LogInput.Resolve(_input.Paths(result), host, out failed);
        if (sources.Any(source => source.Open is not null))
        {
            throw new UsageException("Labels belong to files: name files in place of standard input.");
        }

        if (labels.CutsColumn)
        {
            sources = [.. sources.Select(source =>
                new InputSource(source.Name, _ => labels.Open(source.Name, host.Cancellation)))];
        }

        return new LogInput(host, _input.ReaderOptions(result), sources);
    }
}
