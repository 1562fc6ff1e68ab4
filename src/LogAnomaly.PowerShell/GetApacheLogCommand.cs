using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Reads Apache error logs and Apache or nginx access logs into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "ApacheLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ApacheErrorEvent), typeof(AccessEvent), typeof(LogEvent))]
public sealed class GetApacheLogCommand : LogFileCommand
{
    private static readonly string[] s_formats = ["apache-error", "access"];

    private LogFileReading? _reading;

    /// <summary>Which of the Apache formats the files have; by default it is found out for each file.</summary>
    [Parameter]
    public ApacheLogFormat Format { get; set; } = ApacheLogFormat.Auto;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        LogReaderOptions options = ToReaderOptions();
        LogFormat[] formats = Array.ConvertAll(s_formats, FormatArguments.Known);
        options = Format == ApacheLogFormat.Auto
            ? options with { Candidates = formats }
            : options with { Format = formats[(int)Format - 1] };
        _reading = new LogFileReading(this, options, new ParseLedger(), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _reading!.Read(ResolveFiles(), WriteObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => _reading!.Finish();
}
