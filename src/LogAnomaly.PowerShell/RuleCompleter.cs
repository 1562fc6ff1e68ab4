using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the ids and areas of the built-in rules; which of them says the name of the parameter.</summary>
public sealed class RuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        LogRuleFilter filter = new();
        IEnumerable<LogRule> rules = BuiltInRules.Load().Rules.Where(filter.Admits);
        return Completion.Among(
            parameterName == nameof(LogRule.Area)
                ? rules.GroupBy(rule => rule.Area)
                    .Select(area => (area.Key, FormattableString.Invariant($"{area.Count()} rules")))
                : rules.Select(rule => (rule.Id, rule.Title)),
            wordToComplete);
    }
}
