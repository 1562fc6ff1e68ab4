using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// ECOD (Li, Zhao, Hu, Botta, Ionescu and Chen, "ECOD: Unsupervised Outlier Detection Using Empirical Cumulative
/// Distribution Functions", IEEE TKDE 2022): how far out in the tails a row's values lie, column by column. The
/// greatest of three sums of -ln(tail probability) counts: of all left tails, of all right ones, and of the tail to
/// which each column is skewed. The tail probability of a value is (rows as far out + 1) / (n + 1), so that a value
/// beyond all training rows has one as well.
/// </summary>
public sealed class Ecod : ILogDetector
{
    private readonly int _seed;

    /// <summary>Creates a detector. The method has no options.</summary>
    /// <param name="seed">Seed by which the usual rows are drawn that models keep as examples.</param>
    public Ecod(int seed = 1) => _seed = seed;

    /// <inheritdoc/>
    public string Name => nameof(Ecod);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        FeatureMatrix finite = FiniteRows.Of(rows);
        EmpiricalColumn[] columns = new EmpiricalColumn[rows.ColumnCount];
        ParallelOptions parallel = new() { CancellationToken = cancellation };
        Parallel.For(0, columns.Length, parallel, column => columns[column] = EmpiricalColumn.Of(finite, column));
        Model model = new(columns, finite, _seed);
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
        EmpiricalColumn[] read =
            [.. ModelArrays.Property(element, "distributions", JsonValueKind.Array).EnumerateArray()
                .Select(EmpiricalColumn.Read)];
        return read.Length == columns.Count
            ? new Model(read, columns, calibration)
            : throw new FormatException($"A model of {nameof(Ecod)} has not one distribution for each column.");
    }

    private sealed class Model : RowModel
    {
        private readonly EmpiricalColumn[] _columns;

        public Model(EmpiricalColumn[] columns, FeatureMatrix training, int seed)
            : base(nameof(Ecod), training, seed) => _columns = columns;

        public Model(EmpiricalColumn[] columns, IReadOnlyList<string> names, Calibration calibration)
            : base(nameof(Ecod), names, calibration) => _columns = columns;

        protected override double ScoreFinite(ReadOnlySpan<float> row)
        {
            (double left, double right, double skewed) = Sum(row);
            return Math.Max(Math.Max(left, right), skewed);
        }

        // Each column bears the greater of its tails, whichever sum counts: a value far out on the other side would
        // bear nothing else. By how much that lies above its mean tells whether the column makes odder.
        protected override double[] ExplainFinite(ReadOnlySpan<float> row)
        {
            double[] contributions = new double[row.Length];
            for (int column = 0; column < row.Length; column++)
            {
                (double left, double right) = _columns[column].Tails(row[column]);
                contributions[column] = Math.Max(left, right) - _columns[column].MeanTail;
            }

            return contributions;
        }

        protected override void WriteLearned(Utf8JsonWriter writer)
        {
            writer.WriteStartArray("distributions");
            foreach (EmpiricalColumn column in _columns)
            {
                column.Write(writer);
            }

            writer.WriteEndArray();
        }

        private (double Left, double Right, double Skewed) Sum(ReadOnlySpan<float> row)
        {
            double left = 0;
            double right = 0;
            double skewed = 0;
            for (int column = 0; column < row.Length; column++)
            {
                (double leftTail, double rightTail) = _columns[column].Tails(row[column]);
                left += leftTail;
                right += rightTail;
                skewed += _columns[column].IsSkewedLeft ? leftTail : rightTail;
            }

            return (left, right, skewed);
        }
    }
}
