using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Reads access and error logs of Apache, nginx and other web servers and proxies into typed events.</summary>
[Cmdlet(VerbsCommon.Get, "ApacheLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ApacheErrorEvent), typeof(NginxErrorEvent), typeof(AccessEvent), typeof(LogEvent))]
public sealed class GetApacheLogCommand : LogSourceCommand
{
    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WebFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>
    /// LogFormat of Apache or log_format of nginx by which the server wrote the files, or @file:name.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogFormat { get; set; }

    /// <summary>ErrorLogFormat of Apache by which the server wrote the files, or @file with one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ErrorLogFormat { get; set; }

    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options)
    {
        string? name = WebFormats.Resolve(Format);
        if (name is null)
        {
            ThrowTerminatingError(Errors.NotOfWebServer(Format, WebFormats.Names));
        }

        LogFormat? format = OwnFormat.Choose(
            this, new FormatRequest { Name = name!, LogFormat = LogFormat, ErrorLogFormat = ErrorLogFormat });
        return format is null
            ? options with { Candidates = Array.ConvertAll(WebFormats.Names, FormatArguments.Known) }
            : options with { Format = format };
    }
}
