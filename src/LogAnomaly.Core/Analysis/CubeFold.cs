namespace LogAnomaly.Analysis;

/// <summary>
/// Which values are not broken down any more. A value is folded whole or not at all, so that the events of one that is
/// broken down are all found under it; one that was folded while events came stays folded.
/// </summary>
internal sealed class CubeFold
{
    /// <summary>Levels of folding; at the last nothing is broken down but kind, level, outcome and status.</summary>
    public const int Levels = 46;

    // What varies most and says least goes first: how many of a field's values stay, in relation to the others.
    private static readonly (CubeField Field, double Share)[] s_shares =
    [
        (CubeField.Agent, 0.25), (CubeField.Path, 0.5), (CubeField.User, 1), (CubeField.Source, 1),
        (CubeField.Template, 1), (CubeField.Action, 2), (CubeField.Host, 2), (CubeField.Program, 2),
        (CubeField.Country, 8),
    ];

    private static readonly CubeField[] s_fields = [.. s_shares.Select(share => share.Field)];

    private readonly bool[]?[] _folded = new bool[]?[CubeKey.Fields];

    /// <summary>The fields whose values may be folded.</summary>
    public static ReadOnlySpan<CubeField> Fields => s_fields;

    /// <summary>Folds the values of a key whose codes are known.</summary>
    /// <param name="key">The key.</param>
    /// <param name="codes">Its codes.</param>
    /// <returns>The key with code 1 for what is folded.</returns>
    public CubeKey Apply(CubeKey key, ReadOnlySpan<int> codes)
    {
        foreach (CubeField field in s_fields)
        {
            if (_folded[(int)field] is { } folded && (uint)codes[(int)field] < (uint)folded.Length
                && folded[codes[(int)field]])
            {
                key = key.With(field, CubeKey.Other);
            }
        }

        return key;
    }

    /// <summary>How many values of a field stay.</summary>
    /// <param name="field">The field.</param>
    /// <param name="level">The level, from 0.</param>
    /// <returns>The number; 0 at the last level.</returns>
    public static int MostOf(CubeField field, double level)
    {
        double share = 1;
        foreach ((CubeField of, double its) in s_shares)
        {
            share = of == field ? its : share;
        }

        // From 8,192 values, a third fewer at every second level.
        return level >= Levels - 1 ? 0 : Math.Max(1, (int)(8192 * share * Math.Pow(2.0 / 3, level / 2.0)));
    }

    /// <summary>Folds all but the most frequent values.</summary>
    /// <param name="level">The level, from 0; the higher, the fewer stay.</param>
    /// <param name="counts">Events of each value, by field and code.</param>
    /// <returns>Whether a value was folded that was not before.</returns>
    public bool KeepMost(int level, long[][] counts)
    {
        bool isChanged = false;
        foreach (CubeField field in s_fields)
        {
            isChanged |= Fold(field, counts[(int)field], MostOf(field, level));
        }

        return isChanged;
    }

    private bool Fold(CubeField field, long[] counts, int most)
    {
        // Most fields of most logs have few values.
        if (counts.Length - CubeKey.First <= most)
        {
            return false;
        }

        bool[] folded = _folded[(int)field] ?? [];
        Array.Resize(ref folded, Math.Max(counts.Length, folded.Length));
        int[] codes =
        [
            .. Enumerable.Range(CubeKey.First, counts.Length - CubeKey.First)
                .Where(code => counts[code] > 0 && !folded[code]),
        ];
        if (codes.Length > most)
        {
            long[] keys = Array.ConvertAll(codes, code => -counts[code]);

            // Equal counts by code, which is the order in which values came.
            Array.Sort(keys, codes, Comparer<long>.Default);
            SortTies(keys, codes);
            foreach (int code in codes.AsSpan(most))
            {
                folded[code] = true;
            }
        }

        _folded[(int)field] = folded;
        return codes.Length > most;
    }

    // Array.Sort with keys is not stable.
    private static void SortTies(long[] keys, int[] codes)
    {
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(codes, start, end - start);
            start = end;
        }
    }
}
