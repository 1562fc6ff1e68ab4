using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou, "Isolation Forest", ICDM 2008): trees that cut random columns at random places; the fewer
/// cuts part a row from the others, the odder it is.
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
    }

    /// <inheritdoc/>
    public string Name => nameof(IsolationForest);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default) => Fit(rows, cancellation).Model;

    /// <summary>Learns from rows and keeps their scores, for a caller who wants both and need not pay for the scores twice.</summary>
    /// <param name="rows">The rows, at least one.</param>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The model, and a score for each row.</returns>
    internal (IsolationForestModel Model, double[] Scores) Fit(FeatureMatrix rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        int sampleSize = Math.Min(_options.SampleSize, rows.RowCount);
        int heightLimit = (int)Math.Ceiling(Math.Log2(Math.Max(sampleSize, 2)));
        IsolationTree[] trees = new IsolationTree[_options.TreeCount];
        ParallelOptions parallel = new() { CancellationToken = cancellation };
        Parallel.For(0, trees.Length, parallel, tree =>
        {
            // Each tree has a stream of its own, so the result does not depend on threads.
            SeededRandom random = new(((ulong)(uint)_options.Seed << 32) | (uint)tree);
            trees[tree] = IsolationTree.Grow(rows, Sample(rows.RowCount, sampleSize, random), heightLimit, random);
        });
        double normal = IsolationTree.AveragePathLength(sampleSize);
        double[] scores = ScoreAll(rows, trees, normal, parallel);
        return (new IsolationForestModel(trees, normal, TailFit.Of(scores), rows.ColumnCount), scores);
    }

    private static double[] ScoreAll(FeatureMatrix rows, IsolationTree[] trees, double normal, ParallelOptions parallel)
    {
        const int BlockSize = 4_096;
        double[] scores = new double[rows.RowCount];
        Parallel.For(0, (rows.RowCount + BlockSize - 1) / BlockSize, parallel, block =>
        {
            int end = Math.Min((block + 1) * BlockSize, rows.RowCount);
            for (int row = block * BlockSize; row < end; row++)
            {
                scores[row] = IsolationForestModel.Score(trees, normal, rows.Row(row));
            }
        });
        return scores;
    }

    // Draws rows without replacement (Floyd's algorithm; Bentley and Floyd, CACM 30(9), 1987).
    private static int[] Sample(int rowCount, int size, SeededRandom random)
    {
        HashSet<int> drawn = new(size);
        int[] sample = new int[size];
        for (int i = 0; i < size; i++)
        {
            int last = rowCount - size + i;
            int row = random.NextInt(last + 1);
            sample[i] = row;
            if (!drawn.Add(row))
            {
                drawn.Add(last);
                sample[i] = last;
            }
        }

        return sample;
    }
}
