using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Dashboard;
using LogAnomaly.Places;

namespace LogAnomaly.PowerShell;

/// <summary>Writes one offline HTML page of anomalies and the log that they come from.</summary>
[Cmdlet(VerbsData.Export, "LogDashboard", SupportsShouldProcess = true, DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLogDashboardCommand : CancellableCommand
{
    private const string InputObjectSet = "InputObject";
    private const string LogPathSet = "LogPath";

    private readonly DashboardInput _input;
    private SourcePlaces _places = SourcePlaces.Shipped;
    private string? _target;
    private bool _failed;

    /// <summary>Creates the cmdlet.</summary>
    public ExportLogDashboardCommand() => _input = new DashboardInput(this);

    /// <summary>File to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>An anomaly or an event.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Paths of log files to analyse; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LogPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] LogPath { get; set; } = [];

    /// <summary>Heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = new DashboardOptions().Title;

    /// <summary>Colours of the page; by default those of the reader's system.</summary>
    [Parameter]
    public DashboardTheme Theme { get; set; } = DashboardTheme.Auto;

    /// <summary>A database of countries in the MaxMind format (.mmdb); by default the table that ships.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CountryDatabase { get; set; }

    /// <summary>Shows the page in the browser once it is written.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>Overwrites a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _target = FileArguments.ResolveTarget(this, Path, Force);
        if (Open && !PageOpener.IsPageName(_target))
        {
            ThrowTerminatingError(Errors.NotAPageName(_target));
        }

        _places = PlaceArguments.Open(this, CountryDatabase);
        _input.Places = _places;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == LogPathSet)
        {
            ReadLogs();
        }
        else if (InputObject is { BaseObject: object input } && _input.TryAdd(input) is { } error)
        {
            _failed = true;
            WriteError(error);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_failed && !_input.HasInput)
        {
            ThrowTerminatingError(Errors.NothingTakenIn(_target!));
        }

        WarnOfGaps();
        if (!ShouldProcess(VisibleText.Escape(_target!), "Write the dashboard"))
        {
            return;
        }

        try
        {
            DashboardOptions options = new() { Title = Title, Theme = Theme, Places = _places };
            DashboardWriter.WriteFile(_input.ToAnalysis(Cancellation), options, _target!);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: no file was written.
            return;
        }
        catch (InvalidDataException error)
        {
            // Damage deep in the database, which opening it did not meet.
            ThrowTerminatingError(Errors.CountryDatabaseNotRead(CountryDatabase!, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.NotWritten(_target!, error));
        }

        if (PassThru)
        {
            FileArguments.WriteFile(this, _target!);
        }

        if (Open && PageOpener.TryOpen(_target!) is { } failure)
        {
            WriteError(Errors.NotOpened(_target!, failure));
        }
    }

    private void WarnOfGaps()
    {
        if (_input.AnalysisCount > 1)
        {
            WriteWarning(
                $"The anomalies come from {_input.AnalysisCount} runs of Find-LogAnomaly; the charts show the log of "
                + "the first. To see all of it on one page, give all files to one run.");
        }

        // Find-LogAnomaly gives nothing for a quiet log, so no analysis comes along either.
        if (ParameterSetName == InputObjectSet && !_input.HasInput)
        {
            WriteWarning(
                "No anomalies came in, and with them would have come the log, so the page cannot show it. For a page "
                + "that shows a quiet log too, name the files: Export-LogDashboard -LogPath.");
        }
    }

    private void ReadLogs()
    {
        LogFileReading reading = new(
            this, new() { Threads = Math.Min(Environment.ProcessorCount, 8) }, _input.Ledger, Cancellation);
        foreach (string path in LogPath)
        {
            IReadOnlyList<string> files = FileArguments.Expand(this, path);
            _failed |= files.Count == 0;
            reading.Read(files, _input.AddRead);
        }

        reading.Finish();
        _failed |= reading.HasFailed;
    }
}
