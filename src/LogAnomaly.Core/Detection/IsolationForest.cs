using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou, "Isolation Forest", ICDM 2008): trees that cut random columns at random
/// places; the fewer cuts part a row from the others, the odder it is.
/// </summary>
public sealed class IsolationForest : ILogDetector
{
    private readonly ForestOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">Its options, or null for the defaults.</param>
    public IsolationForest(ForestOptions? options = null)
    {
        _options = options ?? new ForestOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TreeCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.SampleSize, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.SampleSize, ushort.MaxValue);
    }

    /// <inheritdoc/>
    public string Name => nameof(IsolationForest);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.ColumnCount, ushort.MaxValue);
        FeatureMatrix finite = FiniteRows.Of(rows);
        int sampleSize = Math.Min(_options.SampleSize, rows.RowCount);
        PaddedTrees trees = new(_options.TreeCount, sampleSize);
        Parallel.For(0, trees.Count, new ParallelOptions { CancellationToken = cancellation }, tree =>
        {
            // Each tree has a stream of its own, so the result does not depend on threads.
            SeededRandom random = new(((ulong)(uint)_options.Seed << 32) | (uint)tree);
            int[] sample = RowSample.Draw(rows.RowCount, sampleSize, random);
            new IsolationTree(finite, sample, trees.Height, random)
                .Grow(trees.ColumnsOf(tree), trees.CutsOf(tree), trees.SizesOf(tree));
        });
        return new IsolationForestModel(trees.Complete(), finite, _options.Seed);
    }
}
