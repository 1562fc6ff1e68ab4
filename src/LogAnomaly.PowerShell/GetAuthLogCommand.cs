using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>Reads auth.log or secure into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "AuthLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(AuthEvent), typeof(LogEvent))]
public sealed class GetAuthLogCommand : LogFileCommand
{
    private LogFileReading? _reading;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _reading = new LogFileReading(
        this, ToReaderOptions() with { Format = FormatArguments.Known("auth") }, new ParseLedger(), Cancellation);

    /// <inheritdoc/>
    protected override void ProcessRecord() => _reading!.Read(ResolveFiles(), WriteObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => _reading!.Finish();
}
