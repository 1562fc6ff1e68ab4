using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the names of fields of events.</summary>
public sealed class FieldCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(Enum.GetNames<LogField>().Select(name => (name, "")), wordToComplete);
}
