using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>
/// A cmdlet that reads log files: their paths, and how they are read.
/// </summary>
public abstract class LogFileCommand : LogFilterCommand
{
    /// <summary>Name of the parameter set with paths that may hold wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>Name of the parameter set with paths that are taken as they are.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths of log files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of log files, taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Settles the year of stamps that have none; by default the order of the lines and the file's last change.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public DateTimeOffset? ReferenceTime { get; set; }

    /// <summary>Zone of stamps that name none, as an id or an offset; by default the machine's.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [TimeZoneTransformation]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNull]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>How the parameters ask for files to be read; the format is left open.</summary>
    /// <returns>The options.</returns>
    protected LogReaderOptions ToReaderOptions() => new()
    {
        TimeZone = TimeZone,
        ReferenceTime = ReferenceTime,
        Filter = ToFilter(),
    };

    /// <summary>
    /// The full paths of the files that the current record names; what cannot be resolved is told as an error. The
    /// reading puts rotated files that one record names in the order of time; those that come one by one through the
    /// pipeline stay as they come.
    /// </summary>
    /// <returns>Full paths.</returns>
    protected IEnumerable<string> ResolveFiles() => ParameterSetName == LiteralPathSet
        ? LiteralPath.Select(path => FileArguments.Resolve(this, path)).OfType<string>()
        : Path.SelectMany(path => FileArguments.Expand(this, path));
}
