namespace LogAnomaly.Analysis;

/// <summary>How an input is analysed.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Least score of an anomaly that is reported, 0 to 100; 50 by default, a tail probability of one in a thousand.</summary>
    public double MinimumScore { get; init; } = 50;

    /// <summary>Seed of the learned detectors, 1 by default. Equal inputs, options and seeds give equal results.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Templates that are kept apart, 20,000 by default; further ones count together.</summary>
    public int MaximumTemplates { get; init; } = 20_000;
}
