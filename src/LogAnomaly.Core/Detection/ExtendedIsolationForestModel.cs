using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>A trained extended isolation forest.</summary>
internal sealed class ExtendedIsolationForestModel : RowModel
{
    private readonly ColumnScaling _scaling;
    private readonly SlopedTree[] _trees;
    private readonly int _sampleSize;
    private readonly int _slopes;
    private readonly double _normal;
    private ColumnIsolation? _isolation;

    /// <summary>Creates a model of training rows.</summary>
    /// <param name="scaling">The scale of the columns.</param>
    /// <param name="trees">Its trees.</param>
    /// <param name="sampleSize">Rows that each tree was grown from.</param>
    /// <param name="slopes">Columns that each cut slopes in.</param>
    /// <param name="training">The training rows, finite.</param>
    /// <param name="seed">Seed of random choices.</param>
    public ExtendedIsolationForestModel(
        ColumnScaling scaling, SlopedTree[] trees, int sampleSize, int slopes, FeatureMatrix training, int seed)
        : base(nameof(ExtendedIsolationForest), training, seed)
    {
        (_scaling, _trees, _sampleSize, _slopes) = (scaling, trees, sampleSize, slopes);
        _normal = IsolationTree.AveragePathLength(sampleSize);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="element">What was written.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="calibration">What the training rows' scores were like.</param>
    public ExtendedIsolationForestModel(JsonElement element, IReadOnlyList<string> columns, Calibration calibration)
        : base(nameof(ExtendedIsolationForest), columns, calibration)
    {
        JsonElement learned = ModelArrays.Property(element, "forest", JsonValueKind.Object);
        _scaling = ColumnScaling.Read(learned, columns.Count);
        _sampleSize = ModelArrays.ReadInt(learned, "sampleSize", 1, ushort.MaxValue);
        _slopes = ModelArrays.ReadInt(learned, "slopes", 1, columns.Count);
        _trees =
        [
            .. ModelArrays.Property(learned, "trees", JsonValueKind.Array).EnumerateArray()
                .Select(tree => SlopedTree.Read(tree, columns.Count, _slopes)),
        ];
        _isolation = ColumnIsolation.Read(learned, columns.Count);
        _normal = IsolationTree.AveragePathLength(_sampleSize);
        if (_trees.Length == 0)
        {
            throw new FormatException("A forest has no trees.");
        }
    }

    /// <inheritdoc/>
    protected override double ScoreFinite(ReadOnlySpan<float> row)
    {
        float[] scaled = new float[row.Length];
        _scaling.Apply(row, scaled);
        return _normal > 0 ? Math.Pow(2, -MeanPath(scaled) / _normal) : 0.5;
    }

    // By how many cuts the path grows when a column alone is typical: a slope is not one column's doing, so the whole
    // path is walked. As in the isolation forest, what cuts in the column alone would do is added.
    /// <inheritdoc/>
    protected override double[] ExplainFinite(ReadOnlySpan<float> row)
    {
        EnsureCalibrated();
        float[] scaled = new float[row.Length];
        _scaling.Apply(row, scaled);
        double[] contributions = ColumnReplacement.Explain(
            scaled, new double[row.Length], changed => -MeanPath(changed));
        for (int column = 0; column < contributions.Length; column++)
        {
            contributions[column] += _isolation!.Shortening(column, row[column]);
        }

        return contributions;
    }

    /// <inheritdoc/>
    protected override void LearnMore(FeatureMatrix training, int seed) =>
        _isolation = ColumnIsolation.Of(training, seed);

    /// <inheritdoc/>
    protected override void WriteLearned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("forest");
        _scaling.Write(writer);
        writer.WriteNumber("sampleSize", _sampleSize);
        writer.WriteNumber("slopes", _slopes);
        _isolation!.Write(writer);
        writer.WriteStartArray("trees");
        foreach (SlopedTree tree in _trees)
        {
            tree.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private double MeanPath(ReadOnlySpan<float> scaled)
    {
        double sum = 0;
        foreach (SlopedTree tree in _trees)
        {
            sum += tree.PathLength(scaled);
        }

        return sum / _trees.Length;
    }
}
