namespace LogAnomaly.Analysis;

/// <summary>Holds what a detector said of a labelled log against its labels.</summary>
internal static class VerdictCount
{
    /// <summary>Counts lines and incidents.</summary>
    /// <param name="log">The log.</param>
    /// <param name="verdict">What the detector said.</param>
    /// <returns>The measurement, without name and duration.</returns>
    public static DetectorMeasurement Of(LabelledLog log, DetectorVerdict verdict)
    {
        ConfusionCounts lines = ConfusionCounts.Of(verdict.Reported, log.Anomalous);
        Alarm[] alarms = [.. verdict.Alarms.Where(alarm =>
            log.Incidents.Any(alarm.IsAbout) || !log.EarlierIncidents.Any(alarm.IsAbout))];
        bool[] isTrue = new bool[alarms.Length];
        List<double> delays = [];
        int found = 0;
        foreach (IncidentSpan incident in log.Incidents)
        {
            long first = long.MaxValue;
            bool isFound = false;
            for (int i = 0; i < isTrue.Length; i++)
            {
                if (alarms[i].IsAbout(incident))
                {
                    isTrue[i] = true;
                    isFound = true;
                    first = Math.Min(first, alarms[i].FirstTicks);
                }
            }

            found += isFound ? 1 : 0;
            if (isFound && first >= 0 && incident.FirstTicks >= 0)
            {
                delays.Add(Math.Max(first - incident.FirstTicks, 0));
            }
        }

        int trueAlarms = isTrue.Count(value => value);
        double precision = alarms.Length == 0 ? 0 : (double)trueAlarms / alarms.Length;
        double recall = log.Incidents.Count == 0 ? 0 : (double)found / log.Incidents.Count;
        return new DetectorMeasurement
        {
            Detector = "",
            Unit = "Line",
            Precision = lines.Precision,
            Recall = lines.Recall,
            F1 = lines.F1,
            RocAuc = RankMetrics.RocAuc(verdict.Scores, log.Anomalous),
            AveragePrecision = RankMetrics.AveragePrecision(verdict.Scores, log.Anomalous),
            Threshold = verdict.Threshold,
            TrainingCount = log.TestStart,
            TruePositives = lines.TruePositives,
            FalsePositives = lines.FalsePositives,
            FalseNegatives = lines.FalseNegatives,
            TrueNegatives = lines.TrueNegatives,
            Incidents = log.Incidents.Count,
            IncidentsFound = found,
            IncidentPrecision = precision,
            IncidentRecall = recall,
            IncidentF1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0,
            TimeToDetect = Median(delays) is { } ticks ? TimeSpan.FromTicks((long)ticks) : null,
            FalseAlarmsPerDay = log.TestDays is { } days ? (alarms.Length - trueAlarms) / days : null,
        };
    }

    private static double? Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count == 0 ? null
            : values.Count % 2 == 1 ? values[middle]
            : (values[middle - 1] + values[middle]) / 2;
    }
}
