using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// Distance to the nearest neighbours: a row is as odd as it lies far from the k rows most like it, by the mean of
/// their distances (Angiulli and Pizzuti, "Fast Outlier Detection in High Dimensional Spaces", PKDD 2002; after
/// Ramaswamy, Rastogi and Shim, SIGMOD 2000), each column on its robust scale.
/// </summary>
public sealed class NearestNeighbors : ILogDetector
{
    private readonly NeighborOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">Its options, or null for the defaults.</param>
    public NearestNeighbors(NeighborOptions? options = null)
    {
        _options = options ?? new NeighborOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ReferenceRows, 2);
    }

    /// <inheritdoc/>
    public string Name => nameof(NearestNeighbors);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        FeatureMatrix finite = FiniteRows.Of(rows);
        Model model = new(
            ReferenceRows.Of(finite, _options.ReferenceRows, _options.Seed), _options.Neighbors, finite, _options.Seed);
        model.Calibrate(cancellation);
        return model;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="element">What a model of this detector wrote.</param>
    /// <param name="columns">Names of its columns.</param>
    /// <param name="calibration">What the training rows' scores were like.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    internal static ILogDetectorModel Read(JsonElement element, IReadOnlyList<string> columns, Calibration calibration)
    {
        JsonElement learned = ModelArrays.Property(element, "neighbors", JsonValueKind.Object);
        int neighbors = ModelArrays.ReadInt(learned, "count", 1, int.MaxValue);
        return new Model(ReferenceRows.Read(learned, columns.Count), neighbors, columns, calibration);
    }

    private sealed class Model : RowModel
    {
        private readonly ReferenceRows _reference;
        private readonly Neighborhood _neighborhood;
        private readonly int _neighbors;

        public Model(ReferenceRows reference, int neighbors, FeatureMatrix training, int seed)
            : base(nameof(NearestNeighbors), training, seed)
        {
            (_reference, _neighbors, _neighborhood) = (reference, neighbors, new Neighborhood(reference, neighbors));
        }

        public Model(ReferenceRows reference, int neighbors, IReadOnlyList<string> columns, Calibration calibration)
            : base(nameof(NearestNeighbors), columns, calibration)
        {
            (_reference, _neighbors, _neighborhood) = (reference, neighbors, new Neighborhood(reference, neighbors));
        }

        // Without a neighbour, the one row that there is serves for one.
        protected override double ScoreFinite(ReadOnlySpan<float> row)
        {
            float[] scaled = _reference.Scale(row);
            if (_neighborhood.Count == 0)
            {
                return Math.Sqrt(ReferenceRows.SquaredDistance(scaled, _reference.Row(0)));
            }

            int[] indexes = new int[_neighborhood.Count];
            double[] distances = new double[_neighborhood.Count];
            _neighborhood.Find(scaled, indexes, distances);
            double sum = 0;
            foreach (double distance in distances)
            {
                sum += distance;
            }

            return sum / distances.Length;
        }

        protected override double[] ExplainFinite(ReadOnlySpan<float> row) =>
            ColumnReplacement.Explain(row, _reference.Scaling.Center, ScoreFinite);

        protected override void WriteLearned(Utf8JsonWriter writer)
        {
            writer.WriteStartObject("neighbors");
            writer.WriteNumber("count", _neighbors);
            _reference.Write(writer);
            writer.WriteEndObject();
        }
    }
}
