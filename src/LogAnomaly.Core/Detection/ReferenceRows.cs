using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// A bounded sample of training rows on a common scale, to measure distances to. Rows are padded with zeros to whole
/// vectors; a vector is 256 bits wide on every machine, so that sums round alike everywhere.
/// </summary>
internal sealed class ReferenceRows
{
    private readonly float[] _values;
    private readonly int _width;

    private ReferenceRows(ColumnScaling scaling, float[] values, int width)
    {
        Scaling = scaling;
        _values = values;
        _width = width;
    }

    /// <summary>The scale of the columns.</summary>
    public ColumnScaling Scaling { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _values.Length / _width;

    /// <summary>Values of a scaled row, the padding included.</summary>
    public int Width => _width;

    /// <summary>Samples rows.</summary>
    /// <param name="rows">The training rows, finite.</param>
    /// <param name="most">Rows that are kept at the most.</param>
    /// <param name="seed">Seed of the random choices.</param>
    /// <returns>The sample.</returns>
    public static ReferenceRows Of(FeatureMatrix rows, int most, int seed)
    {
        int width = WidthOf(rows.ColumnCount);
        ColumnScaling scaling = ColumnScaling.Of(rows);
        int[] chosen = RowSample.DrawInOrder(rows.RowCount, most, seed);
        return new ReferenceRows(scaling, scaling.Apply(rows, chosen, width), width);
    }

    /// <summary>Reads rows.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <param name="columnCount">Columns of the rows.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="FormatException">They are damaged.</exception>
    public static ReferenceRows Read(JsonElement element, int columnCount)
    {
        int count = ModelArrays.ReadInt(element, "rows", 1, 1 << 20);
        int width = WidthOf(columnCount);
        float[] values = ModelArrays.Read<float>(element, "values", checked(count * width));
        return Array.TrueForAll(values, value => Math.Abs(value) <= ColumnScaling.Greatest)
            ? new ReferenceRows(ColumnScaling.Read(element, columnCount), values, width)
            : throw new FormatException("A model's reference rows hold a number that no scaled row has.");
    }

    /// <summary>Writes the rows.</summary>
    /// <param name="writer">Takes properties.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("rows", Count);
        Scaling.Write(writer);
        ModelArrays.Write<float>(writer, "values", _values);
    }

    /// <summary>The rows that differ from each other, and those among them that are wanted.</summary>
    /// <returns>The rows without repetitions.</returns>
    public ReferenceRows WithoutRepetitions()
    {
        string[] names = new string[_width];
        return new ReferenceRows(Scaling, DistinctRows.Of(new FeatureMatrix(names, _values)).Distinct.Values, _width);
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="chosen">Their indexes.</param>
    /// <returns>Only these rows.</returns>
    public ReferenceRows Only(ReadOnlySpan<int> chosen)
    {
        float[] values = new float[chosen.Length * _width];
        for (int i = 0; i < chosen.Length; i++)
        {
            Row(chosen[i]).CopyTo(values.AsSpan(i * _width));
        }

        return new ReferenceRows(Scaling, values, _width);
    }

    /// <summary>A row.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>Its scaled values, the padding included.</returns>
    public ReadOnlySpan<float> Row(int index) => _values.AsSpan(index * _width, _width);

    /// <summary>Brings a row to the common scale.</summary>
    /// <param name="row">The row, finite.</param>
    /// <returns>Its scaled values and the padding.</returns>
    public float[] Scale(ReadOnlySpan<float> row)
    {
        float[] scaled = new float[_width];
        Scaling.Apply(row, scaled);
        return scaled;
    }

    /// <summary>Squared Euclidean distance of two scaled rows.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <returns>The squared distance.</returns>
    public static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector256<float>> x = MemoryMarshal.Cast<float, Vector256<float>>(a);
        ReadOnlySpan<Vector256<float>> y = MemoryMarshal.Cast<float, Vector256<float>>(b[..a.Length]);
        Vector256<float> sum = Vector256<float>.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            Vector256<float> difference = x[i] - y[i];
            sum += difference * difference;
        }

        return Vector256.Sum(sum);
    }

    private static int WidthOf(int columnCount) =>
        (columnCount + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
}
