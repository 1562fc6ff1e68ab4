using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// One-class support vector machine (Schoelkopf, Platt, Shawe-Taylor, Smola and Williamson, "Estimating the Support of
/// a High-Dimensional Distribution", Neural Computation 13(7), 2001) with the kernel exp(-gamma |x - y|^2), columns on
/// their robust scale. The score is ln(rho) - ln(sum of alpha_i k(x_i, x)): above 0 outside of the support like the
/// paper's decision function, of the same order, but it goes on growing where the kernel is all but 0.
/// </summary>
public sealed class OneClassSvm : ILogDetector
{
    private readonly OneClassSvmOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">Its options, or null for the defaults.</param>
    public OneClassSvm(OneClassSvmOptions? options = null)
    {
        _options = options ?? new OneClassSvmOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Nu, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Nu, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.SampleSize, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.SampleSize, 10_000);
        if (_options.Gamma is { } gamma)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(gamma, 0, nameof(options));
        }
    }

    /// <inheritdoc/>
    public string Name => nameof(OneClassSvm);

    /// <inheritdoc/>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        FeatureMatrix finite = FiniteRows.Of(rows);
        ReferenceRows sample = ReferenceRows.Of(finite, _options.SampleSize, _options.Seed);
        double gamma = _options.Gamma ?? GammaOf(sample, rows.ColumnCount);
        OneClassProblem problem = new(KernelOf(sample, gamma, cancellation), _options.Nu);
        problem.Solve(cancellation);
        int[] support = [.. Enumerable.Range(0, sample.Count).Where(row => problem.Alpha[row] > 0)];
        OneClassSvmModel model = new(
            sample.Only(support),
            Array.ConvertAll(support, row => problem.Alpha[row]),
            problem.Rho,
            gamma,
            finite,
            _options.Seed);
        model.Calibrate(cancellation);
        return model;
    }

    // One over the median squared distance of two rows that differ.
    private double GammaOf(ReferenceRows sample, int columnCount)
    {
        const int Pairs = 1_000;
        SeededRandom random = new((uint)_options.Seed);
        List<double> distances = [];
        for (int i = 0; i < Pairs; i++)
        {
            double distance = ReferenceRows.SquaredDistance(
                sample.Row(random.NextInt(sample.Count)), sample.Row(random.NextInt(sample.Count)));
            if (distance > 0)
            {
                distances.Add(distance);
            }
        }

        distances.Sort();
        return 1 / (distances.Count > 0 ? distances[distances.Count / 2] : columnCount);
    }

    private static float[] KernelOf(ReferenceRows sample, double gamma, CancellationToken cancellation)
    {
        int count = sample.Count;
        float[] kernel = new float[count * count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            for (int j = 0; j < count; j++)
            {
                kernel[(i * count) + j] =
                    (float)Math.Exp(-gamma * ReferenceRows.SquaredDistance(sample.Row(i), sample.Row(j)));
            }
        });
        return kernel;
    }
}
