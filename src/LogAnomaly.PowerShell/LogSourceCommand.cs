using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>A cmdlet that reads log files and gives their events.</summary>
public abstract class LogSourceCommand : LogFileCommand
{
    private readonly ParseLedger _ledger = new();
    private LogFileReading? _reading;

    /// <summary>Name of a variable that takes the account of every line: an entry for each file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LedgerVariable { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _reading = new LogFileReading(this, SetFormat(ToReaderOptions()), _ledger, Cancellation);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string file in ResolveFiles())
        {
            _reading!.Read(file, Write);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading!.Finish();
        LedgerOutput.Set(this, LedgerVariable, _ledger);
    }

    /// <summary>Adds the format, or the formats among which one is found out.</summary>
    /// <param name="options">What the other parameters ask for.</param>
    /// <returns>The options.</returns>
    protected abstract LogReaderOptions SetFormat(LogReaderOptions options);

    private void Write(LogEvent logEvent) => WriteObject(EventObject.Of(logEvent));
}
