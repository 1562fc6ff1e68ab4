using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>A trained isolation forest.</summary>
internal sealed class IsolationForestModel : RowModel
{
    // So many trees' path lengths cannot exceed what an int holds.
    private const int TreesASum = 512;

    private readonly PaddedTrees _trees;
    private readonly double _normal;

    /// <summary>Creates a model of training rows.</summary>
    /// <param name="trees">Its trees.</param>
    /// <param name="training">The rows, finite.</param>
    /// <param name="seed">Seed of random choices.</param>
    public IsolationForestModel(PaddedTrees trees, FeatureMatrix training, int seed)
        : base(nameof(IsolationForest), training, seed)
    {
        _trees = trees;
        _normal = IsolationTree.AveragePathLength(trees.SampleSize);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="element">What was written.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="calibration">What the training rows' scores were like.</param>
    public IsolationForestModel(JsonElement element, IReadOnlyList<string> columns, Calibration calibration)
        : base(nameof(IsolationForest), columns, calibration)
    {
        _trees = PaddedTrees.Read(ModelArrays.Property(element, "forest", JsonValueKind.Object), columns.Count);
        _normal = IsolationTree.AveragePathLength(_trees.SampleSize);
    }

    /// <inheritdoc/>
    protected override double ScoreFinite(ReadOnlySpan<float> row)
    {
        long sum = 0;
        for (int tree = 0; tree < _trees.Count; tree++)
        {
            ReadOnlySpan<int> columns = _trees.ColumnsOf(tree);
            ReadOnlySpan<float> cuts = _trees.CutsOf(tree);
            int node = 0;
            while (node < columns.Length)
            {
                node = (2 * node) + 1 + (row[columns[node]] >= cuts[node] ? 1 : 0);
            }

            sum += _trees.PathsOf(tree)[node - columns.Length];
        }

        return ScoreOf(sum);
    }

    /// <inheritdoc/>
    protected override void ScoreFinite(FeatureMatrix rows, double[] scores, ParallelOptions parallel)
    {
        int blocks = (rows.RowCount + ForestKernel.BlockRows - 1) / ForestKernel.BlockRows;
        Parallel.For(
            0,
            blocks,
            parallel,
            () => new float[ForestKernel.BlockRows * rows.ColumnCount],
            (block, _, columnar) =>
            {
                int start = block * ForestKernel.BlockRows;
                int count = Math.Min(ForestKernel.BlockRows, rows.RowCount - start);
                Transpose(rows.Values.AsSpan(start * rows.ColumnCount, count * rows.ColumnCount), rows.ColumnCount, columnar);
                ScoreBlock(columnar, scores.AsSpan(start, count));
                return columnar;
            },
            _ => { });
    }

    /// <inheritdoc/>
    protected override double[] ExplainFinite(ReadOnlySpan<float> row)
    {
        double[] contributions = new double[row.Length];
        for (int tree = 0; tree < _trees.Count; tree++)
        {
            Attribute(tree, row, contributions);
        }

        for (int i = 0; i < contributions.Length; i++)
        {
            contributions[i] /= _trees.Count;
        }

        return contributions;
    }

    /// <inheritdoc/>
    protected override void WriteLearned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("forest");
        _trees.Write(writer);
        writer.WriteEndObject();
    }

    // Tree by tree over a block of rows, so that a tree stays in the first cache while it is walked.
    private void ScoreBlock(float[] columnar, Span<double> scores)
    {
        Span<int> sums = stackalloc int[ForestKernel.BlockRows];
        Span<long> totals = stackalloc long[ForestKernel.BlockRows];
        totals.Clear();
        for (int first = 0; first < _trees.Count; first += TreesASum)
        {
            sums.Clear();
            for (int tree = first; tree < Math.Min(first + TreesASum, _trees.Count); tree++)
            {
                ForestKernel.Add(
                    columnar, _trees.ColumnsOf(tree), _trees.CutsOf(tree), _trees.PathsOf(tree), _trees.Height, sums);
            }

            for (int row = 0; row < totals.Length; row++)
            {
                totals[row] += sums[row];
            }
        }

        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = ScoreOf(totals[row]);
        }
    }

    // The paper's s(x, psi) = 2^(-E(h(x)) / c(psi)).
    private double ScoreOf(long sum) =>
        _normal > 0 ? Math.Pow(2, -(sum / (double)ForestKernel.PathUnit / _trees.Count) / _normal) : 0.5;

    private static void Transpose(ReadOnlySpan<float> rows, int columnCount, float[] columnar)
    {
        for (int start = 0, row = 0; start < rows.Length; start += columnCount, row++)
        {
            ReadOnlySpan<float> values = rows.Slice(start, columnCount);
            for (int column = 0, at = row; column < values.Length; column++, at += ForestKernel.BlockRows)
            {
                columnar[at] = values[column];
            }
        }
    }

    private void Attribute(int tree, ReadOnlySpan<float> row, Span<double> contributions)
    {
        ReadOnlySpan<int> columns = _trees.ColumnsOf(tree);
        ReadOnlySpan<float> cuts = _trees.CutsOf(tree);
        ReadOnlySpan<int> sizes = _trees.SizesOf(tree);
        int node = 0;
        while (node < columns.Length && !float.IsPositiveInfinity(cuts[node]))
        {
            int child = (2 * node) + 1 + (row[columns[node]] >= cuts[node] ? 1 : 0);
            contributions[columns[node]] += IsolationTree.AveragePathLength(sizes[node]) - 1 - IsolationTree.AveragePathLength(sizes[child]);
            node = child;
        }
    }
}
