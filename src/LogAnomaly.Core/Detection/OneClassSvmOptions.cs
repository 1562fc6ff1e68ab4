namespace LogAnomaly.Detection;

/// <summary>Options of <see cref="OneClassSvm"/>.</summary>
public sealed record OneClassSvmOptions
{
    /// <summary>
    /// The paper's nu, 0.1 by default: at most this share of the training rows lies outside, at least this share
    /// supports.
    /// </summary>
    public double Nu { get; init; } = 0.1;

    /// <summary>
    /// Width of the kernel exp(-gamma |x - y|^2); null, the default, for one over the median squared distance of rows.
    /// </summary>
    public double? Gamma { get; init; }

    /// <summary>Training rows that are learned from, 1,000 by default, drawn at random where there are more.</summary>
    public int SampleSize { get; init; } = 1_000;

    /// <summary>Seed of the random choices, 1 by default.</summary>
    public int Seed { get; init; } = 1;
}
