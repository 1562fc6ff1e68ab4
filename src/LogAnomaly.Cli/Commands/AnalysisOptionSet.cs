using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;
using LogAnomaly.Places;

namespace LogAnomaly.Cli.Commands;

/// <summary>How a command analyses what it reads.</summary>
internal sealed class AnalysisOptionSet
{
    private static readonly AnalysisOptions s_defaults = new();

    private readonly Option<double?> _minimumScore = NumberOption.Between("--minimum-score", 0, 100);
    private readonly Option<int?> _seed = NumberOption.Whole("--seed");
    private readonly LearningOptions _learning = new();
    private readonly RuleOptions _rules = new();
    private readonly Option<string?> _suppressions = new("--suppressions")
    {
        Description = "JSON file of findings that need not be seen; they are hidden and counted.",
        HelpName = "file",
    };

    private readonly Option<string?> _verdicts = new("--verdicts")
    {
        Description = "File of verdicts on earlier findings (JSON lines); their like rank lower or higher.",
        HelpName = "file",
    };

    /// <summary>Creates the options.</summary>
    public AnalysisOptionSet()
    {
        _minimumScore.Description = "Least score of an anomaly that is reported, 0 to 100. By default 25, which chance "
            + "alone reaches in one log of thirty; below it the usual is ranked too.";
        _minimumScore.HelpName = "score";
        _seed.Description = "Seed of the learned detectors; equal inputs and seeds give equal results.";
        _seed.DefaultValueFactory = _ => s_defaults.Seed;
        _seed.HelpName = "number";
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_minimumScore);
        command.Options.Add(_seed);
        _learning.AddTo(command);
        _rules.AddTo(command);
        command.Options.Add(_suppressions);
        command.Options.Add(_verdicts);
    }

    /// <summary>Reads an input to its end and finds what is wrong in it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="host">The run.</param>
    /// <param name="input">The input.</param>
    /// <param name="page">Where sources come from, for a page of the analysis; null where none is made of it.</param>
    /// <param name="found">Takes the anomalies that a baseline finds while the input is read, as they are found; null
    /// where all are wanted at the end.</param>
    /// <param name="failed">Whether a rule could not be read, which was told.</param>
    /// <returns>The analysis, and those of its anomalies that were not taken, the highest score first.</returns>
    public (LogAnalysis Analysis, IEnumerable<Anomaly> Later) Analyse(
        ParseResult result, CliHost host, LogInput input, SourcePlaces? page, Action<Anomaly>? found, out bool failed)
    {
        AnalysisOptions options = new()
        {
            MinimumScore = result.GetValue(_minimumScore),
            Seed = result.GetValue(_seed) ?? s_defaults.Seed,
            Suppressions = ReadSuppressions(result.GetValue(_suppressions)),
            Verdicts = ReadVerdicts(result.GetValue(_verdicts)),
            KeepCube = page is not null,
            CountryOf = page is null ? null : page.CountryOf,
        };
        options = _rules.Apply(_learning.Apply(options, result, host), result, host, out failed);
        LogAnalyzer analyzer = new(options, input.Ledger);
        AnomalyFeed feed = new(analyzer, options);
        LogAnalysis analysis = ReadProgress.Run(host, input.Sources, progress =>
        {
            foreach (LogEvent logEvent in input.Read(() => { }, progress))
            {
                analyzer.Add(logEvent);
                Hand(feed, found);
            }

            return analyzer.Complete(host.Cancellation);
        });
        if (analysis.Changed.Count > 0)
        {
            int lower = analysis.Changed.Count(change => change.After.Score < change.Before.Score);
            host.Note(FormattableString.Invariant(
                $"Verdicts ranked {lower} findings lower and {analysis.Changed.Count - lower} higher."));
        }

        return (analysis, feed.Rest(analysis));
    }

    private static void Hand(AnomalyFeed feed, Action<Anomaly>? found)
    {
        if (found is null)
        {
            return;
        }

        foreach (Anomaly anomaly in feed.TakeFound())
        {
            found(anomaly);
        }
    }

    private static VerdictSet? ReadVerdicts(string? path)
    {
        try
        {
            return path is null ? null : new VerdictSet(VerdictFile.Read(path));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            throw new UsageException($"--verdicts: {error.Message}");
        }
    }

    private static SuppressionSet? ReadSuppressions(string? path)
    {
        try
        {
            return path is null ? null : new SuppressionSet(SuppressionFile.Read(path));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            throw new UsageException($"--suppressions: {error.Message}");
        }
    }
}
