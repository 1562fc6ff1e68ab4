namespace LogAnomaly.Detection;

/// <summary>Options of <see cref="PrincipalComponents"/>.</summary>
public sealed record PrincipalComponentOptions
{
    /// <summary>
    /// Share of the variance that the components which are kept explain together, 0.9 by default; above 0 and at most
    /// 1.
    /// </summary>
    public double ExplainedVariance { get; init; } = 0.9;

    /// <summary>
    /// Training rows that the components are learned from, 20,000 by default, drawn at random where there are more.
    /// </summary>
    public int SampleSize { get; init; } = 20_000;

    /// <summary>Seed of the random choices, 1 by default.</summary>
    public int Seed { get; init; } = 1;
}
