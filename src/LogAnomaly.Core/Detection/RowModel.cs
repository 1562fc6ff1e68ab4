using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// What the models of rows share: finite values, the tail of the training rows' scores, a sample of usual rows, and the
/// frame of their JSON. The tail is measured when it is first asked for, unless the detector has done so, because it
/// costs more than the training of a forest.
/// </summary>
internal abstract class RowModel : ILogDetectorModel
{
    private const int BlockRows = 1_024;

    private readonly object _gate = new();
    private readonly int _seed;
    private FeatureMatrix? _training;
    private volatile Calibration? _calibration;

    /// <summary>Creates a model of training rows.</summary>
    /// <param name="name">Name of the detector.</param>
    /// <param name="training">The rows, finite.</param>
    /// <param name="seed">Seed of random choices.</param>
    protected RowModel(string name, FeatureMatrix training, int seed)
    {
        Name = name;
        Columns = training.Names;
        _training = training;
        _seed = seed;
    }

    /// <summary>Creates a model that was written.</summary>
    /// <param name="name">Name of the detector.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="calibration">What the training rows' scores were like.</param>
    protected RowModel(string name, IReadOnlyList<string> columns, Calibration calibration)
    {
        Name = name;
        Columns = columns;
        _calibration = calibration;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    private Calibration Calibrated
    {
        get
        {
            if (_calibration is null)
            {
                Calibrate(CancellationToken.None);
            }

            return _calibration!;
        }
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> row) => ScoreFinite(FiniteRows.Of(Checked(row)));

    /// <inheritdoc/>
    public void ScoreAll(FeatureMatrix rows, Span<double> scores, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.ColumnCount, Columns.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, rows.RowCount);
        double[] all = new double[rows.RowCount];
        ScoreFinite(FiniteRows.Of(rows), all, new ParallelOptions { CancellationToken = cancellation });
        all.CopyTo(scores);
    }

    /// <inheritdoc/>
    public double TailProbability(double score) => Calibrated.Tail.ProbabilityFrom(score);

    /// <inheritdoc/>
    public IReadOnlyList<double> Explain(ReadOnlySpan<float> row) => ExplainFinite(FiniteRows.Of(Checked(row)));

    /// <inheritdoc/>
    public IReadOnlyList<float>? NearestNormal(ReadOnlySpan<float> row) =>
        Calibrated.Usual.Nearest(FiniteRows.Of(Checked(row))).ToArray();

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("detector", Name);
        writer.WriteNumber("version", LogDetectors.Version);
        writer.WriteStartArray("columns");
        foreach (string column in Columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
        Calibrated.Write(writer);
        WriteLearned(writer);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Measures the tail of the training rows' scores and keeps usual ones of them, unless that was done.
    /// </summary>
    /// <param name="cancellation">Ends the work.</param>
    public void Calibrate(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_training is not { } training || _calibration is not null)
            {
                return;
            }

            (FeatureMatrix distinct, int[] placeOf) = DistinctRows.Of(training);
            double[] distinctScores = new double[distinct.RowCount];
            ScoreFinite(distinct, distinctScores, new ParallelOptions { CancellationToken = cancellation });
            double[] scores = Array.ConvertAll(placeOf, place => distinctScores[place]);
            TailFit tail = TailFit.Of(scores);
            LearnMore(training, _seed);
            _calibration = new Calibration(tail, NormalSample.Of(training, scores, tail, _seed));
            _training = null;
        }
    }

    /// <summary>Makes sure that the tail is measured.</summary>
    protected void EnsureCalibrated() => _ = Calibrated;

    /// <summary>Learns what only explanations need, when the tail is measured.</summary>
    /// <param name="training">The training rows, finite.</param>
    /// <param name="seed">Seed of random choices.</param>
    protected virtual void LearnMore(FeatureMatrix training, int seed)
    {
    }

    /// <summary>Scores a row.</summary>
    /// <param name="row">The row, finite.</param>
    /// <returns>Its score.</returns>
    protected abstract double ScoreFinite(ReadOnlySpan<float> row);

    /// <summary>Says what each column adds.</summary>
    /// <param name="row">The row, finite.</param>
    /// <returns>A contribution for each column.</returns>
    protected abstract double[] ExplainFinite(ReadOnlySpan<float> row);

    /// <summary>Writes what was learned.</summary>
    /// <param name="writer">Takes properties.</param>
    protected abstract void WriteLearned(Utf8JsonWriter writer);

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, finite.</param>
    /// <param name="scores">Takes a score for each.</param>
    /// <param name="parallel">How the work may be shared out and ended.</param>
    protected virtual void ScoreFinite(FeatureMatrix rows, double[] scores, ParallelOptions parallel)
    {
        Parallel.For(0, (rows.RowCount + BlockRows - 1) / BlockRows, parallel, block =>
        {
            int end = Math.Min((block + 1) * BlockRows, rows.RowCount);
            for (int row = block * BlockRows; row < end; row++)
            {
                scores[row] = ScoreFinite(rows.Row(row));
            }
        });
    }

    private ReadOnlySpan<float> Checked(ReadOnlySpan<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Columns.Count, nameof(row));
        return row;
    }
}
