using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the names of the log formats.</summary>
public sealed class FormatCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(
            LogFormats.All
                .Select(format => (format.Name, format.Description))
                .Prepend((FormatArguments.Auto, "Found out for each file")),
            wordToComplete);
}
