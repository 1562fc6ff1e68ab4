using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Grows one tree of an isolation forest as a padded heap: the children of node i are 2i + 1 and 2i + 2. Below a leaf
/// that lies higher than the last level stand nodes that send every row to the left.
/// </summary>
internal sealed class IsolationTree
{
    /// <summary>The cut of a node that parts nothing: every finite value lies below it.</summary>
    public const float NoCut = float.PositiveInfinity;

    private const double EulerMascheroni = 0.577_215_664_901_532_9;

    private readonly float[] _rows;
    private readonly int _height;
    private readonly SeededRandom _random;
    private readonly int[] _order;
    private readonly int[] _candidates;

    /// <summary>Creates what grows a tree.</summary>
    /// <param name="rows">All rows, finite.</param>
    /// <param name="sample">Indexes of the rows that it is grown from; changed.</param>
    /// <param name="height">Cuts on a path at the most.</param>
    /// <param name="random">The random choices.</param>
    public IsolationTree(FeatureMatrix rows, int[] sample, int height, SeededRandom random)
    {
        _rows = rows.Values;
        _height = height;
        _random = random;
        _order = sample;
        _candidates = new int[rows.ColumnCount];
        foreach (ref int row in sample.AsSpan())
        {
            // From here on an index is that of the row's first value.
            row *= rows.ColumnCount;
        }

        for (int i = 0; i < _candidates.Length; i++)
        {
            _candidates[i] = i;
        }
    }

    /// <summary>
    /// The paper's c(n): average path length of an unsuccessful search in a binary search tree of n keys.
    /// </summary>
    /// <param name="count">The paper's n.</param>
    /// <returns>The average path length; 0 for one key or none.</returns>
    public static double AveragePathLength(int count) => count switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(count - 1) + EulerMascheroni)) - (2.0 * (count - 1) / count),
    };

    /// <summary>Grows the tree.</summary>
    /// <param name="columns">Takes the column of each inner node, 2^height - 1 of them.</param>
    /// <param name="cuts">Takes the cut of each inner node: rows below it go left. <see cref="NoCut"/> where there is
    /// none.</param>
    /// <param name="sizes">Takes how many rows reach each node, the last level included, 2^(height + 1) - 1 of them;
    /// what lies to the left below a leaf has the leaf's rows.</param>
    public void Grow(Span<int> columns, Span<float> cuts, Span<int> sizes)
    {
        cuts.Fill(NoCut);
        Grow(0, 0, _order, columns, cuts, sizes);
    }

    private void Grow(int node, int depth, Span<int> part, Span<int> columns, Span<float> cuts, Span<int> sizes)
    {
        sizes[node] = part.Length;
        if (depth >= _height)
        {
            return;
        }

        if (part.Length <= 1 || !TryCut(part, out int column, out float cut))
        {
            for (int below = (2 * node) + 1; below < sizes.Length; below = (2 * below) + 1)
            {
                sizes[below] = part.Length;
            }

            return;
        }

        int left = Partition(part, column, cut);
        (columns[node], cuts[node]) = (column, cut);
        Grow((2 * node) + 1, depth + 1, part[..left], columns, cuts, sizes);
        Grow((2 * node) + 2, depth + 1, part[left..], columns, cuts, sizes);
    }

    // A random column that varies among the rows, cut at a random place between its least and greatest value. The
    // candidates may stand in any order to begin with, so each node goes on with the order that the last one left.
    private bool TryCut(ReadOnlySpan<int> part, out int column, out float cut)
    {
        for (int left = _candidates.Length; left > 0; left--)
        {
            int pick = _random.NextInt(left);
            column = _candidates[pick];
            (_candidates[pick], _candidates[left - 1]) = (_candidates[left - 1], column);
            (float least, float greatest) = RangeOf(part, column);
            if (least < greatest)
            {
                // Above the least, so that neither side is empty.
                cut = (float)(least + (_random.NextDouble() * ((double)greatest - least)));
                cut = cut > least ? Math.Min(cut, greatest) : MathF.BitIncrement(least);
                return true;
            }
        }

        column = -1;
        cut = 0;
        return false;
    }

    private (float Least, float Greatest) RangeOf(ReadOnlySpan<int> part, int column)
    {
        float[] rows = _rows;
        float least = rows[part[0] + column];
        float greatest = least;
        foreach (int start in part)
        {
            float value = rows[start + column];
            least = value < least ? value : least;
            greatest = value > greatest ? value : greatest;
        }

        return (least, greatest);
    }

    // Without a branch on the value, which would be mispredicted half the time.
    private int Partition(Span<int> part, int column, float cut)
    {
        float[] rows = _rows;
        int left = 0;
        for (int i = 0; i < part.Length; i++)
        {
            int start = part[i];
            part[i] = part[left];
            part[left] = start;
            left += rows[start + column] < cut ? 1 : 0;
        }

        return left;
    }
}
