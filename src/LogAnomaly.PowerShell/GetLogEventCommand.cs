using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Reads log files of any known format into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "LogEvent", DefaultParameterSetName = PathSet)]
[OutputType(typeof(LogEvent))]
public sealed class GetLogEventCommand : LogSourceCommand
{
    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options) =>
        options with { Format = FormatArguments.Parse(this, Format) };
}
