using System.Management.Automation;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.PowerShell;

/// <summary>Turns the paths of rules that a user gives into the rules to run, beside the built-in ones.</summary>
internal static class RuleArguments
{
    /// <summary>
    /// The built-in rules and those of the paths; a rule that cannot be used is told as an error, the others run.
    /// </summary>
    /// <param name="command">The cmdlet, for its session and its error stream.</param>
    /// <param name="paths">Files and folders of rules, or null.</param>
    /// <returns>The rules.</returns>
    public static RuleSet Load(PSCmdlet command, string[]? paths)
    {
        List<string> files = [];
        foreach (string path in paths ?? [])
        {
            if (FileArguments.Resolve(command, path) is not { } full)
            {
                continue;
            }

            if (File.Exists(full) || Directory.Exists(full))
            {
                files.Add(full);
                continue;
            }

            command.WriteError(Errors.RulesNotFound(path));
        }

        return RuleSet.Compile(Read(command, files));
    }

    private static IReadOnlyList<LogRule> Read(PSCmdlet command, List<string> files)
    {
        try
        {
            SigmaRules rules = RuleLibrary.Load(files);
            foreach (RuleFault fault in rules.Faults)
            {
                command.WriteError(Errors.RuleFault(fault));
            }

            return rules.Rules;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            command.WriteError(Errors.RulesNotRead(error));
            return RuleLibrary.Load([]).Rules;
        }
    }
}
