using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogAnomaly.Detection;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the names of the detectors that judge single events.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(LogDetectors.Names.Select(name => (name, "")), wordToComplete);
}
