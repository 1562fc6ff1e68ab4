using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.Cli.Commands;

/// <summary>Which rules a command runs, and which of their findings it shows.</summary>
internal sealed class RuleOptions
{
    private static readonly string[] s_detectors = ["all", "rules", "learned"];

    private readonly Option<string[]> _rules = new("--rules")
    {
        Description = "Sigma rules to run beside the built-in set: a file or a folder. A rule of the same id takes "
            + "the place of the built-in one. May be given several times.",
        HelpName = "path",
    };

    private readonly Option<string[]> _excluded = new("--exclude-rule")
    {
        Description = "Id of a rule that makes no finding; * and ? are wildcards. May be given several times.",
        HelpName = "id",
    };

    private readonly Option<string?> _severity = new("--minimum-severity")
    {
        Description = "Least severity that is reported.",
        HelpName = string.Join('|', Enum.GetNames<Severity>()),
    };

    private readonly Option<string> _detectors = new("--detectors")
    {
        Description = "What looks at the events: the rules, which need little memory however long the log is, the "
            + "learned detectors, or all.",
        HelpName = string.Join('|', s_detectors),
        DefaultValueFactory = _ => s_detectors[0],
    };

    /// <summary>Creates the options.</summary>
    public RuleOptions()
    {
        FilledOption.Require(_rules);
        FilledOption.Require(_excluded);
        Choice.Restrict(_severity, Enum.GetNames<Severity>());
        Choice.Restrict(_detectors, s_detectors);
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_rules);
        command.Options.Add(_excluded);
        command.Options.Add(_severity);
        command.Options.Add(_detectors);
    }

    /// <summary>Adds the option that names further rules, and no other, to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddPathTo(Command command) => command.Options.Add(_rules);

    /// <summary>The built-in rules and those that the option names; faults of rules are told.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="host">The run.</param>
    /// <param name="failed">Whether a rule could not be read.</param>
    /// <returns>The rules.</returns>
    public RuleSet ReadRules(ParseResult result, CliHost host, out bool failed) =>
        Read(result.GetValue(_rules) ?? [], host, out failed);

    /// <summary>Adds what the options ask for; faults of rules are told.</summary>
    /// <param name="options">The options of the analysis.</param>
    /// <param name="result">The command line.</param>
    /// <param name="host">The run.</param>
    /// <param name="failed">Whether a rule could not be read.</param>
    /// <returns>The options with the rules.</returns>
    public AnalysisOptions Apply(AnalysisOptions options, ParseResult result, CliHost host, out bool failed)
    {
        DetectorKinds detectors = result.GetValue(_detectors)?.ToUpperInvariant() switch
        {
            "RULES" => DetectorKinds.Rules,
            "LEARNED" => DetectorKinds.Learned,
            _ => DetectorKinds.All,
        };
        failed = false;
        return options with
        {
            Detectors = detectors,
            Rules = detectors.HasFlag(DetectorKinds.Rules)
                ? Read(result.GetValue(_rules) ?? [], host, out failed)
                : null,
            ExcludedRules = result.GetValue(_excluded) ?? [],
            MinimumSeverity = result.GetValue(_severity) is { } severity
                ? Enum.Parse<Severity>(severity, ignoreCase: true)
                : Severity.Informational,
        };
    }

    private static RuleSet Read(string[] paths, CliHost host, out bool failed)
    {
        foreach (string path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new UsageException($"--rules {path}: there is no such file or folder.");
            }
        }

        try
        {
            SigmaRules rules = RuleLibrary.Load(paths);
            foreach (RuleFault fault in rules.Faults)
            {
                host.Note(fault.ToString());
            }

            failed = rules.Faults.Count > 0;
            return RuleSet.Compile(rules.Rules);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--rules: {error.Message}");
        }
    }
}
