using System.Text.Json;

namespace LogAnomaly.Detection;

/// <summary>
/// The trees of an isolation forest as padded heaps of one height, in three arrays that all trees share.
/// </summary>
internal sealed class PaddedTrees
{
    private const int GreatestHeight = 16;

    private readonly int _inner;
    private readonly int[] _columns;
    private readonly float[] _cuts;
    private readonly int[] _sizes;
    private readonly int[] _paths;

    /// <summary>Creates trees that are still to be grown.</summary>
    /// <param name="count">How many.</param>
    /// <param name="sampleSize">Rows that each is grown from (the paper's psi), at most 65,536.</param>
    public PaddedTrees(int count, int sampleSize)
    {
        Count = count;
        SampleSize = sampleSize;
        Height = Math.Max(1, (int)Math.Ceiling(Math.Log2(sampleSize)));
        _inner = (1 << Height) - 1;
        _columns = new int[checked(count * _inner)];
        _cuts = new float[_columns.Length];
        _sizes = new int[count * ((2 * _inner) + 1)];
        _paths = new int[count * (_inner + 1)];
    }

    /// <summary>How many trees there are.</summary>
    public int Count { get; }

    /// <summary>Rows that each was grown from (the paper's psi).</summary>
    public int SampleSize { get; }

    /// <summary>Levels of inner nodes.</summary>
    public int Height { get; }

    /// <summary>Columns that a tree cuts, for each inner node.</summary>
    /// <param name="tree">Index of the tree.</param>
    /// <returns>The columns.</returns>
    public Span<int> ColumnsOf(int tree) => _columns.AsSpan(tree * _inner, _inner);

    /// <summary>Where a tree cuts, for each inner node: rows below go left.</summary>
    /// <param name="tree">Index of the tree.</param>
    /// <returns>The cuts; <see cref="IsolationTree.NoCut"/> where there is none.</returns>
    public Span<float> CutsOf(int tree) => _cuts.AsSpan(tree * _inner, _inner);

    /// <summary>Training rows that reached each node of a tree, the last level included.</summary>
    /// <param name="tree">Index of the tree.</param>
    /// <returns>The numbers of rows.</returns>
    public Span<int> SizesOf(int tree) => _sizes.AsSpan(tree * ((2 * _inner) + 1), (2 * _inner) + 1);

    /// <summary>
    /// The paper's h(x) for each place of the last level of a tree, in parts (<see cref="ForestKernel.PathUnit"/>).
    /// </summary>
    /// <param name="tree">Index of the tree.</param>
    /// <returns>The path lengths.</returns>
    public Span<int> PathsOf(int tree) => _paths.AsSpan(tree * (_inner + 1), _inner + 1);

    /// <summary>Reads trees.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <param name="columnCount">Columns of the rows.</param>
    /// <returns>The trees.</returns>
    /// <exception cref="FormatException">They are damaged.</exception>
    public static PaddedTrees Read(JsonElement element, int columnCount)
    {
        int count = ModelArrays.ReadInt(element, "trees", 1, 1 << 20);
        int sampleSize = ModelArrays.ReadInt(element, "sampleSize", 1, 1 << GreatestHeight);
        long expected = (long)count * sampleSize;
        if (ModelArrays.Property(element, "columns", JsonValueKind.String).GetString()!.Length < expected)
        {
            throw new FormatException("A forest has fewer nodes than its trees need.");
        }

        PaddedTrees trees = new(count, sampleSize);
        ushort[] columns = ModelArrays.Read<ushort>(element, "columns", trees._columns.Length);
        float[] cuts = ModelArrays.Read<float>(element, "cuts", trees._cuts.Length);
        ushort[] sizes = ModelArrays.Read<ushort>(element, "sizes", trees._paths.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            // The kernel reads wherever a column tells it to.
            trees._columns[i] = columns[i] < columnCount
                ? columns[i]
                : throw new FormatException("A forest cuts a column that there is not.");
            trees._cuts[i] = float.IsNaN(cuts[i])
                ? throw new FormatException("A forest cuts at what is no number.")
                : cuts[i];
        }

        for (int tree = 0; tree < count; tree++)
        {
            trees.FillSizes(tree, sizes.AsSpan(tree * (trees._inner + 1), trees._inner + 1));
        }

        return trees.Complete();
    }

    /// <summary>Writes the trees: cuts and columns of the heaps, and the rows that reached the last level.</summary>
    /// <param name="writer">Takes properties.</param>
    public void Write(Utf8JsonWriter writer)
    {
        ushort[] sizes = new ushort[_paths.Length];
        for (int tree = 0; tree < Count; tree++)
        {
            Span<int> last = SizesOf(tree)[_inner..];
            for (int i = 0; i < last.Length; i++)
            {
                sizes[(tree * last.Length) + i] = (ushort)last[i];
            }
        }

        writer.WriteNumber("trees", Count);
        writer.WriteNumber("sampleSize", SampleSize);
        ModelArrays.Write<ushort>(writer, "columns", Array.ConvertAll(_columns, column => (ushort)column));
        ModelArrays.Write<float>(writer, "cuts", _cuts);
        ModelArrays.Write<ushort>(writer, "sizes", sizes);
    }

    /// <summary>Computes the path lengths of trees that were grown.</summary>
    /// <returns>These trees.</returns>
    public PaddedTrees Complete()
    {
        int[] expected = new int[SampleSize + 1];
        for (int size = 0; size < expected.Length; size++)
        {
            expected[size] = (int)Math.Round(IsolationTree.AveragePathLength(size) * ForestKernel.PathUnit);
        }

        for (int tree = 0; tree < Count; tree++)
        {
            FillPaths(CutsOf(tree), SizesOf(tree), expected, PathsOf(tree), 0, 0);
        }

        return this;
    }

    private void FillPaths(
        ReadOnlySpan<float> cuts, ReadOnlySpan<int> sizes, int[] expected, Span<int> paths, int node, int depth)
    {
        if (depth < Height && !float.IsPositiveInfinity(cuts[node]))
        {
            FillPaths(cuts, sizes, expected, paths[..(paths.Length / 2)], (2 * node) + 1, depth + 1);
            FillPaths(cuts, sizes, expected, paths[(paths.Length / 2)..], (2 * node) + 2, depth + 1);
            return;
        }

        paths.Fill((depth * ForestKernel.PathUnit) + expected[sizes[node]]);
    }

    // To the right below a leaf comes no row, so that a node has as many rows as its two children.
    private void FillSizes(int tree, ReadOnlySpan<ushort> last)
    {
        Span<int> sizes = SizesOf(tree);
        for (int i = 0; i < last.Length; i++)
        {
            sizes[_inner + i] = last[i];
        }

        for (int node = _inner - 1; node >= 0; node--)
        {
            sizes[node] = sizes[(2 * node) + 1] + sizes[(2 * node) + 2];
        }

        if (sizes[0] != SampleSize)
        {
            throw new FormatException("A tree of a forest was grown from another number of rows than it holds.");
        }
    }
}
