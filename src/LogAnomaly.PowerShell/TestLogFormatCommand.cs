using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Tries a format on lines and says which of them match and why the others do not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogFormat", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(FormatTestLine))]
public sealed class TestLogFormatCommand : CancellableCommand
{
    private const string InputObjectSet = "InputObject";
    private const string PathSet = "Path";

    private readonly List<string> _lines = [];
    private LogFormat? _format;

    /// <summary>A line to try.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    /// <summary>Files whose lines are tried; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Lines of each file that are tried, 1,000 by default.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 1_000;

    /// <summary>Name of the format to try.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    /// <summary>Pattern with named groups to try.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Pattern { get; set; }

    /// <summary>JSON file with the format to try; its own samples are tried first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FormatPath { get; set; }

    /// <summary>LogFormat of Apache or log_format of nginx to try.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogFormat { get; set; }

    /// <summary>ErrorLogFormat of Apache to try.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ErrorLogFormat { get; set; }

    /// <summary>Gives the lines that do not match, and no others.</summary>
    [Parameter]
    public SwitchParameter FailedOnly { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _format = OwnFormat.Choose(this, new FormatRequest
        {
            Name = Format ?? FormatArguments.Auto,
            Pattern = Pattern,
            Path = FormatPath,
            LogFormat = LogFormat,
            ErrorLogFormat = ErrorLogFormat,
        });
        if (_format is null)
        {
            ThrowTerminatingError(Errors.NoFormat());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            _lines.Add(InputObject);
            return;
        }

        foreach (string file in Path.SelectMany(path => FileArguments.Expand(this, path)))
        {
            try
            {
                _lines.AddRange(File.ReadLines(file).Take(First));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                WriteError(Errors.FileNotRead(file, error));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        FormatTestResult result = FormatTest.Run(_format!, _lines);
        WriteObject(result.Lines.Where(line => !FailedOnly || !line.IsMatch), enumerateCollection: true);
        WriteVerbose(FormattableString.Invariant(
            $"{result.LinesRead} lines = {result.Matched} matched + {result.Failed} not matched + {result.Skipped} skipped"));
    }
}
