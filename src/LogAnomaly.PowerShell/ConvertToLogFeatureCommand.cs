using System.Management.Automation;
using LogAnomaly.Features;

namespace LogAnomaly.PowerShell;

/// <summary>Turns events into rows of named numbers.</summary>
[Cmdlet(VerbsData.ConvertTo, "LogFeature")]
[OutputType(typeof(LogFeature))]
public sealed class ConvertToLogFeatureCommand : CancellableCommand
{
    private FeatureBuilder? _builder;

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>What a row is about; an event by default.</summary>
    [Parameter(Position = 0)]
    public FeatureGrouping By { get; set; } = FeatureGrouping.Event;

    /// <summary>Width of a window where rows are windows; five minutes by default.</summary>
    [Parameter]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Window <= TimeSpan.Zero)
        {
            ThrowTerminatingError(Errors.WindowNotPositive(Window));
        }

        _builder = new FeatureBuilder(new FeatureOptions { By = By, Window = Window });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _builder!.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (LogFeature feature in _builder!.Build())
        {
            WriteObject(feature);
        }
    }
}
