using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Reads syslog, messages, the kernel's and the package managers' logs and the journal into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "SystemLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SystemEvent), typeof(AuthEvent), typeof(LogEvent))]
public sealed class GetSystemLogCommand : LogSourceCommand
{
    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options) => options;
}
