using System.CommandLine;
using System.Text;
using LogAnomaly.Synthesis;

namespace LogAnomaly.Cli.Commands;

/// <summary>The options of <c>new-log</c> that say what happens in the log.</summary>
internal sealed class ScenarioOptionSet
{
    private static readonly SyntheticLogOptions s_defaults = new();
    private static readonly string[] s_difficulties = ["easy", "medium", "hard"];

    private static readonly (string Word, SyntheticScenario Scenario)[] s_scenarios =
        [.. Enum.GetValues<SyntheticScenario>().Select(scenario => (WordOf(scenario), scenario))];

    private readonly Option<string[]> _scenario = new("--scenario")
    {
        Description = "What happens in the log, parted by commas: "
            + string.Join(", ", s_scenarios.Select(pair => pair.Word))
            + ". Each belongs to some types; none is quiet days, all is every one of the type. The log has the traffic "
            + "of --days, and its labels tell of each incident.",
        HelpName = "names",
        CustomParser = result =>
            [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))],
    };

    private readonly Option<string> _difficulty = new("--difficulty")
    {
        Description = "How hard the incidents are to see, with --scenario.",
        HelpName = string.Join('|', s_difficulties),
        DefaultValueFactory = _ => s_difficulties[(int)s_defaults.Difficulty],
    };

    private readonly Option<int?> _days = NumberOption.Whole("--days", 1);
    private readonly Option<int?> _incidents = NumberOption.Whole("--incidents", 0);

    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="others">Options that do not go with a scenario.</param>
    public void AddTo(Command command, params Option[] others)
    {
        _days.Description = "Days of the log, with --scenario.";
        _days.HelpName = "number";
        _days.DefaultValueFactory = _ => s_defaults.Days;
        _incidents.Description = "How often each scenario is planted.";
        _incidents.HelpName = "number";
        _incidents.DefaultValueFactory = _ => s_defaults.Incidents;
        Choice.Restrict(_difficulty, s_difficulties);
        _scenario.CompletionSources.Add(
            _ => s_scenarios.Select(pair => new System.CommandLine.Completions.CompletionItem(pair.Word)));
        foreach (Option option in (Option[])[_scenario, _difficulty, _days, _incidents])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            bool hasScenario = result.GetResult(_scenario) is { Implicit: false };
            foreach (Option option in hasScenario ? others : [_difficulty, _days, _incidents])
            {
                if (result.GetResult(option) is { Implicit: false })
                {
                    result.AddError(hasScenario
                        ? $"{option.Name} and --scenario exclude each other: scenarios have the traffic of --days."
                        : $"{option.Name} goes with --scenario only.");
                }
            }
        });
    }

    /// <summary>Puts what was asked for into options.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="options">The other options.</param>
    /// <returns>The options, without scenarios where none was named.</returns>
    /// <exception cref="UsageException">A scenario is unknown.</exception>
    public SyntheticLogOptions Apply(ParseResult result, SyntheticLogOptions options)
    {
        if (result.GetResult(_scenario) is not { Implicit: false })
        {
            return options;
        }

        string difficulty = result.GetRequiredValue(_difficulty);
        return options with
        {
            Scenarios = [.. (result.GetValue(_scenario) ?? []).Select(ScenarioOf)],
            Difficulty = (SyntheticDifficulty)Array.FindIndex(
                s_difficulties, word => string.Equals(word, difficulty, StringComparison.OrdinalIgnoreCase)),
            Days = result.GetValue(_days) ?? s_defaults.Days,
            Incidents = result.GetValue(_incidents) ?? s_defaults.Incidents,
        };
    }

    private SyntheticScenario ScenarioOf(string word)
    {
        foreach ((string known, SyntheticScenario scenario) in s_scenarios)
        {
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase))
            {
                return scenario;
            }
        }

        throw new UsageException(
            $"{_scenario.Name} '{word}' is unknown: name one of "
                + $"{string.Join(", ", s_scenarios.Select(pair => pair.Word))}.");
    }

    // SshSpray is ssh-spray on the command line.
    private static string WordOf(SyntheticScenario scenario)
    {
        StringBuilder word = new();
        foreach (char letter in scenario.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
