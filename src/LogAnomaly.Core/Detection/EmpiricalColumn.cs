using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// How the values of a column are distributed: distinct values and how many rows do not exceed each. Of more than 512
/// distinct values the outer 128 of either side are kept and 256 evenly spread ones between, whose steps a value
/// between them is counted with.
/// </summary>
internal sealed class EmpiricalColumn
{
    private const int MostValues = 512;
    private const int OuterValues = 128;

    private readonly double[] _values;
    private readonly double[] _upTo;
    private readonly double[] _below;

    private EmpiricalColumn(double[] values, double[] below, double[] upTo, bool isSkewedLeft)
    {
        _values = values;
        _below = below;
        _upTo = upTo;
        IsSkewedLeft = isSkewedLeft;
        MeanTail = FindMeanTail();
    }

    /// <summary>Whether the longer tail lies to the left, so that low values are the odder ones.</summary>
    public bool IsSkewedLeft { get; }

    /// <summary>Mean over the training rows of the greater of both tails' -ln(probability).</summary>
    public double MeanTail { get; }

    private double Count => _upTo[^1];

    /// <summary>Learns a column.</summary>
    /// <param name="rows">The training rows, finite.</param>
    /// <param name="column">Index of the column.</param>
    /// <returns>Its distribution.</returns>
    public static EmpiricalColumn Of(FeatureMatrix rows, int column)
    {
        float[] sorted = new float[rows.RowCount];
        double mean = 0;
        for (int row = 0; row < sorted.Length; row++)
        {
            sorted[row] = rows.Row(row)[column];
            mean += sorted[row] / (double)sorted.Length;
        }

        Array.Sort(sorted);
        double cubes = 0;
        List<int> first = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            double scaled = (sorted[i] - mean) / (1 + Math.Abs(mean));
            cubes += scaled * scaled * scaled;
            if (i == 0 || !sorted[i].Equals(sorted[i - 1]))
            {
                first.Add(i);
            }
        }

        List<int> kept = Thin(first.Count);
        return new EmpiricalColumn(
            [.. kept.Select(i => (double)sorted[first[i]])],
            [.. kept.Select(i => (double)first[i])],
            [.. kept.Select(i => (double)(i + 1 < first.Count ? first[i + 1] : sorted.Length))],
            cubes < 0);
    }

    /// <summary>Reads a distribution.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static EmpiricalColumn Read(JsonElement element)
    {
        double[] values = ModelArrays.ReadPlain(element, "values");
        double[] below = ModelArrays.ReadPlain(element, "below", values.Length);
        double[] upTo = ModelArrays.ReadPlain(element, "upTo", values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (below[i] < 0 || upTo[i] <= below[i]
                || (i > 0 && (values[i] <= values[i - 1] || below[i] < upTo[i - 1])))
            {
                throw new FormatException("A model's distribution does not rise.");
            }
        }

        return values.Length == 0
            ? throw new FormatException("A model's distribution is empty.")
            : new EmpiricalColumn(values, below, upTo, ModelArrays.ReadInt(element, "skewedLeft", 0, 1) == 1);
    }

    /// <summary>Writes the distribution as an object.</summary>
    /// <param name="writer">Takes the object.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("skewedLeft", IsSkewedLeft ? 1 : 0);
        ModelArrays.WritePlain(writer, "values", _values);
        ModelArrays.WritePlain(writer, "below", _below);
        ModelArrays.WritePlain(writer, "upTo", _upTo);
        writer.WriteEndObject();
    }

    /// <summary>-ln of the probabilities of a value this low or lower, and this high or higher.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Both.</returns>
    public (double Left, double Right) Tails(float value)
    {
        int place = Array.BinarySearch(_values, value);
        int next = place < 0 ? ~place : place;
        double upTo = place >= 0 ? _upTo[place] : next == 0 ? 0 : _upTo[next - 1];
        double below = place >= 0 ? _below[place] : upTo;
        return (-Math.Log((upTo + 1) / (Count + 1)), -Math.Log((Count - below + 1) / (Count + 1)));
    }

    private double FindMeanTail()
    {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double weight = _upTo[i] - (i == 0 ? 0 : _upTo[i - 1]);
            (double left, double right) = Tails((float)_values[i]);
            sum += weight * Math.Max(left, right);
            weights += weight;
        }

        return sum / weights;
    }

    private static List<int> Thin(int count)
    {
        if (count <= MostValues)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int inner = MostValues - (2 * OuterValues);
        int between = count - (2 * OuterValues);
        return
        [
            .. Enumerable.Range(0, OuterValues),
            .. Enumerable.Range(0, inner).Select(i => OuterValues + (int)((long)i * between / inner)),
            .. Enumerable.Range(count - OuterValues, OuterValues),
        ];
    }
}
