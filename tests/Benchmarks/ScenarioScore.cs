namespace LogAnomaly.Benchmarks;

/// <summary>Incidents found and missed, and false alarms.</summary>
internal sealed class ScenarioScore
{
    /// <summary>Incidents in all.</summary>
    public int Incidents { get; private set; }

    /// <summary>Incidents that an alarm belongs to.</summary>
    public int Found { get; private set; }

    /// <summary>Alarms that belong to no incident.</summary>
    public int False { get; set; }

    /// <summary>Share of true ones among what was told: incidents found, and false alarms.</summary>
    public double Precision => Found + False == 0 ? 1.0 : (double)Found / (Found + False);

    /// <summary>Share of the incidents that were found.</summary>
    public double Recall => Incidents == 0 ? 1.0 : (double)Found / Incidents;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Precision + Recall == 0 ? 0.0 : 2.0 * Precision * Recall / (Precision + Recall);

    /// <summary>Counts an incident.</summary>
    /// <param name="row">The incident.</param>
    public void Add(ScenarioRow row)
    {
        Incidents++;
        Found += row.IsFound ? 1 : 0;
    }
}
