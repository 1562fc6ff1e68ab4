using System.CommandLine;
using LogAnomaly.Cli.Output;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly rules</c>: the rules by which logs are judged.</summary>
internal sealed class RulesCommand : Command
{
    private readonly CliHost _host;
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "Files and folders of Sigma rules beside the built-in set.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };
    private readonly Option<string[]> _id = Listed("--id", "Ids; * and ? are wildcards.", "id");
    private readonly Option<string[]> _area = Listed(
        "--area", "Areas, such as ssh or web; * and ? are wildcards.", "area");
    private readonly Option<string[]> _technique = Listed(
        "--technique", "ATT&CK techniques, also by the ids before version 19.", "id");

    private readonly Option<string?> _severity = new("--severity")
    {
        Description = "Least severity.",
        HelpName = string.Join('|', Enum.GetNames<Severity>()).ToLowerInvariant(),
    };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public RulesCommand(CliHost host)
        : base("rules", "List the rules by which logs are judged.")
    {
        _host = host;
        Choice.Restrict(_severity, [.. Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant())]);
        Arguments.Add(_paths);
        foreach (Option option in (Option[])[_id, _area, _technique, _severity, _json])
        {
            Options.Add(option);
        }

        SetAction(Run);
    }

    private static Option<string[]> Listed(string name, string description, string helpName)
    {
        Option<string[]> option = new(name)
        {
            Description = description,
            HelpName = helpName,
            AllowMultipleArgumentsPerToken = false,
        };
        FilledOption.Require(option);
        return option;
    }

    private int Run(ParseResult result)
    {
        LogRuleFilter filter = new()
        {
            Ids = result.GetValue(_id) ?? [],
            Areas = result.GetValue(_area) ?? [],
            Techniques = result.GetValue(_technique) ?? [],
            MinimumSeverity = result.GetValue(_severity) is { } name
                ? Enum.Parse<Severity>(name, ignoreCase: true)
                : default,
        };
        SigmaRules rules = RuleLibrary.Load(result.GetValue(_paths) ?? []);
        LogRule[] listed = [.. rules.Rules.Where(filter.Admits)];
        if (result.GetValue(_json))
        {
            RuleList.WriteJson(listed, _host);
        }
        else
        {
            RuleList.WriteText(listed, _host);
        }

        foreach (RuleFault fault in rules.Faults)
        {
            _host.Fail(fault.ToString());
        }

        return rules.Faults.Count > 0 ? ExitCode.Error : ExitCode.Nothing;
    }
}
