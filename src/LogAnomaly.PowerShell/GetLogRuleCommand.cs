using System.Management.Automation;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.PowerShell;

/// <summary>Lists the rules by which logs are judged.</summary>
[Cmdlet(VerbsCommon.Get, "LogRule")]
[OutputType(typeof(LogRule))]
public sealed class GetLogRuleCommand : CancellableCommand
{
    /// <summary>Ids of the rules; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Id { get; set; } = [];

    /// <summary>Files and folders of Sigma rules beside the built-in set; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Areas of the rules; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Area { get; set; } = [];

    /// <summary>ATT&amp;CK techniques of the rules, as of version 19 or of before.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Technique { get; set; } = [];

    /// <summary>Least severity of the rules.</summary>
    [Parameter]
    public Severity MinimumSeverity { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        LogRuleFilter filter = new()
        {
            Ids = Id,
            Areas = Area,
            Techniques = Technique,
            MinimumSeverity = MinimumSeverity,
        };
        SigmaRules rules = RuleLibrary.Load([.. Path.SelectMany(path => FileArguments.Expand(this, path))]);
        foreach (RuleFault fault in rules.Faults)
        {
            WriteError(Errors.RuleFault(fault));
        }

        WriteObject(rules.Rules.Where(filter.Admits), enumerateCollection: true);
    }
}
