using System.Management.Automation;
using System.Security.Cryptography;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Writes a baseline to a JSON file that can be read in a diff, and signs it if asked to.</summary>
[Cmdlet(VerbsData.Export, "LogBaseline", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLogBaselineCommand : BaselineKeyCommand
{
    private string? _target;
    private bool _written;

    /// <summary>The baseline.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [BaselineTransformation]
    public LogBaseline InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>File to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Overwrites a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        ReadKey();
        _target = FileArguments.ResolveTarget(this, Path, Force);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_written)
        {
            ThrowTerminatingError(Errors.SeveralBaselines(_target!));
        }

        if (!ShouldProcess(VisibleText.Escape(_target!), "Write the baseline"))
        {
            return;
        }

        try
        {
            BaselineFile.Write(_target!, InputObject, BaselineKey, overwrite: Force);
            _written = true;
        }
        catch (CryptographicException error)
        {
            ThrowTerminatingError(Errors.BadKey(error, "Certificate"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.NotWritten(_target!, error));
        }

        if (PassThru)
        {
            FileArguments.WriteFile(this, _target!);
        }
    }
}
