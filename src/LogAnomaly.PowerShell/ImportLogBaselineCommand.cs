using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Reads baselines from files and checks their signature.</summary>
[Cmdlet(VerbsData.Import, "LogBaseline")]
[OutputType(typeof(LogBaseline))]
public sealed class ImportLogBaselineCommand : BaselineKeyCommand
{
    /// <summary>Files to read; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Thumbprint of the certificate that must have signed the files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Thumbprint { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => ReadKey(Thumbprint);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path.SelectMany(path => FileArguments.Expand(this, path)))
        {
            Read(path);
        }
    }

    private void Read(string path)
    {
        try
        {
            LogBaseline baseline = BaselineFile.Read(path, BaselineKey);
            if (baseline.Trust is BaselineTrust.Unchecked or BaselineTrust.Intact)
            {
                WriteWarning(VisibleText.Escape(
                    $"'{path}' is signed ({baseline.Signature}), but by whom was not checked: give -Key, -KeyPath or "
                        + "-Thumbprint."));
            }

            WriteObject(baseline);
        }
        catch (InvalidDataException error)
        {
            WriteError(Errors.BadBaseline(error, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.FileNotRead(path, error));
        }
    }
}
