using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LogAnomaly.Detection;

/// <summary>
/// Walks blocks of rows down padded trees. A block holds <see cref="BlockRows"/> rows column after column. With AVX2
/// eight rows walk at once: the first level is the same for all, the next three stand in registers, deeper nodes and
/// the values are gathered. Path lengths are whole numbers, so that their sum is the same in whatever order and by
/// whatever way it was made.
/// </summary>
internal static class ForestKernel
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 128;

    /// <summary>Path lengths are counted in parts of one cut.</summary>
    public const int PathUnit = 1 << 16;

    private const int BlockShift = 7;
    private const int LevelsInRegisters = 4;

    /// <summary>Whether this machine can walk eight rows at once.</summary>
    public static bool IsWide => Avx2.IsSupported;

    /// <summary>Adds the path lengths in one tree, by the fastest way of the machine.</summary>
    /// <param name="block">The rows, column after column.</param>
    /// <param name="columns">Column of each inner node; readable eight beyond the first fifteen.</param>
    /// <param name="cuts">Cut of each inner node, like the columns.</param>
    /// <param name="paths">Path length of each place of the last level.</param>
    /// <param name="height">Levels of inner nodes.</param>
    /// <param name="sums">Sum of the path lengths of each row.</param>
    public static void Add(
        ReadOnlySpan<float> block,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> cuts,
        ReadOnlySpan<int> paths,
        int height,
        Span<int> sums)
    {
        if (Avx2.IsSupported && height >= LevelsInRegisters)
        {
            AddWide(block, columns, cuts, paths, height, sums);
        }
        else
        {
            AddPlain(block, columns, cuts, paths, height, sums);
        }
    }

    /// <summary>Adds the path lengths in one tree, row by row.</summary>
    /// <param name="block">The rows, column after column.</param>
    /// <param name="columns">Column of each inner node.</param>
    /// <param name="cuts">Cut of each inner node.</param>
    /// <param name="paths">Path length of each place of the last level.</param>
    /// <param name="height">Levels of inner nodes.</param>
    /// <param name="sums">Sum of the path lengths of each row.</param>
    public static void AddPlain(
        ReadOnlySpan<float> block,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> cuts,
        ReadOnlySpan<int> paths,
        int height,
        Span<int> sums)
    {
        for (int row = 0; row < BlockRows; row++)
        {
            int node = 0;
            for (int level = 0; level < height; level++)
            {
                node = (2 * node) + 1 + (block[(columns[node] << BlockShift) + row] >= cuts[node] ? 1 : 0);
            }

            sums[row] += paths[node - ((1 << height) - 1)];
        }
    }

    /// <summary>
    /// Adds the path lengths in one tree, eight rows at once, four times beside each other to hide the wait for memory.
    /// </summary>
    /// <param name="block">The rows, column after column.</param>
    /// <param name="columns">Column of each inner node, 15 or more.</param>
    /// <param name="cuts">Cut of each inner node.</param>
    /// <param name="paths">Path length of each place of the last level.</param>
    /// <param name="height">Levels of inner nodes, four or more.</param>
    /// <param name="sums">Sum of the path lengths of each row.</param>
    public static unsafe void AddWide(
        ReadOnlySpan<float> block,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<float> cuts,
        ReadOnlySpan<int> paths,
        int height,
        Span<int> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, LevelsInRegisters);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, BlockRows);
        fixed (float* rows = block, cut = cuts)
        fixed (int* column = columns, path = paths, sum = sums)
        {
            Vector256<int> lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
            for (int row = 0; row < BlockRows; row += 32)
            {
                Top top = new(rows, column, cut);
                Vector256<int> a = top.Walk(row, lanes);
                Vector256<int> b = top.Walk(row + 8, lanes);
                Vector256<int> c = top.Walk(row + 16, lanes);
                Vector256<int> d = top.Walk(row + 24, lanes);
                for (int level = LevelsInRegisters; level < height; level++)
                {
                    a = Step(rows + row, column, cut, a, lanes);
                    b = Step(rows + row + 8, column, cut, b, lanes);
                    c = Step(rows + row + 16, column, cut, c, lanes);
                    d = Step(rows + row + 24, column, cut, d, lanes);
                }

                int* last = path - ((1 << height) - 1);
                AddPaths(last, a, sum + row);
                AddPaths(last, b, sum + row + 8);
                AddPaths(last, c, sum + row + 16);
                AddPaths(last, d, sum + row + 24);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<int> Step(
        float* rows, int* columns, float* cuts, Vector256<int> nodes, Vector256<int> lanes)
    {
        Vector256<int> column = Avx2.GatherVector256(columns, nodes, sizeof(int));
        Vector256<float> cut = Avx2.GatherVector256(cuts, nodes, sizeof(float));
        return Descend(rows, column, cut, nodes, lanes);
    }

    // A comparison that holds is -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<int> Descend(
        float* rows, Vector256<int> column, Vector256<float> cut, Vector256<int> nodes, Vector256<int> lanes)
    {
        Vector256<int> place = Avx2.Add(Avx2.ShiftLeftLogical(column, BlockShift), lanes);
        Vector256<float> value = Avx2.GatherVector256(rows, place, sizeof(float));
        Vector256<int> right = Avx.CompareGreaterThanOrEqual(value, cut).AsInt32();
        return Avx2.Subtract(Avx2.Add(Avx2.Add(nodes, nodes), Vector256<int>.One), right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddPaths(int* last, Vector256<int> nodes, int* sums) =>
        Avx.Store(sums, Avx2.Add(Avx.LoadVector256(sums), Avx2.GatherVector256(last, nodes, sizeof(int))));

    // Nodes 0 to 7 and 7 to 14 of a tree, in four registers.
    private readonly unsafe struct Top(float* rows, int* columns, float* cuts)
    {
        private readonly float* _rows = rows;
        private readonly int _firstColumn = columns[0] << BlockShift;
        private readonly Vector256<float> _firstCut = Vector256.Create(cuts[0]);
        private readonly Vector256<int> _upperColumns = Avx.LoadVector256(columns);
        private readonly Vector256<float> _upperCuts = Avx.LoadVector256(cuts);
        private readonly Vector256<int> _lowerColumns = Avx.LoadVector256(columns + 7);
        private readonly Vector256<float> _lowerCuts = Avx.LoadVector256(cuts + 7);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Walk(int row, Vector256<int> lanes)
        {
            float* at = _rows + row;
            Vector256<int> right =
                Avx.CompareGreaterThanOrEqual(Avx.LoadVector256(at + _firstColumn), _firstCut).AsInt32();
            Vector256<int> nodes = Avx2.Subtract(Vector256<int>.One, right);
            for (int level = 1; level < 3; level++)
            {
                nodes = Descend(
                    at,
                    Avx2.PermuteVar8x32(_upperColumns, nodes),
                    Avx2.PermuteVar8x32(_upperCuts, nodes),
                    nodes,
                    lanes);
            }

            // A permutation reads the last three bits of an index: node 7 is at 0.
            Vector256<int> places = Avx2.Add(nodes, Vector256<int>.One);
            return Descend(
                at, Avx2.PermuteVar8x32(_lowerColumns, places), Avx2.PermuteVar8x32(_lowerCuts, places), nodes, lanes);
        }
    }
}
