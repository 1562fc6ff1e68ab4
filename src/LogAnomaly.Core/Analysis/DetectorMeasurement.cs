namespace LogAnomaly.Analysis;

/// <summary>
/// How well a detector does on labelled data that it did not learn from, at the threshold that its training data set.
/// Where there were several runs, each number is the mean of them, and those that end in Spread are the standard
/// deviations over them.
/// </summary>
public sealed record DetectorMeasurement
{
    /// <summary>Name of the detector.</summary>
    public required string Detector { get; init; }

    /// <summary>What is counted: <c>Session</c> or <c>Line</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether it is a simple detector that stands beside for comparison.</summary>
    public bool IsSimple { get; init; }

    /// <summary>Number of runs.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Share of what was reported that is anomalous; 0 where nothing was reported.</summary>
    public double Precision { get; init; }

    /// <summary>Share of what is anomalous that was found.</summary>
    public double Recall { get; init; }

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 { get; init; }

    /// <summary>Area under the ROC curve, ties counting half; null where all is of one kind.</summary>
    public double? RocAuc { get; init; }

    /// <summary>Average precision, in steps; null where nothing is anomalous.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>
    /// The score above which something was reported; for findings of the analysis the least score of those that
    /// counted, null where there was none.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Sessions or lines that were learned from.</summary>
    public double TrainingCount { get; init; }

    /// <summary>Anomalous ones that were found.</summary>
    public double TruePositives { get; init; }

    /// <summary>Normal ones that were reported.</summary>
    public double FalsePositives { get; init; }

    /// <summary>Anomalous ones that were missed.</summary>
    public double FalseNegatives { get; init; }

    /// <summary>Normal ones that were let be.</summary>
    public double TrueNegatives { get; init; }

    /// <summary>Incidents in the test part; null where sessions are measured.</summary>
    public double? Incidents { get; init; }

    /// <summary>Incidents that an alarm overlaps; null where sessions are measured.</summary>
    public double? IncidentsFound { get; init; }

    /// <summary>Share of the alarms that overlap an incident; null where sessions are measured.</summary>
    public double? IncidentPrecision { get; init; }

    /// <summary>Share of the incidents that an alarm overlaps; null where sessions are measured.</summary>
    public double? IncidentRecall { get; init; }

    /// <summary>Harmonic mean of the precision and recall of incidents; null where sessions are measured.</summary>
    public double? IncidentF1 { get; init; }

    /// <summary>
    /// Median time from the start of an incident that was found to its first alarm; null where none was found or
    /// nothing has a time.
    /// </summary>
    public TimeSpan? TimeToDetect { get; init; }

    /// <summary>Alarms that overlap no incident, a day of log time; null where nothing has a time.</summary>
    public double? FalseAlarmsPerDay { get; init; }

    /// <summary>Spread of the precision.</summary>
    public double PrecisionSpread { get; init; }

    /// <summary>Spread of the recall.</summary>
    public double RecallSpread { get; init; }

    /// <summary>Spread of F1.</summary>
    public double F1Spread { get; init; }

    /// <summary>Spread of the area under the ROC curve.</summary>
    public double? RocAucSpread { get; init; }

    /// <summary>Spread of the average precision.</summary>
    public double? AveragePrecisionSpread { get; init; }

    /// <summary>Spread of the incidents' F1; null where sessions are measured.</summary>
    public double? IncidentF1Spread { get; init; }

    /// <summary>Seconds that learning and scoring took.</summary>
    public double Seconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Detector}: F1 {F1:0.000} (precision {Precision:0.000}, recall {Recall:0.000})");
}
