using System.Collections;
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

    /// <summary>Pattern with named groups that reads the lines, in place of a format.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Pattern { get; set; }

    /// <summary>JSON file with a format of your own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FormatPath { get; set; }

    /// <summary>LogFormat of Apache or log_format of nginx by which the server wrote the files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogFormat { get; set; }

    /// <summary>ErrorLogFormat of Apache by which the server wrote the files, or @file with one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ErrorLogFormat { get; set; }

    /// <summary>Names that fields have in structured logs, such as @{ SourceIP = 'client_addr' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Property { get; set; }

    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options) => options with
    {
        Format = OwnFormat.Choose(this, new FormatRequest
        {
            Name = Format,
            Pattern = Pattern,
            Path = FormatPath,
            LogFormat = LogFormat,
            ErrorLogFormat = ErrorLogFormat,
        }),
        PropertyNames = OwnFormat.ReadProperties(this, Property),
    };
}
