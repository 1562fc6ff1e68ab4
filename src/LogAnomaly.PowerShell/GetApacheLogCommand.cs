using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Reads Apache error logs and Apache or nginx access logs into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "ApacheLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ApacheErrorEvent), typeof(AccessEvent), typeof(LogEvent))]
public sealed class GetApacheLogCommand : LogSourceCommand
{
    private static readonly string[] s_formats = ["apache-error", "access"];

    /// <summary>Which of the Apache formats the files have; by default it is found out for each file.</summary>
    [Parameter]
    public ApacheLogFormat Format { get; set; } = ApacheLogFormat.Auto;

    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options)
    {
        LogFormat[] formats = Array.ConvertAll(s_formats, FormatArguments.Known);
        return Format == ApacheLogFormat.Auto
            ? options with { Candidates = formats }
            : options with { Format = formats[(int)Format - 1] };
    }
}
