using System.Management.Automation;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.PowerShell;

/// <summary>Gives the account of every line: of files, or of the sources that events or anomalies come from.</summary>
[Cmdlet(VerbsCommon.Get, "LogLedger", DefaultParameterSetName = PathSet)]
[OutputType(typeof(LedgerEntry))]
public sealed class GetLogLedgerCommand : LogFileCommand
{
    private const string EventSet = "Event";
    private const string AnomalySet = "Anomaly";

    private readonly HashSet<LedgerEntry> _given = [];
    private readonly List<LedgerEntry> _ofEvents = [];
    private readonly List<ReadProblem> _problems = [];
    private LogFormat? _format;

    /// <summary>An event, of which the account of its source is given.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = EventSet)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>An anomaly, of which the account of its analysis is given.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AnomalySet)]
    public Anomaly Anomaly { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _format = FormatArguments.Parse(this, Format);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case EventSet:
                // The account grows while events come, so it is given at the end.
                Collect(InputObject.GetLedgerEntry());
                break;
            case AnomalySet:
                foreach (LedgerEntry entry in Anomaly.GetAnalysis()?.Ledger.Entries ?? [])
                {
                    Collect(entry);
                }

                break;
            default:
                foreach (string file in ResolveFiles())
                {
                    Count(file);
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_ofEvents, enumerateCollection: true);

    private void Collect(LedgerEntry? entry)
    {
        if (entry is not null && _given.Add(entry))
        {
            _ofEvents.Add(entry);
        }
    }

    private void Count(string file)
    {
        LogReaderOptions options = ToReaderOptions() with
        {
            Format = _format,
            Threads = Math.Min(Environment.ProcessorCount, 8),
            OnProblem = _problems.Add,
        };
        LogCounter counter = new(options);
        try
        {
            _ = counter.CountFiles([file], Cancellation);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: nothing may be written any more.
            return;
        }

        foreach (ReadProblem problem in _problems.Where(problem => problem.Kind != ReadProblemKind.UnparsedLines))
        {
            WriteError(Errors.Reading(problem));
        }

        _problems.Clear();
        WriteObject(
            counter.Ledger.Entries.Where(entry => entry.LinesRead > 0 || entry.Error is null),
            enumerateCollection: true);
    }
}
