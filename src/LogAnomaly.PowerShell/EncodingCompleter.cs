using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogAnomaly.Reading;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the names of encodings.</summary>
public sealed class EncodingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(LogEncodings.Names.Select(name => (name, name)), wordToComplete);
}
