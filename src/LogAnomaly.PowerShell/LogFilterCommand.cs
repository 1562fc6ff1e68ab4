using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>A cmdlet that takes or gives events, and which of them are wanted.</summary>
public abstract class LogFilterCommand : CancellableCommand
{
    /// <summary>Only events at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only events before this time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only events of this level or a graver one.</summary>
    [Parameter]
    public LogLevel? MinimumLevel { get; set; }

    /// <summary>Only events from one of these addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SourceIP { get; set; }

    /// <summary>Only events of one of these users.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? UserName { get; set; }

    /// <summary>Only events of one of these hosts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? HostName { get; set; }

    /// <summary>Only events of one of these programs; for Apache error logs, modules.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Program { get; set; }

    /// <summary>Only events whose line contains this text, without regard to case.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Match { get; set; }

    /// <summary>Which events the parameters ask for, or null for all.</summary>
    /// <returns>The filter.</returns>
    protected LogFilter? ToFilter()
    {
        LogFilter filter = new()
        {
            After = After,
            Before = Before,
            MinimumLevel = MinimumLevel,
            SourceIP = SourceIP,
            UserName = UserName,
            HostName = HostName,
            Program = Program,
            Match = Match,
        };
        return filter == new LogFilter() ? null : filter;
    }
}
