using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// A bounded sample of training rows that a model finds usual, to show beside an odd one. Rows are near where the sum
/// of their distances over the columns, each on its robust scale, is small; so one odd column does not decide what is
/// near in the others.
/// </summary>
internal sealed class NormalSample
{
    private const int MostRows = 512;
    private const int MostTried = 4_096;
    private const double UsualProbability = 0.5;

    private readonly FeatureMatrix _rows;
    private readonly ColumnScaling _scaling;

    private NormalSample(FeatureMatrix rows, ColumnScaling scaling)
    {
        _rows = rows;
        _scaling = scaling;
    }

    /// <summary>Draws the sample.</summary>
    /// <param name="rows">The training rows, finite.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="tail">The tail of the scores.</param>
    /// <param name="seed">Seed of the random choices.</param>
    /// <returns>The sample.</returns>
    public static NormalSample Of(FeatureMatrix rows, ReadOnlySpan<double> scores, TailFit tail, int seed)
    {
        List<int> usual = [];
        double best = tail.ProbabilityFrom(LeastOf(scores));
        double wanted = best > UsualProbability ? UsualProbability : Math.BitDecrement(best);
        for (int row = 0; row < scores.Length; row++)
        {
            if (tail.ProbabilityFrom(scores[row]) > wanted)
            {
                usual.Add(row);
            }
        }

        HashSet<ulong> seen = [];
        List<float> values = [];
        foreach (int place in RowSample.DrawInOrder(usual.Count, MostTried, seed))
        {
            ReadOnlySpan<float> row = rows.Row(usual[place]);
            if (seen.Count < MostRows && seen.Add(DistinctRows.HashOf(row)))
            {
                values.AddRange(row);
            }
        }

        return new NormalSample(new FeatureMatrix(rows.Names, [.. values]), ColumnScaling.Of(rows));
    }

    /// <summary>Reads a sample.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <param name="names">Names of the columns.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static NormalSample Read(JsonElement element, IReadOnlyList<string> names)
    {
        int count = ModelArrays.ReadInt(element, "rows", 1, MostRows);
        float[] values = ModelArrays.Read<float>(element, "values", count * names.Count);
        return FiniteRows.AreFinite(values)
            ? new NormalSample(new FeatureMatrix(names, values), ColumnScaling.Read(element, names.Count))
            : throw new FormatException("A model's usual rows hold something that is no number.");
    }

    /// <summary>Writes the sample.</summary>
    /// <param name="writer">Takes one property.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("usual");
        writer.WriteNumber("rows", _rows.RowCount);
        _scaling.Write(writer);
        ModelArrays.Write<float>(writer, "values", _rows.Values);
        writer.WriteEndObject();
    }

    /// <summary>The usual row that is nearest to a row, the first of equals.</summary>
    /// <param name="row">The row, finite.</param>
    /// <returns>Its values.</returns>
    public ReadOnlySpan<float> Nearest(ReadOnlySpan<float> row)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        ReadOnlySpan<double> scale = _scaling.Scale;
        for (int i = 0; i < _rows.RowCount; i++)
        {
            ReadOnlySpan<float> usual = _rows.Row(i);
            double distance = 0;
            for (int column = 0; column < row.Length; column++)
            {
                distance += Math.Abs((double)row[column] - usual[column]) / scale[column];
            }

            if (distance < least)
            {
                (least, best) = (distance, i);
            }
        }

        return _rows.Row(best);
    }

    private static double LeastOf(ReadOnlySpan<double> scores)
    {
        double least = scores[0];
        foreach (double score in scores)
        {
            least = Math.Min(least, score);
        }

        return least;
    }
}
