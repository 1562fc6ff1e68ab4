using System.Management.Automation;
using LogAnomaly.Features;

namespace LogAnomaly.PowerShell;

/// <summary>Turns events into rows of named numbers.</summary>
[Cmdlet(VerbsData.ConvertTo, "LogFeature")]
[OutputType(typeof(LogFeature))]
public sealed class ConvertToLogFeatureCommand : CancellableCommand
{
    private static readonly FeatureOptions s_defaults = new();

    private FeatureBuilder? _builder;

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>What a row is about; an event by default.</summary>
    [Parameter(Position = 0)]
    public FeatureGrouping By { get; set; } = FeatureGrouping.Event;

    /// <summary>Width of a window where rows are windows; five minutes by default.</summary>
    [Parameter]
    public TimeSpan Window { get; set; } = s_defaults.Window;

    /// <summary>Silence that ends a session where rows are sessions; 30 minutes by default.</summary>
    [Parameter]
    public TimeSpan SessionGap { get; set; } = s_defaults.SessionGap;

    /// <summary>Terms of the TF-IDF vocabulary, each a feature of its own; 16 by default, 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 10_000)]
    public int Term { get; set; } = s_defaults.Terms;

    /// <summary>Where terms come from: Message or Template.</summary>
    [Parameter]
    public TermSource TermSource { get; set; } = s_defaults.TermSource;

    /// <summary>Share of the rows, the earliest ones, that the encodings are learned from; 1 by default.</summary>
    [Parameter]
    [ValidateRange(0.01, 1.0)]
    public double TrainingShare { get; set; } = s_defaults.TrainingShare;

    /// <summary>Entities, windows or sessions that are kept apart; 100,000 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumEntities { get; set; } = s_defaults.MaximumEntities;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Window <= TimeSpan.Zero)
        {
            ThrowTerminatingError(Errors.WindowNotPositive(Window));
        }

        if (SessionGap <= TimeSpan.Zero)
        {
            ThrowTerminatingError(Errors.IntervalNotPositive(SessionGap, nameof(SessionGap)));
        }

        _builder = new FeatureBuilder(new FeatureOptions
        {
            By = By,
            Window = Window,
            SessionGap = SessionGap,
            Terms = Term,
            TermSource = TermSource,
            TrainingShare = TrainingShare,
            MaximumEntities = MaximumEntities,
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _builder!.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!Cancellation.IsCancellationRequested)
        {
            WriteObject(_builder!.Build(), enumerateCollection: true);
        }
    }
}
