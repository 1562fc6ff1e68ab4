using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>How busy a log is by hour and day of the week, and arrivals at random in that rhythm.</summary>
internal sealed class Rhythm
{
    /// <summary>Visitors of a public site: low at night, a plateau in the day, a second rise in the evening, quieter at
    /// weekends.</summary>
    public static readonly Rhythm Web = new(
        [0.35, 0.22, 0.16, 0.13, 0.14, 0.22, 0.45, 0.80, 1.15, 1.40, 1.50, 1.50,
         1.40, 1.45, 1.50, 1.45, 1.40, 1.35, 1.30, 1.40, 1.50, 1.35, 0.95, 0.60],
        0.65);

    /// <summary>People at work: almost nobody at night, a dip at noon, few at weekends.</summary>
    public static readonly Rhythm Office = new(
        [0.04, 0.02, 0.02, 0.02, 0.02, 0.06, 0.30, 1.10, 2.60, 2.80, 2.50, 2.30,
         1.40, 2.10, 2.50, 2.30, 1.90, 1.20, 0.60, 0.40, 0.35, 0.25, 0.15, 0.08],
        0.15);

    /// <summary>Machines: the same at every hour.</summary>
    public static readonly Rhythm Flat = new(Enumerable.Repeat(1.0, 24).ToArray(), 1.0);

    private readonly double[] _hours;
    private readonly double _weekend;
    private readonly double _mean;
    private readonly double _peak;

    private Rhythm(double[] hours, double weekend)
    {
        _hours = hours;
        _weekend = weekend;
        _mean = hours.Average() * (5.0 + (2.0 * weekend)) / 7.0;
        _peak = hours.Max();
    }

    /// <summary>How busy a time is.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <returns>The rate as a multiple of the mean over a week.</returns>
    public double WeightAt(long ticks)
    {
        DateTime time = new(ticks);
        double into = (ticks % TimeSpan.TicksPerHour) / (double)TimeSpan.TicksPerHour;
        double hour = _hours[time.Hour] + (into * (_hours[(time.Hour + 1) % 24] - _hours[time.Hour]));
        return hour * (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? _weekend : 1.0) / _mean;
    }

    /// <summary>
    /// The next arrival of a Poisson process with this rhythm, by thinning (Lewis and Shedler, "Simulation of
    /// Nonhomogeneous Poisson Processes by Thinning", Naval Research Logistics Quarterly 26(3), 1979).
    /// </summary>
    /// <param name="ticks">Local ticks of now.</param>
    /// <param name="perDay">Arrivals a day, averaged over a week; above 0.</param>
    /// <param name="random">The generator.</param>
    /// <returns>Local ticks of the arrival.</returns>
    public long NextArrival(long ticks, double perDay, SeededRandom random)
    {
        double peak = _peak / _mean;
        double meanGap = TimeSpan.TicksPerDay / (perDay * peak);
        do
        {
            ticks += (long)random.NextExponential(meanGap) + 1;
        }
        while (random.NextDouble() * peak > WeightAt(ticks));

        return ticks;
    }
}
