namespace LogAnomaly.Detection;

/// <summary>Options of <see cref="NearestNeighbors"/> and <see cref="LocalOutlierFactor"/>.</summary>
public sealed record NeighborOptions
{
    /// <summary>How many neighbours are looked at, 10 by default; all where there are fewer.</summary>
    public int Neighbors { get; init; } = 10;

    /// <summary>
    /// Training rows that are kept to measure distances to, 1,024 by default, drawn at random where there are more.
    /// </summary>
    public int ReferenceRows { get; init; } = 1_024;

    /// <summary>Seed of the random choices, 1 by default.</summary>
    public int Seed { get; init; } = 1;
}
