using System.Text.Json;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// One tree of an extended isolation forest, as flat arrays: the children of an inner node stand side by side. A row x
/// goes left where the paper's (x - p) . n is at most 0, that is n . x at most n . p.
/// </summary>
internal sealed class SlopedTree
{
    private readonly int _slopes;
    private readonly int[] _left;
    private readonly double[] _offsets;
    private readonly float[] _paths;
    private readonly ushort[] _columns;
    private readonly float[] _weights;

    private SlopedTree(int slopes, int[] left, double[] offsets, float[] paths, ushort[] columns, float[] weights)
    {
        _slopes = slopes;
        _left = left;
        _offsets = offsets;
        _paths = paths;
        _columns = columns;
        _weights = weights;
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="sample">The scaled rows that it is grown from, one after the other.</param>
    /// <param name="columnCount">Columns of the rows.</param>
    /// <param name="slopes">Columns that each cut slopes in, at most as many as there are.</param>
    /// <param name="random">The random choices.</param>
    /// <returns>The tree.</returns>
    public static SlopedTree Grow(float[] sample, int columnCount, int slopes, SeededRandom random) =>
        new Growth(sample, columnCount, slopes, random).Grow();

    /// <summary>Reads a tree.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <param name="columnCount">Columns of the rows.</param>
    /// <param name="slopes">Columns that each cut slopes in.</param>
    /// <returns>The tree.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static SlopedTree Read(JsonElement element, int columnCount, int slopes)
    {
        int nodes = ModelArrays.ReadInt(element, "nodes", 1, 1 << 18);
        int[] left = ModelArrays.Read<int>(element, "left", nodes);
        ushort[] columns = ModelArrays.Read<ushort>(element, "columns", checked(nodes * slopes));
        float[] weights = ModelArrays.Read<float>(element, "weights", columns.Length);
        double[] offsets = ModelArrays.Read<double>(element, "offsets", nodes);
        float[] paths = ModelArrays.Read<float>(element, "paths", nodes);
        for (int node = 0; node < nodes; node++)
        {
            // Children come after their parent, so that no walk can go round.
            if (left[node] != 0 && (left[node] <= node || left[node] + 1 >= nodes))
            {
                throw new FormatException("A tree of a forest has a node without children.");
            }
        }

        return Array.TrueForAll(columns, column => column < columnCount) && FiniteRows.AreFinite(weights)
            && FiniteRows.AreFinite(paths)
            ? new SlopedTree(slopes, left, offsets, paths, columns, weights)
            : throw new FormatException("A tree of a forest cuts where there is no column.");
    }

    /// <summary>Writes the tree as an object.</summary>
    /// <param name="writer">Takes the object.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("nodes", _left.Length);
        ModelArrays.Write<int>(writer, "left", _left);
        ModelArrays.Write<ushort>(writer, "columns", _columns);
        ModelArrays.Write<float>(writer, "weights", _weights);
        ModelArrays.Write<double>(writer, "offsets", _offsets);
        ModelArrays.Write<float>(writer, "paths", _paths);
        writer.WriteEndObject();
    }

    /// <summary>
    /// The paper's h(x): cuts that part a row from the others, the rest of a leaf of several rows estimated.
    /// </summary>
    /// <param name="scaled">The scaled row.</param>
    /// <returns>The path length.</returns>
    public double PathLength(ReadOnlySpan<float> scaled)
    {
        int node = 0;
        while (_left[node] != 0)
        {
            node = _left[node] + (Product(scaled, node) <= _offsets[node] ? 0 : 1);
        }

        return _paths[node];
    }

    private double Product(ReadOnlySpan<float> scaled, int node)
    {
        ReadOnlySpan<ushort> columns = _columns.AsSpan(node * _slopes, _slopes);
        ReadOnlySpan<float> weights = _weights.AsSpan(node * _slopes, _slopes);
        double sum = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            sum += (double)weights[i] * scaled[columns[i]];
        }

        return sum;
    }

    private sealed class Growth(float[] sample, int columnCount, int slopes, SeededRandom random)
    {
        private readonly int _height = Math.Max(1, (int)Math.Ceiling(Math.Log2(sample.Length / columnCount)));
        private readonly int[] _candidates = [.. Enumerable.Range(0, columnCount)];
        private readonly List<int> _left = [0];
        private readonly List<double> _offsets = [0];
        private readonly List<float> _paths = [0];
        private readonly List<ushort> _columns = [.. new ushort[slopes]];
        private readonly List<float> _weights = [.. new float[slopes]];

        public SlopedTree Grow()
        {
            int[] order = [.. Enumerable.Range(0, sample.Length / columnCount).Select(row => row * columnCount)];
            Grow(0, 0, order);
            return new SlopedTree(slopes, [.. _left], [.. _offsets], [.. _paths], [.. _columns], [.. _weights]);
        }

        private void Grow(int node, int depth, Span<int> part)
        {
            if (depth >= _height || part.Length <= 1 || !TryCut(node, part))
            {
                _paths[node] = (float)(depth + IsolationTree.AveragePathLength(part.Length));
                return;
            }

            int left = _left.Count;
            _left[node] = left;
            for (int child = 0; child < 2; child++)
            {
                _left.Add(0);
                _offsets.Add(0);
                _paths.Add(0);
                _columns.AddRange(new ushort[slopes]);
                _weights.AddRange(new float[slopes]);
            }

            int count = Partition(node, part);
            Grow(left, depth + 1, part[..count]);
            Grow(left + 1, depth + 1, part[count..]);
        }

        // Slopes in columns that vary among the rows, as many as there are; the point p lies anywhere in the box of the
        // rows.
        private bool TryCut(int node, ReadOnlySpan<int> part)
        {
            int found = 0;
            for (int left = columnCount; left > 0 && found < slopes; left--)
            {
                int pick = random.NextInt(left);
                int column = _candidates[pick];
                (_candidates[pick], _candidates[left - 1]) = (_candidates[left - 1], column);
                (float least, float greatest) = RangeOf(part, column);
                if (least < greatest)
                {
                    double normal = random.NextGaussian();
                    double point = least + (random.NextDouble() * ((double)greatest - least));
                    _columns[(node * slopes) + found] = (ushort)column;
                    _weights[(node * slopes) + found] = (float)normal;
                    _offsets[node] += (float)normal * point;
                    found++;
                }
            }

            return found > 0;
        }

        private (float Least, float Greatest) RangeOf(ReadOnlySpan<int> part, int column)
        {
            float least = float.PositiveInfinity;
            float greatest = float.NegativeInfinity;
            foreach (int start in part)
            {
                least = Math.Min(least, sample[start + column]);
                greatest = Math.Max(greatest, sample[start + column]);
            }

            return (least, greatest);
        }

        private int Partition(int node, Span<int> part)
        {
            int left = 0;
            for (int i = 0; i < part.Length; i++)
            {
                double sum = 0;
                for (int slope = node * slopes; slope < (node + 1) * slopes; slope++)
                {
                    sum += (double)_weights[slope] * sample[part[i] + _columns[slope]];
                }

                if (sum <= _offsets[node])
                {
                    (part[left], part[i]) = (part[i], part[left]);
                    left++;
                }
            }

            return left;
        }
    }
}
