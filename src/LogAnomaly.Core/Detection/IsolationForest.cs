using System.Runtime.InteropServices;
using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou, "Isolation Forest", ICDM 2008): trees that cut random columns at random places; the fewer
/// cuts part a row from the others, the odder it is.
/// </summary>
public sealed class IsolationForest : ILogDetector
{
    private const int BlockSize = 1_024;

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

    // Rows that are alike to the last bit, as most events of a log are to another one, are scored once.
    private static double[] ScoreAll(FeatureMatrix rows, IsolationTree[] trees, double normal, ParallelOptions parallel)
    {
        (List<int> distinct, int[] placeOf) = Distinct(rows);
        double[] distinctScores = new double[distinct.Count];
        Parallel.For(0, (distinct.Count + BlockSize - 1) / BlockSize, parallel, block =>
        {
            int start = block * BlockSize;
            ScoreBlock(rows, distinct, trees, normal, start, distinctScores.AsSpan(start, Math.Min(BlockSize, distinct.Count - start)));
        });
        return Array.ConvertAll(placeOf, place => distinctScores[place]);
    }

    // Tree by tree over a block of rows, so that a tree stays in the first cache while it is walked.
    private static void ScoreBlock(
        FeatureMatrix rows, List<int> distinct, IsolationTree[] trees, double normal, int start, Span<double> scores)
    {
        foreach (IsolationTree tree in trees)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += tree.PathLength(rows.Row(distinct[start + i]));
            }
        }

        foreach (ref double score in scores)
        {
            score = IsolationForestModel.ScoreOf(score / trees.Length, normal);
        }
    }

    private static (List<int> Distinct, int[] PlaceOf) Distinct(FeatureMatrix rows)
    {
        List<int> distinct = [];
        int[] placeOf = new int[rows.RowCount];
        Dictionary<ulong, int> places = [];
        for (int row = 0; row < placeOf.Length; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, HashOf(values), out bool known);
            if (!known || !values.SequenceEqual(rows.Row(distinct[place])))
            {
                place = distinct.Count;
                distinct.Add(row);
            }

            placeOf[row] = place;
        }

        return (distinct, placeOf);
    }

    private static ulong HashOf(ReadOnlySpan<float> values)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (float value in values)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash;
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
