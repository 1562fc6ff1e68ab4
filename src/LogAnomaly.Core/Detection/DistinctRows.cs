using System.Runtime.InteropServices;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>Rows that are alike to the last bit, as most events of a log are to another one, taken once.</summary>
internal static class DistinctRows
{
    /// <summary>Finds the distinct rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The rows that came first of their like, and for each row the place of its like among them.</returns>
    public static (FeatureMatrix Distinct, int[] PlaceOf) Of(FeatureMatrix rows)
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

        if (distinct.Count == rows.RowCount)
        {
            return (rows, placeOf);
        }

        float[] kept = new float[distinct.Count * rows.ColumnCount];
        for (int i = 0; i < distinct.Count; i++)
        {
            rows.Row(distinct[i]).CopyTo(kept.AsSpan(i * rows.ColumnCount));
        }

        return (new FeatureMatrix(rows.Names, kept), placeOf);
    }

    /// <summary>A hash of a row's bits.</summary>
    /// <param name="values">The row.</param>
    /// <returns>The hash.</returns>
    public static ulong HashOf(ReadOnlySpan<float> values)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (float value in values)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
