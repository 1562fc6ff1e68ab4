using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Says of findings that they are benign or malicious, so that later runs rank their like lower or higher.
/// </summary>
[Cmdlet(VerbsCommon.Set, "LogVerdict", SupportsShouldProcess = true, DefaultParameterSetName = BenignSet)]
[OutputType(typeof(LogVerdict))]
public sealed class SetLogVerdictCommand : PSCmdlet
{
    private const string BenignSet = "Benign";
    private const string MaliciousSet = "Malicious";

    private readonly List<LogVerdict> _verdicts = [];
    private DateTimeOffset _now;

    /// <summary>The finding.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Anomaly InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>The finding is nothing: its like is to rank lower.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BenignSet)]
    public SwitchParameter Benign { get; set; }

    /// <summary>The finding is what was feared: its like is to rank higher.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MaliciousSet)]
    public SwitchParameter Malicious { get; set; }

    /// <summary>Why.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Because { get; set; } = "";

    /// <summary>The time from which the verdict changes nothing any more; it never ends by default.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>The file, which is made where there is none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string VerdictPath { get; set; } = VerdictFile.DefaultName;

    /// <summary>Gives the verdicts that were added.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _now = DateTimeOffset.Now;
        if (Until is { } until && until <= _now)
        {
            ThrowTerminatingError(Errors.AlreadyExpired(until));
        }

        if (string.IsNullOrWhiteSpace(Because))
        {
            ThrowTerminatingError(Errors.NoCause());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        VerdictKind kind = ParameterSetName == MaliciousSet ? VerdictKind.Malicious : VerdictKind.Benign;
        _verdicts.Add(LogVerdict.On(InputObject, kind, Because, _now, Environment.UserName, Until));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = FileArguments.ResolveTarget(this, VerdictPath, mayOverwrite: true);
        string what = FormattableString.Invariant($"Mark {_verdicts.Count} findings {ParameterSetName}");
        if (_verdicts.Count == 0 || !ShouldProcess(VisibleText.Escape(path), what))
        {
            return;
        }

        try
        {
            VerdictFile.Add(path, _verdicts);
        }
        catch (InvalidDataException error)
        {
            ThrowTerminatingError(Errors.BadVerdictFile(error, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.NotWritten(path, error));
        }

        if (PassThru)
        {
            WriteObject(_verdicts, enumerateCollection: true);
        }
    }
}
