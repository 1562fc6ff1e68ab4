using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>A trained model of <see cref="PrincipalComponents"/>: the matrix of its combined index.</summary>
internal sealed class PrincipalComponentModel : RowModel
{
    private readonly ColumnScaling _scaling;
    private readonly double[] _mean;
    private readonly double[] _index;
    private readonly double[] _meanShares;

    /// <summary>Creates a model of training rows.</summary>
    /// <param name="scaling">The scale of the columns.</param>
    /// <param name="mean">Mean of each scaled column.</param>
    /// <param name="index">The matrix M of the index x'Mx, row after row.</param>
    /// <param name="meanShares">What each column explains of the index of a training row on average.</param>
    /// <param name="training">The training rows, finite.</param>
    /// <param name="seed">Seed of random choices.</param>
    public PrincipalComponentModel(
        ColumnScaling scaling, double[] mean, double[] index, double[] meanShares, FeatureMatrix training, int seed)
        : base(nameof(PrincipalComponents), training, seed) =>
        (_scaling, _mean, _index, _meanShares) = (scaling, mean, index, meanShares);

    /// <summary>Reads a model.</summary>
    /// <param name="element">What was written.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="calibration">What the training rows' scores were like.</param>
    public PrincipalComponentModel(JsonElement element, IReadOnlyList<string> columns, Calibration calibration)
        : base(nameof(PrincipalComponents), columns, calibration)
    {
        JsonElement learned = ModelArrays.Property(element, "components", JsonValueKind.Object);
        _scaling = ColumnScaling.Read(learned, columns.Count);
        _mean = ModelArrays.ReadPlain(learned, "mean", columns.Count);
        _meanShares = ModelArrays.ReadPlain(learned, "shares", columns.Count);
        _index = ModelArrays.Read<double>(learned, "index", columns.Count * columns.Count);
        if (!Array.TrueForAll(_index, double.IsFinite))
        {
            throw new FormatException("A model's index holds something that is no number.");
        }
    }

    /// <summary>The mean over training rows of what each column explains.</summary>
    /// <param name="scaled">Scaled training rows.</param>
    /// <param name="mean">Mean of each scaled column.</param>
    /// <param name="index">The matrix of the index.</param>
    /// <returns>A number for each column.</returns>
    public static double[] MeanShares(float[] scaled, double[] mean, double[] index)
    {
        const int MostRows = 1_024;
        int count = scaled.Length / mean.Length;
        int step = Math.Max(1, count / MostRows);
        double[] shares = new double[mean.Length];
        int taken = 0;
        for (int row = 0; row < count; row += step)
        {
            double[] centered = Center(scaled.AsSpan(row * mean.Length, mean.Length), mean);
            for (int column = 0; column < shares.Length; column++)
            {
                shares[column] += ShareOf(centered, index, column);
            }

            taken++;
        }

        return Array.ConvertAll(shares, share => share / taken);
    }

    /// <summary>A scaled row without the mean.</summary>
    /// <param name="scaled">The scaled row.</param>
    /// <param name="mean">The mean of each column.</param>
    /// <returns>The differences.</returns>
    public static double[] Center(ReadOnlySpan<float> scaled, double[] mean)
    {
        double[] centered = new double[mean.Length];
        for (int column = 0; column < centered.Length; column++)
        {
            centered[column] = scaled[column] - mean[column];
        }

        return centered;
    }

    /// <summary>The quadratic form x'Mx.</summary>
    /// <param name="x">The row.</param>
    /// <param name="form">The matrix M, row after row.</param>
    /// <returns>Its value.</returns>
    public static double FormOf(double[] x, double[] form)
    {
        double sum = 0;
        for (int column = 0; column < x.Length; column++)
        {
            sum += x[column] * ProductOf(x, form, column);
        }

        return Math.Max(sum, 0);
    }

    /// <inheritdoc/>
    protected override double ScoreFinite(ReadOnlySpan<float> row) => FormOf(Scale(row), _index);

    // By how much the index falls when a column alone is set to the value that makes it least (reconstruction-based
    // contributions; Alcala and Qin, Automatica 45(7), 2009: one odd column is then always the greatest), less what
    // that is for a training row.
    /// <inheritdoc/>
    protected override double[] ExplainFinite(ReadOnlySpan<float> row)
    {
        double[] scaled = Scale(row);
        double[] contributions = new double[scaled.Length];
        for (int column = 0; column < contributions.Length; column++)
        {
            contributions[column] = ShareOf(scaled, _index, column) - _meanShares[column];
        }

        return contributions;
    }

    /// <inheritdoc/>
    protected override void WriteLearned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("components");
        _scaling.Write(writer);
        ModelArrays.WritePlain(writer, "mean", _mean);
        ModelArrays.WritePlain(writer, "shares", _meanShares);
        ModelArrays.Write<double>(writer, "index", _index);
        writer.WriteEndObject();
    }

    private double[] Scale(ReadOnlySpan<float> row)
    {
        float[] scaled = new float[row.Length];
        _scaling.Apply(row, scaled);
        return Center(scaled, _mean);
    }

    private static double ShareOf(double[] x, double[] form, int column)
    {
        double product = ProductOf(x, form, column);
        double own = form[(column * x.Length) + column];
        return own > 0 ? product * product / own : 0;
    }

    private static double ProductOf(double[] x, double[] form, int column)
    {
        ReadOnlySpan<double> line = form.AsSpan(column * x.Length, x.Length);
        double sum = 0;
        for (int i = 0; i < line.Length; i++)
        {
            sum += line[i] * x[i];
        }

        return sum;
    }
}
