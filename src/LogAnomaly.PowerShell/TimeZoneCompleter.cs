using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LogAnomaly.PowerShell;

/// <summary>Completes the ids of the machine's time zones.</summary>
public sealed class TimeZoneCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Among(TimeZoneInfo.GetSystemTimeZones().Select(zone => (zone.Id, zone.DisplayName)), wordToComplete);
}
