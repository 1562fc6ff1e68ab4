namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A one-sided cumulative sum (Page, "Continuous Inspection Schemes", Biometrika 41, 1954): steps beyond the usual add
/// up, others take away, and it never falls below 0. Instead of a fixed threshold its peaks are compared with those
/// that went away again before.
/// </summary>
internal sealed class DriftSum
{
    private const double Most = 500;

    // Sums of what hangs together for days grow long by themselves, so their tail is taken to be a power and no
    // exponential.
    private const double Steepest = 3;

    private double _peak;

    /// <summary>What has gathered.</summary>
    public double Sum { get; private set; }

    /// <summary>UTC ticks since which it gathers, or -1.</summary>
    public long Since { get; private set; } = -1;

    /// <summary>Steps since then.</summary>
    public int Steps { get; private set; }

    /// <summary>One and each earlier peak.</summary>
    public TailRecord Peaks { get; } = new();

    /// <summary>Adds a step.</summary>
    /// <param name="step">How far beyond the usual, on a logarithmic scale; below 0 where it is not.</param>
    /// <param name="ticks">UTC ticks of its start.</param>
    /// <param name="calibration">Learns from what went away again.</param>
    /// <returns>The honest probability of what has gathered, or 1.</returns>
    public double Add(double step, long ticks, Calibration calibration)
    {
        double sum = Math.Clamp(Sum + step, 0, Most);
        if (sum == 0)
        {
            End(calibration);
            return 1;
        }

        Since = Sum == 0 ? ticks : Since;
        Steps++;
        Sum = sum;
        _peak = Math.Max(_peak, sum);
        return calibration.Probe(Modelled());
    }

    /// <summary>Starts anew, having learned.</summary>
    /// <param name="calibration">Learns from the peak.</param>
    public void End(Calibration calibration)
    {
        if (_peak > 0)
        {
            double modelled = Modelled();
            calibration.Learn(modelled, calibration.Probe(modelled));
            Peaks.Add(1 + _peak);
        }
        else
        {
            calibration.Pass(1);
            Peaks.AddUsual(1);
        }

        (Sum, _peak, Steps, Since) = (0, 0, 0, -1);
    }

    private double Modelled() => Peaks.ProbabilityOf(1 + _peak, Steepest);
}
