using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the names of the detectors that can be measured.</summary>
public sealed class DetectorCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(LogEvaluation.DetectorNames.Select(name => (name, "")), wordToComplete);
}
