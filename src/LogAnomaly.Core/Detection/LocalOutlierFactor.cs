using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// Local outlier factor (Breunig, Kriegel, Ng and Sander, "LOF: Identifying Density-Based Local Outliers", SIGMOD
/// 2000): how much sparser it is around a row than around its neighbours; about 1 for usual rows. Of rows that are
/// equal one counts, as the paper advises (k-distinct-distance), because the density at a row that is there more than k
/// times has no bound.
/// </summary>
public sealed class LocalOutlierFactor : ILogDetector
{
    /// <summary>Neighbours that are looked at by default (the paper's MinPts).</summary>
    internal const int DefaultNeighbors = 20;

    private readonly NeighborOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">Its options, or null for the defaults with 20 neighbours (the paper's MinPts).</param>
    public LocalOutlierFactor(NeighborOptions? options = null)
    {
        _options = options ?? new NeighborOptions { Neighbors = DefaultNeighbors };
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ReferenceRows, 2);
    }

    /// <inheritdoc/>
    public string Name => nameof(LocalOutlierFactor);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        FeatureMatrix finite = FiniteRows.Of(rows);
        ReferenceRows reference = ReferenceRows.Of(finite, _options.ReferenceRows, _options.Seed).WithoutRepetitions();
        cancellation.ThrowIfCancellationRequested();
        Model model = new(reference, _options.Neighbors, finite, _options.Seed);
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
        // The scaled distance below which rows count as equally near.
        private const double LeastReach = 1e-9;

        private readonly ReferenceRows _reference;
        private readonly Neighborhood _neighborhood;
        private readonly int _neighbors;
        private readonly double[] _kDistance;
        private readonly double[] _density;

        public Model(ReferenceRows reference, int neighbors, FeatureMatrix training, int seed)
            : base(nameof(LocalOutlierFactor), training, seed)
        {
            (_reference, _neighbors, _neighborhood) = (reference, neighbors, Near(reference, neighbors));
            (_kDistance, _density) = Measure();
        }

        public Model(ReferenceRows reference, int neighbors, IReadOnlyList<string> columns, Calibration calibration)
            : base(nameof(LocalOutlierFactor), columns, calibration)
        {
            (_reference, _neighbors, _neighborhood) = (reference, neighbors, Near(reference, neighbors));
            (_kDistance, _density) = Measure();
        }

        protected override double ScoreFinite(ReadOnlySpan<float> row)
        {
            float[] scaled = _reference.Scale(row);
            int count = _neighborhood.Count;
            if (count == 0)
            {
                return 1 + Math.Sqrt(ReferenceRows.SquaredDistance(scaled, _reference.Row(0)));
            }

            int[] indexes = new int[count];
            double[] distances = new double[count];
            _neighborhood.Find(scaled, indexes, distances);
            double sum = 0;
            foreach (int neighbor in indexes)
            {
                sum += _density[neighbor];
            }

            return sum / count / DensityAt(indexes, distances);
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

        // Where few rows are distinct, an odd one must not be a neighbour of all others (the paper's bound of MinPts by
        // the size of a cluster).
        private static Neighborhood Near(ReferenceRows reference, int neighbors) =>
            new(reference, Math.Clamp(neighbors, 1, Math.Max(1, reference.Count / 2)));

        // The paper's k-distance and lrd of each reference row.
        private (double[] KDistance, double[] Density) Measure()
        {
            int count = _neighborhood.Count;
            int[][] indexes = new int[_reference.Count][];
            double[][] distances = new double[_reference.Count][];
            Parallel.For(0, _reference.Count, row =>
            {
                (indexes[row], distances[row]) = (new int[count], new double[count]);
                _neighborhood.Find(_reference.Row(row), indexes[row], distances[row]);
            });
            double[] kDistance = Array.ConvertAll(distances, near => near.Length == 0 ? 0 : near[^1]);
            double[] density = new double[_reference.Count];
            for (int row = 0; row < density.Length; row++)
            {
                density[row] = count == 0 ? 1 : DensityAt(indexes[row], distances[row], kDistance);
            }

            return (kDistance, density);
        }

        private double DensityAt(int[] indexes, double[] distances) => DensityAt(indexes, distances, _kDistance);

        // The paper's lrd: one over the mean of reach-dist(p, o) = max(k-distance(o), d(p, o)).
        private static double DensityAt(int[] indexes, double[] distances, double[] kDistance)
        {
            double sum = 0;
            for (int i = 0; i < indexes.Length; i++)
            {
                sum += Math.Max(kDistance[indexes[i]], distances[i]);
            }

            return 1 / Math.Max(sum / indexes.Length, LeastReach);
        }
    }
}
