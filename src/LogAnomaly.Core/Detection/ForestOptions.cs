namespace LogAnomaly.Detection;

/// <summary>Options of <see cref="IsolationForest"/>, by default those of its paper.</summary>
public sealed record ForestOptions
{
    /// <summary>Number of trees, 100 by default.</summary>
    public int TreeCount { get; init; } = 100;

    /// <summary>
    /// Rows that each tree is grown from (the paper's psi), 256 by default; all rows where there are fewer.
    /// </summary>
    public int SampleSize { get; init; } = 256;

    /// <summary>Seed of all random choices, 1 by default.</summary>
    public int Seed { get; init; } = 1;
}
