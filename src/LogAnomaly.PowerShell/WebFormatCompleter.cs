using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the names of the formats of web servers and proxies.</summary>
public sealed class WebFormatCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(
            WebFormats.Names
                .Select(name => (name, FormatArguments.Known(name).Description))
                .Prepend((FormatArguments.Auto, "Found out for each file")),
            wordToComplete);
}
