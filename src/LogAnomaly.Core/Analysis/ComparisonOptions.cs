namespace LogAnomaly.Analysis;

/// <summary>How two logs are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The share of false differences among those that are given as certain, 0.05 by default.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>Least factor by which a rate must have grown or shrunk to be told, 1.5 by default.</summary>
    public double MinimumRatio { get; init; } = 1.5;

    /// <summary>Least factor by which a latency must have grown or shrunk to be told, 1.2 by default.</summary>
    public double MinimumLatencyRatio { get; init; } = 1.2;

    /// <summary>Least size of the change of a mix (Cramer's V) to be told, 0.05 by default.</summary>
    public double MinimumEffect { get; init; } = 0.05;

    /// <summary>Whether templates and values on one side only are given too where that may be chance.</summary>
    public bool IncludesUncertain { get; init; }

    /// <summary>Templates that are kept apart, 20,000 by default.</summary>
    public int MaximumTemplates { get; init; } = 20_000;
}
