namespace LogAnomaly.Detection.Behaviours;

/// <summary>How far a host, user or source usually stands above its peers.</summary>
internal sealed class PeerHabit : EntityState
{
    /// <summary>Hours in which it was among peers.</summary>
    public int Hours { get; set; }

    /// <summary>
    /// End of the hour that was reported last: one finding an hour is enough, however many features stand out.
    /// </summary>
    public long Reported { get; set; } = -1;

    /// <summary>Mean robust distance to the median of its peers, for each feature.</summary>
    public double[] Means { get; } = new double[PopulationOutlier.FeatureCount];

    /// <summary>Learns an hour.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="distance">The distance.</param>
    public void Learn(int feature, double distance) =>
        Means[feature] += (distance - Means[feature]) / Math.Min(Hours, 100);
}
