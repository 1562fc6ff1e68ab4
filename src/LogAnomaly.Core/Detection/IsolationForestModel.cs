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
    private ColumnIsolation? _isolation;

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
        JsonElement learned = ModelArrays.Property(element, "forest", JsonValueKind.Object);
        _trees = PaddedTrees.Read(learned, columns.Count);
        _isolation = ColumnIsolation.Read(learned, columns.Count);
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
                Transpose(
                    rows.Values.AsSpan(start * rows.ColumnCount, count * rows.ColumnCount), rows.ColumnCount, columnar);
                ScoreBlock(columnar, scores.AsSpan(start, count));
                return columnar;
            },
            _ => { });
    }

    // By how many cuts the path would be longer if a column were not known: where a tree cuts it, the row goes both
    // ways, each in the share of the training rows that did (what Friedman, Annals of Statistics 29(5), 2001, section
    // 8.2, does for partial dependence). The shortening c(n) - (1 + c(m)) of each cut would be quicker to add up, but
    // the cuts that follow on a rare side are short for whatever column they happen to take. Trees that were grown
    // without the row cannot tell a value just beyond the others from one far beyond; so to each column that the paths
    // meet comes what cuts in it alone would do.
    /// <inheritdoc/>
    protected override double[] ExplainFinite(ReadOnlySpan<float> row)
    {
        EnsureCalibrated();
        double[] contributions = new double[row.Length];
        bool[] met = new bool[row.Length];
        for (int tree = 0; tree < _trees.Count; tree++)
        {
            Attribute(tree, row, contributions, met);
        }

        for (int column = 0; column < contributions.Length; column++)
        {
            contributions[column] /= (double)_trees.Count * ForestKernel.PathUnit;
            contributions[column] += met[column] ? _isolation!.Shortening(column, row[column]) : 0;
        }

        return contributions;
    }

    /// <inheritdoc/>
    protected override void LearnMore(FeatureMatrix training, int seed) =>
        _isolation = ColumnIsolation.Of(training, seed);

    /// <inheritdoc/>
    protected override void WriteLearned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("forest");
        _trees.Write(writer);
        _isolation!.Write(writer);
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

    private void Attribute(int tree, ReadOnlySpan<float> row, Span<double> contributions, Span<bool> everMet)
    {
        ReadOnlySpan<int> columns = _trees.ColumnsOf(tree);
        ReadOnlySpan<float> cuts = _trees.CutsOf(tree);
        Span<int> met = stackalloc int[_trees.Height];
        int count = 0;
        int node = 0;
        while (node < columns.Length)
        {
            if (!float.IsPositiveInfinity(cuts[node]) && !met[..count].Contains(columns[node]))
            {
                met[count++] = columns[node];
            }

            node = (2 * node) + 1 + (row[columns[node]] >= cuts[node] ? 1 : 0);
        }

        int path = _trees.PathsOf(tree)[node - columns.Length];
        foreach (int column in met[..count])
        {
            everMet[column] = true;
            contributions[column] += PathWithout(tree, 0, column, row) - path;
        }
    }

    // The mean path length from a node on where a column is not known.
    private double PathWithout(int tree, int node, int unknown, ReadOnlySpan<float> row)
    {
        ReadOnlySpan<int> columns = _trees.ColumnsOf(tree);
        ReadOnlySpan<float> cuts = _trees.CutsOf(tree);
        while (node < columns.Length && (columns[node] != unknown || float.IsPositiveInfinity(cuts[node])))
        {
            node = (2 * node) + 1 + (row[columns[node]] >= cuts[node] ? 1 : 0);
        }

        if (node >= columns.Length)
        {
            return _trees.PathsOf(tree)[node - columns.Length];
        }

        ReadOnlySpan<int> sizes = _trees.SizesOf(tree);
        double left = (double)sizes[(2 * node) + 1] / sizes[node];
        return (left * PathWithout(tree, (2 * node) + 1, unknown, row))
            + ((1 - left) * PathWithout(tree, (2 * node) + 2, unknown, row));
    }
}
