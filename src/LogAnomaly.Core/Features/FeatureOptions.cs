namespace LogAnomaly.Features;

/// <summary>How rows of features are made.</summary>
public sealed record FeatureOptions
{
    /// <summary>What a row is about; an event by default.</summary>
    public FeatureGrouping By { get; init; } = FeatureGrouping.Event;

    /// <summary>Width of a window where rows are windows, five minutes by default; windows begin at multiples of it since year 1 UTC.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);
}
