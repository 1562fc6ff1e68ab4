using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>One tree of an isolation forest, as flat arrays: the children of an inner node stand side by side.</summary>
internal sealed class IsolationTree
{
    private const double EulerMascheroni = 0.577_215_664_901_532_9;

    // Column of the cut, or -1 for a leaf.
    private readonly short[] _column;
    private readonly float[] _cut;
    private readonly int[] _left;

    // Expected path length from the node on, as its training rows had it.
    private readonly float[] _expected;

    private IsolationTree(List<Node> nodes)
    {
        _column = new short[nodes.Count];
        _cut = new float[nodes.Count];
        _left = new int[nodes.Count];
        _expected = new float[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            (_column[i], _cut[i], _left[i], int size) = nodes[i];
            _expected[i] = (float)AveragePathLength(size);
        }
    }

    /// <summary>The paper's c(n): average path length of an unsuccessful search in a binary search tree of n keys.</summary>
    /// <param name="count">The paper's n.</param>
    /// <returns>The average path length; 0 for one key or none.</returns>
    public static double AveragePathLength(int count) => count switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(count - 1) + EulerMascheroni)) - (2.0 * (count - 1) / count),
    };

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="sample">The rows that the tree is grown from; reordered.</param>
    /// <param name="heightLimit">Cuts on a path at the most.</param>
    /// <param name="random">The random choices.</param>
    /// <returns>The tree.</returns>
    public static IsolationTree Grow(FeatureMatrix rows, int[] sample, int heightLimit, SeededRandom random)
    {
        List<Node> nodes = [default];
        Stack<(int Node, int Start, int Length, int Depth)> open = new();
        open.Push((0, 0, sample.Length, 0));
        while (open.TryPop(out (int Node, int Start, int Length, int Depth) at))
        {
            Span<int> part = sample.AsSpan(at.Start, at.Length);
            if (at.Depth >= heightLimit || at.Length <= 1 || !TryCut(rows, part, random, out int column, out float cut))
            {
                nodes[at.Node] = new Node(-1, 0, 0, at.Length);
                continue;
            }

            int left = Partition(rows, part, column, cut);
            nodes[at.Node] = new Node((short)column, cut, nodes.Count, at.Length);
            open.Push((nodes.Count, at.Start, left, at.Depth + 1));
            open.Push((nodes.Count + 1, at.Start + left, at.Length - left, at.Depth + 1));
            nodes.Add(default);
            nodes.Add(default);
        }

        return new IsolationTree(nodes);
    }

    /// <summary>The paper's h(x): cuts that part a row from the others, the rest of a leaf of several rows estimated.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The path length.</returns>
    public double PathLength(ReadOnlySpan<float> row)
    {
        int node = 0;
        int depth = 0;
        while (_column[node] >= 0)
        {
            node = _left[node] + (row[_column[node]] < _cut[node] ? 0 : 1);
            depth++;
        }

        return depth + _expected[node];
    }

    /// <summary>
    /// Adds to each column by how much its cuts shortened the row's path: at a node of n rows whose taken child has m,
    /// c(n) - (1 + c(m)). Over a path these add up to c(psi) - h(x).
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="contributions">A number for each column.</param>
    public void Attribute(ReadOnlySpan<float> row, Span<double> contributions)
    {
        int node = 0;
        while (_column[node] >= 0)
        {
            int column = _column[node];
            int child = _left[node] + (row[column] < _cut[node] ? 0 : 1);
            contributions[column] += _expected[node] - (1 + _expected[child]);
            node = child;
        }
    }

    // A random column that varies among the rows, cut at a random place between its least and greatest value.
    private static bool TryCut(FeatureMatrix rows, ReadOnlySpan<int> part, SeededRandom random, out int column, out float cut)
    {
        Span<int> candidates = stackalloc int[Math.Min(rows.ColumnCount, 256)];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = i;
        }

        for (int left = candidates.Length; left > 0; left--)
        {
            int pick = random.NextInt(left);
            column = candidates[pick];
            candidates[pick] = candidates[left - 1];
            (float least, float greatest) = RangeOf(rows, part, column);
            if (least < greatest)
            {
                // Above the least, so that neither side is empty.
                cut = (float)(least + (random.NextDouble() * ((double)greatest - least)));
                cut = cut > least ? cut : MathF.BitIncrement(least);
                return true;
            }
        }

        column = -1;
        cut = 0;
        return false;
    }

    private static (float Least, float Greatest) RangeOf(FeatureMatrix rows, ReadOnlySpan<int> part, int column)
    {
        float least = float.PositiveInfinity;
        float greatest = float.NegativeInfinity;
        foreach (int row in part)
        {
            float value = rows.Row(row)[column];
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        return (least, greatest);
    }

    private static int Partition(FeatureMatrix rows, Span<int> part, int column, float cut)
    {
        int left = 0;
        for (int i = 0; i < part.Length; i++)
        {
            if (rows.Row(part[i])[column] < cut)
            {
                (part[left], part[i]) = (part[i], part[left]);
                left++;
            }
        }

        return left;
    }

    private readonly record struct Node(short Column, float Cut, int Left, int Size);
}
