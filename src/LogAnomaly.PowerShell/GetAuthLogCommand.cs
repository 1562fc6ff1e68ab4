using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Reads auth.log or secure into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "AuthLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(AuthEvent), typeof(SystemEvent), typeof(LogEvent))]
public sealed class GetAuthLogCommand : LogSourceCommand
{
    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options) =>
        options with { Format = FormatArguments.Known("auth") };
}
