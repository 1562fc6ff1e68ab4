using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Cli.Commands;

/// <summary>The options of <c>loganomaly measure --sequences</c>.</summary>
internal sealed class SequenceOptions
{
    private readonly Option<bool> _sequences = new("--sequences")
    {
        Description = "Measure the detectors of sessions: one session a line, an optional id and a comma, then events.",
    };

    private readonly Option<string?> _train = File(
        "--train", "Sessions to learn from, taken as normal. The thresholds come from them alone.");
    private readonly Option<string?> _normal = File(
        "--normal", "Normal sessions to test with; by default a part of --train is held out.");
    private readonly Option<string?> _abnormal = File("--abnormal", "Abnormal sessions to test with.");
    private readonly Option<int?> _splits = NumberOption.Whole("--splits", 1);
    private readonly Option<double?> _holdout = NumberOption.Between("--holdout", 0.01, 0.99);

    /// <summary>Creates the options.</summary>
    public SequenceOptions()
    {
        _splits.Description =
            "How often a part of --train is held out at random; mean and spread are printed. 1 by default.";
        _splits.HelpName = "number";
        _holdout.Description = "Share of --train that is held out without --normal; 0.2 by default.";
        _holdout.HelpName = "share";
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_sequences, _train, _normal, _abnormal, _splits, _holdout])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether sessions are to be measured.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>Whether one of the options was given.</returns>
    /// <exception cref="UsageException">Only some of what belongs together was given.</exception>
    public bool IsAsked(ParseResult result)
    {
        bool anyFile = result.GetValue(_train) is not null || result.GetValue(_normal) is not null
            || result.GetValue(_abnormal) is not null;
        if (!result.GetValue(_sequences))
        {
            return !anyFile ? false : throw new UsageException(
                "--train, --normal and --abnormal name files of sessions: give --sequences too.");
        }

        return result.GetValue(_train) is not null && result.GetValue(_abnormal) is not null
            ? true
            : throw new UsageException("--sequences needs --train FILE and --abnormal FILE.");
    }

    /// <summary>Measures.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="seed">Seed of the splits.</param>
    /// <param name="host">The run.</param>
    /// <returns>The measurements.</returns>
    /// <exception cref="UsageException">A file cannot be read or holds too few sessions.</exception>
    public IReadOnlyList<DetectorMeasurement> Measure(ParseResult result, int seed, CliHost host)
    {
        string? normal = result.GetValue(_normal);
        SequenceEvaluationOptions defaults = new() { Training = [], Abnormal = [] };
        SequenceEvaluationOptions options = defaults with
        {
            Training = Read(_train.Name, result.GetValue(_train)!),
            Normal = normal is null ? null : Read(_normal.Name, normal),
            Abnormal = Read(_abnormal.Name, result.GetValue(_abnormal)!),
            Splits = result.GetValue(_splits) ?? defaults.Splits,
            Holdout = result.GetValue(_holdout) ?? defaults.Holdout,
            Seed = seed,
        };
        try
        {
            return SequenceEvaluation.Measure(options, host.Cancellation);
        }
        catch (ArgumentException)
        {
            throw new UsageException(
                "--train: there are too few sessions: two must be left to learn from, and one to test with.");
        }
    }

    private static IReadOnlyList<LogSequence> Read(string option, string path)
    {
        try
        {
            IReadOnlyList<LogSequence> sessions = SequenceFile.Read(path);
            return sessions.Count > 0 ? sessions : throw new UsageException($"{option}: '{path}' holds no session.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: {error.Message}");
        }
    }

    private static Option<string?> File(string name, string description)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "file" };
        FilledOption.Require(option);
        return option;
    }
}
