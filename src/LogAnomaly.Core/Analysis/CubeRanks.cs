using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>
/// Which values stay where there is not room for all: of each field the most frequent, the fewer the higher the level.
/// What stays at a level stays at all lower ones, so that the counts of a level can be made of those of a lower one.
/// </summary>
internal sealed class CubeRanks
{
    /// <summary>Levels of folding; at the last nothing is broken down but kind, level, outcome and status.</summary>
    public const int Levels = 2 * CubeFold.Levels;

    private const int LevelsWithoutNamed = 6;

    // Of no value and of others, which stay as they are.
    private const int Unranked = int.MinValue;
    private const int Named = -1;

    private readonly int[][] _ranks = new int[CubeKey.Fields][];
    private readonly int[] _ranked = new int[CubeKey.Fields];
    private readonly List<(CubeField Field, int[] Ranks, int Most)> _folding = [];

    /// <summary>Ranks the values.</summary>
    /// <param name="present">Events of each value that are counted under it, by field and code.</param>
    /// <param name="counts">All events of each value.</param>
    /// <param name="kept">Values that stay at all levels but the last six, by field.</param>
    public CubeRanks(long[][] present, long[][] counts, IReadOnlyDictionary<CubeField, HashSet<int>> kept)
    {
        foreach (CubeField field in CubeFold.Fields)
        {
            _ranks[(int)field] = RanksOf(
                present[(int)field], counts[(int)field], kept.GetValueOrDefault(field), out _ranked[(int)field]);
        }
    }

    /// <summary>Chooses the level.</summary>
    /// <param name="level">The level, from 0; the higher, the fewer values stay.</param>
    public void Use(int level)
    {
        _folding.Clear();
        foreach (CubeField field in CubeFold.Fields)
        {
            int most = level >= Levels - LevelsWithoutNamed ? Named : CubeFold.MostOf(field, level / 2.0);
            if (most < _ranked[(int)field])
            {
                _folding.Add((field, _ranks[(int)field], most));
            }
        }
    }

    /// <summary>Folds the values of a key, at the level that is used.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key with code 1 for what is folded.</returns>
    public CubeKey Apply(CubeKey key)
    {
        foreach ((CubeField field, int[] ranks, int most) in CollectionsMarshal.AsSpan(_folding))
        {
            if (ranks[key[field]] >= most)
            {
                key = key.With(field, CubeKey.Other);
            }
        }

        return key;
    }

    // Equal counts by code, which is the order in which values came.
    private static int[] RanksOf(long[] present, long[] counts, HashSet<int>? kept, out int ranked)
    {
        List<(long Count, int Code)> order = [];
        bool isPartial = false;
        int[] ranks = new int[counts.Length];
        Array.Fill(ranks, Named);
        Array.Fill(ranks, Unranked, 0, CubeKey.First);
        for (int code = CubeKey.First; code < counts.Length; code++)
        {
            if (present[code] > 0 && present[code] != counts[code])
            {
                ranks[code] = int.MaxValue;
                isPartial = true;
            }
            else if (present[code] > 0 && kept?.Contains(code) != true)
            {
                order.Add((-counts[code], code));
            }
        }

        order.Sort();
        ranked = isPartial ? int.MaxValue : order.Count;
        for (int rank = 0; rank < order.Count; rank++)
        {
            ranks[order[rank].Code] = rank;
        }

        return ranks;
    }
}
