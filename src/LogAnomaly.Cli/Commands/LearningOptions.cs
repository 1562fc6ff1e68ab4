using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Detection;

namespace LogAnomaly.Cli.Commands;

/// <summary>
/// What the learned detectors go by: what is normal, how many findings are wanted, and which detectors there are.
/// </summary>
internal sealed class LearningOptions
{
    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Baseline that says what is normal; with --json, anomalies are then printed as they are found.",
        HelpName = "file",
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description =
            "File with the secret key that the baseline is signed by; a baseline that was changed is refused.",
        HelpName = "file",
    };

    private readonly Option<AlertBudget?> _budget = new("--alert-budget")
    {
        Description =
            "How many findings somebody is willing to look at, such as 5/day, 1/hour or 10/week; lesser ones are held "
                + "back and counted.",
        HelpName = "number/time",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (AlertBudget.TryParse(text, out AlertBudget budget))
            {
                return budget;
            }

            result.AddError(
                $"--alert-budget '{text}' is no budget: write how many in which time, such as 5/day, 1/hour or "
                    + "10/week.");
            return null;
        },
    };

    private readonly Option<string[]> _models = new("--model")
    {
        Description =
            $"Detectors that judge single events by each other, in place of {new AnalysisOptions().Models[0]}: "
                + $"{string.Join(", ", LogDetectors.Names)}.",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Creates the options.</summary>
    public LearningOptions()
    {
        FilledOption.Require(_baseline);
        FilledOption.Require(_keyFile);
        Choice.Restrict(_models, LogDetectors.Names);
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        Option[] options = [_baseline, _keyFile, _budget, _models];
        Array.ForEach(options, command.Options.Add);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_keyFile) is not null && result.GetResult(_baseline) is null)
            {
                result.AddError("--key-file goes with --baseline: it is the key of its signature.");
            }

            if (result.GetResult(_models) is not null && result.GetResult(_baseline) is not null)
            {
                result.AddError(
                    "--model and --baseline exclude each other: a baseline brings the models that it was learned "
                        + "with.");
            }
        });
    }

    /// <summary>The options with what the user asks for.</summary>
    /// <param name="options">The options without.</param>
    /// <param name="result">The command line.</param>
    /// <param name="host">The run, which is told that nobody checked who signed the baseline.</param>
    /// <returns>The new options.</returns>
    public AnalysisOptions Apply(AnalysisOptions options, ParseResult result, CliHost host)
    {
        using BaselineKey? key = BaselineArguments.ReadKey(result.GetValue(_keyFile));
        LogBaseline? baseline = result.GetValue(_baseline) is { } path ? BaselineArguments.Read(path, key) : null;
        if (baseline?.Trust is BaselineTrust.Unchecked or BaselineTrust.Intact)
        {
            host.Note($"The baseline is signed ({baseline!.Signature}), but by whom was not checked: give --key-file.");
        }

        return options with
        {
            Baseline = baseline,
            AlertBudget = result.GetValue(_budget),
            Models = result.GetValue(_models) is { Length: > 0 } models ? models : options.Models,
        };
    }
}
