using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// Brings columns to one scale by what lies between their quantiles, which a few odd rows do not move: a column's scale
/// is the widest of its inner half, nine tenths and 98 hundredths, each over what a normal distribution of variance 1
/// has there, so that neither a heavy tail nor a column that is nearly always the same makes usual values look far. A
/// column with nothing between its quantiles has its standard deviation for a scale, and one that never changes the
/// scale 1.
/// </summary>
internal sealed class ColumnScaling
{
    /// <summary>Greatest scaled value; what lies beyond counts as this.</summary>
    public const float Greatest = 1e9f;

    private const int MostRows = 4_096;

    // Widths of a normal distribution between the quantiles below and their mirrors.
    private static readonly (double Share, double Width)[] s_spans = [(0.25, 1.349), (0.05, 3.290), (0.01, 4.653)];

    private readonly double[] _center;
    private readonly double[] _scale;

    private ColumnScaling(double[] center, double[] scale)
    {
        _center = center;
        _scale = scale;
    }

    /// <summary>Median of each column.</summary>
    public ReadOnlySpan<double> Center => _center;

    /// <summary>What counts as one, for each column; above 0.</summary>
    public ReadOnlySpan<double> Scale => _scale;

    /// <summary>Learns the scales of rows, of 4,096 of them, evenly spread, where there are more.</summary>
    /// <param name="rows">The rows, finite.</param>
    /// <returns>The scaling.</returns>
    public static ColumnScaling Of(FeatureMatrix rows)
    {
        int count = Math.Min(rows.RowCount, MostRows);
        double[] center = new double[rows.ColumnCount];
        double[] scale = new double[rows.ColumnCount];
        float[] values = new float[count];
        for (int column = 0; column < center.Length; column++)
        {
            for (int i = 0; i < count; i++)
            {
                values[i] = rows.Row((int)((long)i * rows.RowCount / count))[column];
            }

            Array.Sort(values);
            center[column] = ((double)values[(count - 1) / 2] + values[count / 2]) / 2;
            scale[column] = ScaleOf(values);
        }

        return new ColumnScaling(center, scale);
    }

    /// <summary>Reads a scaling.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <param name="columnCount">How many columns there must be.</param>
    /// <returns>The scaling.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static ColumnScaling Read(JsonElement element, int columnCount)
    {
        double[] scale = ModelArrays.ReadPlain(element, "scale", columnCount);
        return Array.TrueForAll(scale, value => value > 0)
            ? new ColumnScaling(ModelArrays.ReadPlain(element, "center", columnCount), scale)
            : throw new FormatException("A model's 'scale' holds a number that is not above 0.");
    }

    /// <summary>Writes the scaling.</summary>
    /// <param name="writer">Takes two properties.</param>
    public void Write(Utf8JsonWriter writer)
    {
        ModelArrays.WritePlain(writer, "center", _center);
        ModelArrays.WritePlain(writer, "scale", _scale);
    }

    /// <summary>Brings a row to the common scale.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scaled">Takes the row; may be longer, the rest is left.</param>
    public void Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        for (int column = 0; column < row.Length; column++)
        {
            // The squares of many such values still add up within what a float holds.
            scaled[column] = (float)Math.Clamp((row[column] - _center[column]) / _scale[column], -Greatest, Greatest);
        }
    }

    /// <summary>Brings rows to the common scale.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="chosen">Indexes of the rows that are wanted.</param>
    /// <param name="width">Values that each scaled row is given, the columns and zeros beyond them.</param>
    /// <returns>The scaled rows, one after the other.</returns>
    public float[] Apply(FeatureMatrix rows, ReadOnlySpan<int> chosen, int width)
    {
        float[] scaled = new float[checked(chosen.Length * width)];
        for (int i = 0; i < chosen.Length; i++)
        {
            Apply(rows.Row(chosen[i]), scaled.AsSpan(i * width, width));
        }

        return scaled;
    }

    private static double ScaleOf(float[] sorted)
    {
        double widest = 0;
        foreach ((double share, double width) in s_spans)
        {
            // Rounded inwards, so that even among few values the outermost ones do not count.
            int skipped = (int)Math.Ceiling(share * (sorted.Length - 1));
            if (2 * skipped < sorted.Length - 1)
            {
                widest = Math.Max(widest, ((double)sorted[^(skipped + 1)] - sorted[skipped]) / width);
            }
        }

        if (widest > 0)
        {
            return widest;
        }

        double mean = sorted.Average(value => (double)value);
        double deviation = Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? deviation : 1;
    }
}
