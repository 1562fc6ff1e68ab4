namespace LogAnomaly.Detection;

/// <summary>Options of <see cref="ExtendedIsolationForest"/>.</summary>
public sealed record ExtendedForestOptions
{
    /// <summary>Number of trees, 100 by default.</summary>
    public int TreeCount { get; init; } = 100;

    /// <summary>Rows that each tree is grown from, 256 by default; all rows where there are fewer.</summary>
    public int SampleSize { get; init; } = 256;

    /// <summary>
    /// The paper's extension level: each cut slopes in one column more than this. 0 is the isolation forest; null, the
    /// default, the paper's fully extended forest up to eight columns, and eight of the columns beyond, since in a
    /// slope through very many columns a single odd one weighs nothing.
    /// </summary>
    public int? ExtensionLevel { get; init; }

    /// <summary>Seed of all random choices, 1 by default.</summary>
    public int Seed { get; init; } = 1;
}
