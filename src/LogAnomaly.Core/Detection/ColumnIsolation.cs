using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// How soon random cuts in one column alone part a value from those of a sample of training rows. A cut between two
/// neighbouring values parts x from what lies beyond if it comes before all cuts nearer to x, and cuts come in
/// proportion to the gaps they fall into; so the mean number of cuts, over all trees that there are, is the sum over
/// the values u beyond x of (u - the value before u) / |u - x|, on either side, and the paper's c(m) for the m values
/// that x shares its place with.
/// </summary>
internal sealed class ColumnIsolation
{
    private const int MostRows = 256;

    private readonly float[] _sorted;
    private readonly double[] _typical;
    private readonly int _count;

    private ColumnIsolation(float[] sorted, int count)
    {
        _sorted = sorted;
        _count = count;
        _typical = new double[sorted.Length / count];
        for (int column = 0; column < _typical.Length; column++)
        {
            ReadOnlySpan<float> values = ValuesOf(column);
            double sum = 0;
            for (int i = 0; i < values.Length;)
            {
                int next = i + 1;
                while (next < values.Length && values[next].Equals(values[i]))
                {
                    next++;
                }

                sum += (next - i) * CutsAt(values, values[i]);
                i = next;
            }

            _typical[column] = sum / count;
        }
    }

    /// <summary>Takes a sample of the rows.</summary>
    /// <param name="rows">The training rows, finite.</param>
    /// <param name="seed">Seed of the random choices.</param>
    /// <returns>What was learned.</returns>
    public static ColumnIsolation Of(FeatureMatrix rows, int seed)
    {
        int[] chosen = RowSample.DrawInOrder(rows.RowCount, MostRows, seed);
        float[] values = new float[chosen.Length * rows.ColumnCount];
        for (int column = 0; column < rows.ColumnCount; column++)
        {
            Span<float> part = values.AsSpan(column * chosen.Length, chosen.Length);
            for (int i = 0; i < chosen.Length; i++)
            {
                part[i] = rows.Row(chosen[i])[column];
            }

            part.Sort();
        }

        return new ColumnIsolation(values, chosen.Length);
    }

    /// <summary>Reads what was learned.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <param name="columnCount">Columns of the rows.</param>
    /// <returns>What was learned.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static ColumnIsolation Read(JsonElement element, int columnCount)
    {
        int count = ModelArrays.ReadInt(element, "sampled", 1, MostRows);
        float[] values = ModelArrays.Read<float>(element, "sample", checked(count * columnCount));
        if (!FiniteRows.AreFinite(values))
        {
            throw new FormatException("A forest's sample holds something that is no number.");
        }

        return new ColumnIsolation(values, count);
    }

    /// <summary>Writes what was learned.</summary>
    /// <param name="writer">Takes properties.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("sampled", _count);
        ModelArrays.Write<float>(writer, "sample", _sorted);
    }

    /// <summary>By how many cuts a value is parted sooner than a value of its column is on average.</summary>
    /// <param name="column">Index of the column.</param>
    /// <param name="value">The value.</param>
    /// <returns>The number of cuts; below 0 where it is parted later.</returns>
    public double Shortening(int column, float value) => _typical[column] - CutsAt(ValuesOf(column), value);

    private ReadOnlySpan<float> ValuesOf(int column) => _sorted.AsSpan(column * _count, _count);

    private static double CutsAt(ReadOnlySpan<float> sorted, float value)
    {
        double x = value;
        double cuts = 0;
        int equal = 0;
        double before = x;
        foreach (float u in sorted)
        {
            if (u > x)
            {
                cuts += (u - before) / (u - x);
                before = u;
            }

            equal += u.Equals(value) ? 1 : 0;
        }

        before = x;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            if (sorted[i] < x)
            {
                cuts += (before - sorted[i]) / (x - sorted[i]);
                before = sorted[i];
            }
        }

        return cuts + IsolationTree.AveragePathLength(equal);
    }
}
