namespace LogAnomaly.Analysis;

/// <summary>Runs the whole analysis over a labelled log; what it finds in the tested part are its reports.</summary>
internal static class AnalysisRun
{
    /// <summary>Runs it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="options">How to analyse.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The verdict: an event has the score of the highest finding that it is part of.</returns>
    public static DetectorVerdict Judge(LabelledLog log, AnalysisOptions options, CancellationToken cancellation)
    {
        LogAnalyzer analyzer = new(options with { KeepCube = false });
        foreach (LogEvent logEvent in log.Events)
        {
            cancellation.ThrowIfCancellationRequested();
            analyzer.Add(logEvent);
        }

        double[] scores = new double[log.Events.Count - log.TestStart];
        bool[] reported = new bool[scores.Length];
        List<Alarm> alarms = [];
        double least = double.PositiveInfinity;
        foreach (Anomaly anomaly in analyzer.Complete(cancellation).Anomalies)
        {
            // A finding that began while the detectors were learning belongs to the test where it goes on there.
            int[] positions = [.. PositionsOf(log, anomaly).Where(position => position >= log.TestStart)];
            if (positions.Length == 0)
            {
                continue;
            }

            least = Math.Min(least, anomaly.Score);
            long first = anomaly.Timestamp?.UtcTicks ?? log.TicksAt(positions[0]);
            alarms.Add(new Alarm(positions, first, anomaly.LastSeen?.UtcTicks ?? first, anomaly.Entity));
            foreach (int position in positions)
            {
                int tested = position - log.TestStart;
                scores[tested] = Math.Max(scores[tested], anomaly.Score);
                reported[tested] = true;
            }
        }

        return new DetectorVerdict(scores, reported, alarms, alarms.Count > 0 ? least : null);
    }

    // A finding shows no more than twenty lines; the others are those of its entity between the first and the last.
    private static SortedSet<int> PositionsOf(LabelledLog log, Anomaly anomaly)
    {
        SortedSet<int> positions =
            [.. anomaly.Evidence.Select(line => log.PositionOf(line.Path, line.LineNumber))
                .Where(position => position >= 0)];
        if (anomaly.Count <= positions.Count || anomaly.EntityType is null || positions.Count < 2)
        {
            return positions;
        }

        for (int position = positions.Min; position < positions.Max; position++)
        {
            if (string.Equals(
                log.Events[position][anomaly.EntityType]?.ToString(),
                anomaly.Entity,
                StringComparison.OrdinalIgnoreCase))
            {
                positions.Add(position);
            }
        }

        return positions;
    }
}
