namespace LogAnomaly.Detection;

/// <summary>
/// The dual of the one-class machine as LIBSVM scales it: least alpha'Q alpha / 2 with 0 &lt;= alpha_i &lt;= 1 and a
/// sum of nu l, solved by sequential minimal optimisation, whose pairs are chosen by second-order information (Fan,
/// Chen and Lin, "Working Set Selection Using Second Order Information for Training SVM", JMLR 6, 2005, WSS 2).
/// </summary>
internal sealed class OneClassProblem
{
    private const double Tau = 1e-12;
    private const double Precision = 1e-4;
    private const int StepsBetweenLooks = 1_024;

    private readonly float[] _kernel;
    private readonly double[] _gradient;

    /// <summary>Creates the problem.</summary>
    /// <param name="kernel">The matrix Q of l rows and columns, with ones on its diagonal.</param>
    /// <param name="nu">The paper's nu, above 0 and at most 1.</param>
    public OneClassProblem(float[] kernel, double nu)
    {
        int count = (int)Math.Sqrt(kernel.Length);
        _kernel = kernel;
        _gradient = new double[count];
        Alpha = new double[count];
        double left = nu * count;
        for (int i = 0; i < count && left > 0; i++)
        {
            Alpha[i] = Math.Min(left, 1);
            left -= Alpha[i];
            AddToGradient(i, Alpha[i]);
        }
    }

    /// <summary>Weight of each row.</summary>
    public double[] Alpha { get; }

    /// <summary>The paper's rho, on the scale of the weights.</summary>
    public double Rho { get; private set; }

    /// <summary>Solves the problem.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public void Solve(CancellationToken cancellation)
    {
        // Each step lessens the objective; the bound is there for matrices that rounding made indefinite.
        int most = Math.Max(100_000, 100 * Alpha.Length);
        for (int step = 0; step < most && TrySelect(out int i, out int j); step++)
        {
            if (step % StepsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            double curvature = Math.Max(2 - (2.0 * _kernel[(i * Alpha.Length) + j]), Tau);
            double change = Math.Min((_gradient[j] - _gradient[i]) / curvature, Math.Min(1 - Alpha[i], Alpha[j]));
            Alpha[i] = change >= 1 - Alpha[i] ? 1 : Alpha[i] + change;
            Alpha[j] = change >= Alpha[j] ? 0 : Alpha[j] - change;
            AddToGradient(i, change);
            AddToGradient(j, -change);
        }

        Rho = FindRho();
    }

    private void AddToGradient(int row, double change)
    {
        ReadOnlySpan<float> line = _kernel.AsSpan(row * Alpha.Length, Alpha.Length);
        Span<double> gradient = _gradient;
        for (int i = 0; i < line.Length; i++)
        {
            gradient[i] += change * line[i];
        }
    }

    // i: the row that gains most by a greater weight; j: the row whose loss of weight lessens the objective most beside
    // it.
    private bool TrySelect(out int i, out int j)
    {
        i = -1;
        j = -1;
        for (int row = 0; row < Alpha.Length; row++)
        {
            if (Alpha[row] < 1 && (i < 0 || _gradient[row] < _gradient[i]))
            {
                i = row;
            }
        }

        if (i < 0)
        {
            return false;
        }

        ReadOnlySpan<float> line = _kernel.AsSpan(i * Alpha.Length, Alpha.Length);
        double best = 0;
        double widest = 0;
        for (int row = 0; row < Alpha.Length; row++)
        {
            double violation = _gradient[row] - _gradient[i];
            if (Alpha[row] <= 0 || violation <= 0)
            {
                continue;
            }

            widest = Math.Max(widest, violation);
            double gain = violation * violation / Math.Max(2 - (2.0 * line[row]), Tau);
            if (gain > best)
            {
                (best, j) = (gain, row);
            }
        }

        return widest > Precision && j >= 0;
    }

    // The gradient of any row whose weight is free; their mean, because each is right within the precision.
    private double FindRho()
    {
        double sum = 0;
        int free = 0;
        double above = double.PositiveInfinity;
        double below = double.NegativeInfinity;
        for (int row = 0; row < Alpha.Length; row++)
        {
            if (Alpha[row] >= 1)
            {
                below = Math.Max(below, _gradient[row]);
            }
            else if (Alpha[row] <= 0)
            {
                above = Math.Min(above, _gradient[row]);
            }
            else
            {
                sum += _gradient[row];
                free++;
            }
        }

        if (free > 0)
        {
            return sum / free;
        }

        return double.IsInfinity(above) ? below : double.IsInfinity(below) ? above : (above + below) / 2;
    }
}
