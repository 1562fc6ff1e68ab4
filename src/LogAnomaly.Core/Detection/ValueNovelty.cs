namespace LogAnomaly.Detection;

/// <summary>
/// How improbable it is that an event has values that nobody saw before. For one column it is the share of events that
/// brought a new value (Good, "The population frequencies of species and the estimation of population parameters",
/// Biometrika 40, 1953): a column of which every third value is new says nothing, one that never changed says much.
/// Columns that say the same thing, as what a program did and which program it was, count once; beyond the first a
/// column counts by the root of its share, because what is new in one respect is often new in another.
/// </summary>
internal static class ValueNovelty
{
    /// <summary>Name of the detector.</summary>
    public const string Name = "NewValue";

    private const int Aspects = 5;

    /// <summary>The share of events that bring a new value to a column.</summary>
    /// <param name="once">Values that came once.</param>
    /// <param name="total">All events.</param>
    /// <returns>The share, above 0 and at most 1.</returns>
    public static double ShareOf(long once, long total) => Math.Min(1, (once + 1.0) / (total + 1));

    /// <summary>How improbable the new values of an event are together.</summary>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="shares">For each column whose value is new the share of events that bring a new one, else
    /// 1.</param>
    /// <returns>The probability, above 0 and at most 1; 1 where nothing is new.</returns>
    public static double Combine(IReadOnlyList<string> columns, ReadOnlySpan<double> shares)
    {
        Span<double> least = stackalloc double[Aspects];
        least.Fill(1);
        for (int column = 0; column < shares.Length; column++)
        {
            int aspect = AspectOf(columns[column]);
            least[aspect] = Math.Min(least[aspect], shares[column]);
        }

        least.Sort();
        double probability = least[0];
        for (int aspect = 1; aspect < Aspects; aspect++)
        {
            probability *= Math.Sqrt(least[aspect]);
        }

        return probability;
    }

    // What, who, where from, on what, and with what.
    private static int AspectOf(string column) => column switch
    {
        "UserName" => 1,
        "SourceIP" or "HostName" => 2,
        "UrlPath" or "VirtualHost" => 3,
        "UserAgent" => 4,
        _ => 0,
    };
}
