using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LogAnomaly.PowerShell;

/// <summary>Completes budgets of alerts that are often wanted.</summary>
public sealed class AlertBudgetCompleter : IArgumentCompleter
{
    private static readonly (string Name, string Tip)[] s_budgets =
    [
        ("1/day", "at most one finding a day in the mean"),
        ("5/day", "at most five findings a day in the mean"),
        ("1/hour", "at most one finding an hour in the mean"),
        ("10/week", "at most ten findings a week in the mean"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(s_budgets, wordToComplete);
}
