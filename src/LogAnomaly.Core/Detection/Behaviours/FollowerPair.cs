namespace LogAnomaly.Detection.Behaviours;

/// <summary>Two templates of which the second may always follow the first.</summary>
/// <param name="first">Number of the first.</param>
/// <param name="second">Number of the second.</param>
internal sealed class FollowerPair(int first, int second)
{
    private const int LeastOpens = 50;
    private const double LeastConfidence = 0.98;

    /// <summary>Number of the first template.</summary>
    public int First => first;

    /// <summary>Number of the second template.</summary>
    public int Second => second;

    /// <summary>How often the first came.</summary>
    public long Opens { get; set; }

    /// <summary>How often the second followed.</summary>
    public long Hits { get; set; }

    /// <summary>How often it is known not to have followed.</summary>
    public long Misses { get; set; }

    /// <summary>How often that happened twice in a row.</summary>
    public long Repeats { get; set; }

    /// <summary>The longest time that it took, in ticks.</summary>
    public long Delay { get; set; }

    /// <summary>UTC ticks of when the first came last, or -1.</summary>
    public long Last { get; set; } = -1;

    /// <summary>Misses in a row until now; the few hits among them are those that were open longer.</summary>
    public int Run { get; set; }

    /// <summary>Hits since the last miss.</summary>
    public int HitsSince { get; set; }

    /// <summary>Whether that was reported.</summary>
    public bool IsReported { get; set; }

    /// <summary>The first events that were not followed.</summary>
    public List<LogEvent> Evidence { get; } = [];

    /// <summary>Whether the second follows so reliably that its absence means something.</summary>
    public bool IsReliable => Hits >= LeastOpens && Hits >= LeastConfidence * (Opens - Run);

    /// <summary>Probability of as many misses in a row, by those of the past; one miss makes another likely.</summary>
    /// <returns>The probability.</returns>
    public double ProbabilityOfRun()
    {
        double first = (Misses + 0.5) / (Hits + Misses + 1);
        double again = (Repeats + 1.0) / (Misses + 2.0);
        return Math.Max(first * Math.Pow(again, Run - 1), 1e-30);
    }
}
