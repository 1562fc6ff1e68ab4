using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Extended isolation forest (Hariri, Carrasco Kind and Brunner, "Extended Isolation Forest", IEEE TKDE 33(4), 2019,
/// arXiv 1811.02141): trees that cut by slopes through several columns, which leaves no bands of wrong scores along the
/// axes. Slopes mix columns, so columns are on their robust scale.
/// </summary>
public sealed class ExtendedIsolationForest : ILogDetector
{
    private const int DefaultLevel = 7;

    private readonly ExtendedForestOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">Its options, or null for the defaults.</param>
    public ExtendedIsolationForest(ExtendedForestOptions? options = null)
    {
        _options = options ?? new ExtendedForestOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TreeCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.SampleSize, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.SampleSize, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(_options.ExtensionLevel ?? 0);
    }

    /// <inheritdoc/>
    public string Name => nameof(ExtendedIsolationForest);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.ColumnCount, ushort.MaxValue);
        FeatureMatrix finite = FiniteRows.Of(rows);
        ColumnScaling scaling = ColumnScaling.Of(finite);
        int sampleSize = Math.Min(_options.SampleSize, rows.RowCount);
        int slopes = Math.Min(rows.ColumnCount, (_options.ExtensionLevel ?? DefaultLevel) + 1);
        SlopedTree[] trees = new SlopedTree[_options.TreeCount];
        Parallel.For(0, trees.Length, new ParallelOptions { CancellationToken = cancellation }, tree =>
        {
            // Each tree has a stream of its own, so the result does not depend on threads.
            SeededRandom random = new(((ulong)(uint)_options.Seed << 32) | (uint)tree);
            int[] drawn = RowSample.Draw(rows.RowCount, sampleSize, random);
            float[] sample = scaling.Apply(finite, drawn, rows.ColumnCount);
            trees[tree] = SlopedTree.Grow(sample, rows.ColumnCount, slopes, random);
        });
        ExtendedIsolationForestModel model = new(scaling, trees, sampleSize, slopes, finite, _options.Seed);
        model.Calibrate(cancellation);
        return model;
    }
}
