namespace LogAnomaly.Analysis;

/// <summary>Takes the measurements of several runs of one detector together.</summary>
internal static class MeasurementMean
{
    /// <summary>The means and spreads.</summary>
    /// <param name="runs">The measurements, at least one, of one detector.</param>
    /// <returns>The measurement of all of them.</returns>
    public static DetectorMeasurement Of(IReadOnlyList<DetectorMeasurement> runs) =>
        runs.Count == 1 ? runs[0] : runs[0] with
        {
            Runs = runs.Count,
            Precision = Mean(runs, run => run.Precision)!.Value,
            Recall = Mean(runs, run => run.Recall)!.Value,
            F1 = Mean(runs, run => run.F1)!.Value,
            RocAuc = Mean(runs, run => run.RocAuc),
            AveragePrecision = Mean(runs, run => run.AveragePrecision),
            Threshold = Mean(runs, run => run.Threshold),
            TrainingCount = Mean(runs, run => run.TrainingCount)!.Value,
            TruePositives = Mean(runs, run => run.TruePositives)!.Value,
            FalsePositives = Mean(runs, run => run.FalsePositives)!.Value,
            FalseNegatives = Mean(runs, run => run.FalseNegatives)!.Value,
            TrueNegatives = Mean(runs, run => run.TrueNegatives)!.Value,
            Incidents = Mean(runs, run => run.Incidents),
            IncidentsFound = Mean(runs, run => run.IncidentsFound),
            IncidentPrecision = Mean(runs, run => run.IncidentPrecision),
            IncidentRecall = Mean(runs, run => run.IncidentRecall),
            IncidentF1 = Mean(runs, run => run.IncidentF1),
            TimeToDetect = Mean(runs, run => run.TimeToDetect?.TotalSeconds) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : null,
            FalseAlarmsPerDay = Mean(runs, run => run.FalseAlarmsPerDay),
            PrecisionSpread = Spread(runs, run => run.Precision)!.Value,
            RecallSpread = Spread(runs, run => run.Recall)!.Value,
            F1Spread = Spread(runs, run => run.F1)!.Value,
            RocAucSpread = Spread(runs, run => run.RocAuc),
            AveragePrecisionSpread = Spread(runs, run => run.AveragePrecision),
            IncidentF1Spread = Spread(runs, run => run.IncidentF1),
            Seconds = Mean(runs, run => run.Seconds)!.Value,
        };

    // A run that has no such number, as a part without anomalies has no area, is left out.
    private static double? Mean(IReadOnlyList<DetectorMeasurement> runs, Func<DetectorMeasurement, double?> value)
    {
        double[] known = [.. runs.Select(value).OfType<double>()];
        return known.Length == 0 ? null : known.Average();
    }

    private static double? Spread(IReadOnlyList<DetectorMeasurement> runs, Func<DetectorMeasurement, double?> value)
    {
        double[] known = [.. runs.Select(value).OfType<double>()];
        if (known.Length == 0)
        {
            return null;
        }

        double mean = known.Average();
        return known.Length == 1
            ? 0
            : Math.Sqrt(known.Sum(number => (number - mean) * (number - mean)) / (known.Length - 1));
    }
}
