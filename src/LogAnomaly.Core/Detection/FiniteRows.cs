using System.Numerics;
using System.Runtime.InteropServices;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// Rows as detectors take them: a value that is not a number counts as 0, an infinite one as the greatest finite number
/// of its sign.
/// </summary>
internal static class FiniteRows
{
    /// <summary>Whether all values are finite.</summary>
    /// <param name="values">The values.</param>
    /// <returns>Whether none is infinite or not a number.</returns>
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> greatest = new(float.MaxValue);
        foreach (Vector<float> vector in wide)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vector), greatest))
            {
                return false;
            }
        }

        foreach (float value in values[(wide.Length * Vector<float>.Count)..])
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts finite values in the place of others.</summary>
    /// <param name="values">The values, changed in place.</param>
    public static void Clean(Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = float.IsNaN(value) ? 0 : Math.Clamp(value, float.MinValue, float.MaxValue);
        }
    }

    /// <summary>A row with finite values.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The row itself where all its values are finite, or else a changed copy.</returns>
    public static ReadOnlySpan<float> Of(ReadOnlySpan<float> row)
    {
        if (AreFinite(row))
        {
            return row;
        }

        float[] cleaned = row.ToArray();
        Clean(cleaned);
        return cleaned;
    }

    /// <summary>Rows with finite values.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The rows themselves where all their values are finite, or else a changed copy.</returns>
    public static FeatureMatrix Of(FeatureMatrix rows)
    {
        if (AreFinite(rows.Values))
        {
            return rows;
        }

        float[] cleaned = [.. rows.Values];
        Clean(cleaned);
        return new FeatureMatrix(rows.Names, cleaned);
    }
}
