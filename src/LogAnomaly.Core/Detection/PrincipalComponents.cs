using System.Text.Json;
using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Principal components: Hotelling's T2 within the space of the components that explain most of the variance, and Q,
/// the squared prediction error, outside of it (Jackson and Mudholkar, "Control Procedures for Residuals Associated
/// with Principal Component Analysis", Technometrics 21(3), 1979). The score is the combined index T2 / limit + Q /
/// limit (Yue and Qin, "Reconstruction-Based Fault Identification Using a Combined Index", Industrial and Engineering
/// Chemistry Research 40, 2001), each limit being what 99 of 100 training rows keep. Columns are on their robust scale,
/// and values beyond five of it are drawn in before the components are learned, so that what is odd does not become a
/// component.
/// </summary>
public sealed class PrincipalComponents : ILogDetector
{
    private const float Outermost = 5;
    private const double LimitShare = 0.99;

    // Variance that is less than this share of all is noise of the arithmetic and must not be divided by.
    private const double LeastVariance = 1e-9;

    private readonly PrincipalComponentOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">Its options, or null for the defaults.</param>
    public PrincipalComponents(PrincipalComponentOptions? options = null)
    {
        _options = options ?? new PrincipalComponentOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.ExplainedVariance, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.ExplainedVariance, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.SampleSize, 2);
    }

    /// <inheritdoc/>
    public string Name => nameof(PrincipalComponents);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        FeatureMatrix finite = FiniteRows.Of(rows);
        ColumnScaling scaling = ColumnScaling.Of(finite);
        int[] chosen = RowSample.DrawInOrder(rows.RowCount, _options.SampleSize, _options.Seed);
        float[] scaled = scaling.Apply(finite, chosen, rows.ColumnCount);
        foreach (ref float value in scaled.AsSpan())
        {
            value = Math.Clamp(value, -Outermost, Outermost);
        }

        double[] mean = MeanOf(scaled, rows.ColumnCount);
        (double[] variances, double[] vectors) = SymmetricMatrix.Decompose(
            Covariance(scaled, mean, cancellation), rows.ColumnCount, cancellation);
        double[] index = CombineIndex(scaled, mean, variances, vectors, Keep(variances));
        PrincipalComponentModel model = new(
            scaling, mean, index, PrincipalComponentModel.MeanShares(scaled, mean, index), finite, _options.Seed);
        model.Calibrate(cancellation);
        return model;
    }

    private static double[] MeanOf(float[] scaled, int columns)
    {
        double[] mean = new double[columns];
        for (int i = 0; i < scaled.Length; i++)
        {
            mean[i % columns] += scaled[i];
        }

        for (int column = 0; column < columns; column++)
        {
            mean[column] /= scaled.Length / columns;
        }

        return mean;
    }

    private static double[] Covariance(float[] scaled, double[] mean, CancellationToken cancellation)
    {
        int columns = mean.Length;
        double[] sums = new double[columns * columns];
        double[] centered = new double[columns];
        for (int start = 0; start < scaled.Length; start += columns)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int column = 0; column < columns; column++)
            {
                centered[column] = scaled[start + column] - mean[column];
            }

            for (int a = 0; a < columns; a++)
            {
                double value = centered[a];
                Span<double> sum = sums.AsSpan(a * columns, columns);
                for (int b = 0; b < sum.Length; b++)
                {
                    sum[b] += value * centered[b];
                }
            }
        }

        double count = Math.Max(1, (scaled.Length / columns) - 1);
        return Array.ConvertAll(sums, sum => sum / count);
    }

    // As many components, the greatest first, as explain the wanted share of the variance.
    private int Keep(double[] variances)
    {
        double all = variances.Sum(variance => Math.Max(variance, 0));
        double sum = 0;
        int kept = 0;
        while (kept < variances.Length && sum < _options.ExplainedVariance * all
            && variances[kept] > LeastVariance * all)
        {
            sum += variances[kept];
            kept++;
        }

        return kept;
    }

    // The matrix M of x'Mx = T2 / limit + Q / limit.
    private static double[] CombineIndex(float[] scaled, double[] mean, double[] variances, double[] vectors, int kept)
    {
        int columns = mean.Length;
        double[] inner = new double[columns * columns];
        double[] outer = new double[columns * columns];
        for (int column = 0; column < columns; column++)
        {
            outer[(column * columns) + column] = 1;
        }

        for (int component = 0; component < kept; component++)
        {
            ReadOnlySpan<double> vector = vectors.AsSpan(component * columns, columns);
            for (int i = 0; i < inner.Length; i++)
            {
                double product = vector[i / columns] * vector[i % columns];
                inner[i] += product / variances[component];
                outer[i] -= product;
            }
        }

        double innerLimit = LimitOf(scaled, mean, inner);
        double outerLimit = LimitOf(scaled, mean, outer);
        for (int i = 0; i < inner.Length; i++)
        {
            inner[i] = (inner[i] / innerLimit) + (outer[i] / outerLimit);
        }

        return inner;
    }

    // Where the training rows show nothing at all in a space, one of the common scale is the limit.
    private static double LimitOf(float[] scaled, double[] mean, double[] form)
    {
        const int MostRows = 4_096;
        int count = scaled.Length / mean.Length;
        int step = Math.Max(1, count / MostRows);
        List<double> values = [];
        for (int row = 0; row < count; row += step)
        {
            values.Add(PrincipalComponentModel.FormOf(
                PrincipalComponentModel.Center(scaled.AsSpan(row * mean.Length, mean.Length), mean), form));
        }

        values.Sort();
        double limit = values[(int)(LimitShare * (values.Count - 1))];
        return limit > LeastVariance ? limit : 1;
    }
}
