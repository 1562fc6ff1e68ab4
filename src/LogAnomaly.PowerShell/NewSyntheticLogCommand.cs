using System.Management.Automation;
using LogAnomaly.Synthesis;

namespace LogAnomaly.PowerShell;

/// <summary>Makes a log with planted, labelled anomalies: as events, or as a file with its labels beside it.</summary>
[Cmdlet(VerbsCommon.New, "SyntheticLog", SupportsShouldProcess = true, DefaultParameterSetName = EventSet)]
[OutputType(
    typeof(AccessEvent),
    typeof(ApacheErrorEvent),
    typeof(AuthEvent),
    typeof(SystemEvent),
    ParameterSetName = [EventSet])]
[OutputType(typeof(FileInfo), ParameterSetName = [PathSet])]
public sealed class NewSyntheticLogCommand : CancellableCommand
{
    private const string EventSet = "Event";
    private const string PathSet = "Path";

    private static readonly SyntheticLogOptions s_defaults = new();

    /// <summary>Kind of the log.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public SyntheticLogType Type { get; set; }

    /// <summary>Lines in all.</summary>
    [Parameter]
    [ValidateRange(1, SyntheticLogOptions.MostLines)]
    public int Count { get; set; } = s_defaults.Count;

    /// <summary>Share of anomalous lines.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.5)]
    public double AnomalyRate { get; set; } = s_defaults.AnomalyRate;

    /// <summary>What happens in the log.</summary>
    [Parameter]
    public SyntheticScenario[]? Scenario { get; set; }

    /// <summary>How hard the incidents of the scenarios are to see.</summary>
    [Parameter]
    public SyntheticDifficulty Difficulty { get; set; } = s_defaults.Difficulty;

    /// <summary>Days of a log with scenarios.</summary>
    [Parameter]
    [ValidateRange(1, SyntheticLogOptions.MostDays)]
    public int Days { get; set; } = s_defaults.Days;

    /// <summary>How often each scenario is planted.</summary>
    [Parameter]
    [ValidateRange(0, SyntheticLogOptions.MostIncidents)]
    public int Incident { get; set; } = s_defaults.Incidents;

    /// <summary>Time at which the log begins.</summary>
    [Parameter]
    public DateTimeOffset Start { get; set; } = s_defaults.Start;

    /// <summary>Seed of all that is random.</summary>
    [Parameter]
    public int Seed { get; set; } = s_defaults.Seed;

    /// <summary>File to write; its labels go beside it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Overwrites files that exist.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SyntheticLogOptions options = new()
        {
            Type = Type,
            Count = Count,
            AnomalyRate = AnomalyRate,
            Start = Start,
            Seed = Seed,
            Scenarios = Scenario,
            Difficulty = Difficulty,
            Days = Days,
            Incidents = Incident,
        };
        CheckOptions(options);
        if (ParameterSetName == PathSet)
        {
            WriteLog(options);
            return;
        }

        foreach (LogEvent logEvent in LogSynthesizer.GenerateEvents(options))
        {
            if (Cancellation.IsCancellationRequested)
            {
                return;
            }

            WriteObject(logEvent);
        }
    }

    // What the parameters say together, only the engine can judge.
    private void CheckOptions(SyntheticLogOptions options)
    {
        string[] others = Scenario is null
            ? [nameof(Difficulty), nameof(Days), nameof(Incident)]
            : [nameof(Count), nameof(AnomalyRate)];
        foreach (string name in others)
        {
            if (MyInvocation.BoundParameters.ContainsKey(name))
            {
                ThrowTerminatingError(Errors.ScenarioParameter(name, hasScenario: Scenario is not null));
            }
        }

        try
        {
            LogSynthesizer.Generate(options);
        }
        catch (ArgumentOutOfRangeException error)
        {
            ThrowTerminatingError(Errors.ScenarioNotPossible(error, Type));
        }
    }

    private void WriteLog(SyntheticLogOptions options)
    {
        string path = FileArguments.ResolveTarget(this, Path, Force);
        FileArguments.ResolveTarget(this, LogSynthesizer.LabelsPath(Path), Force);
        if (!ShouldProcess(
            VisibleText.Escape(path),
            $"Write {(Scenario is null ? $"{Count} lines" : $"{Days} days")} and their labels"))
        {
            return;
        }

        try
        {
            LogSynthesizer.Write(options, path, Force ? ExistingFile.Replace : ExistingFile.Refuse, Cancellation);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // The user has stopped the pipeline: nothing was left behind.
            return;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.NotWritten(path, error));
        }

        if (PassThru)
        {
            FileArguments.WriteFile(this, path);
        }
    }
}
