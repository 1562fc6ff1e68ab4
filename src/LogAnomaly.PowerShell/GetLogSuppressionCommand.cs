using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Gets the suppressions of files.</summary>
[Cmdlet(VerbsCommon.Get, "LogSuppression")]
[OutputType(typeof(LogSuppression))]
public sealed class GetLogSuppressionCommand : PSCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [SuppressionFile.DefaultName];

    /// <summary>Only those that have not expired.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <summary>Only those that have expired.</summary>
    [Parameter]
    public SwitchParameter Expired { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        DateTimeOffset now = DateTimeOffset.Now;
        foreach (string file in Path.SelectMany(path => FileArguments.Expand(this, path)))
        {
            // With both switches, or none, all are wanted.
            WriteObject(
                SuppressionArguments.Read(this, file)
                    .Where(suppression => Active == Expired || suppression.IsExpired(now) == Expired),
                enumerateCollection: true);
        }
    }
}
