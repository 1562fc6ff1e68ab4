using LogAnomaly.Detection;
using LogAnomaly.Features;
using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// Runs a detector of rows over a labelled log: it learns from the rows of the training events and scores the others.
/// </summary>
internal static class RowDetectorRun
{
    /// <summary>The detectors by name, each made with a seed.</summary>
    public static IReadOnlyList<(string Name, Func<int, ILogDetector> Create)> Detectors { get; } =
        [.. LogDetectors.Names.Select(name =>
            (name, (Func<int, ILogDetector>)(seed => LogDetectors.Create(name, seed))))];

    /// <summary>
    /// Scores all events; kinds are judged apart, and their scores made alike by their tail probabilities.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="detector">The detector.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>A score for each event.</returns>
    public static double[] Score(LabelledLog log, ILogDetector detector, CancellationToken cancellation)
    {
        TemplateMiner miner = new();
        foreach (LogEvent logEvent in log.Events)
        {
            miner.Add(logEvent);
        }

        miner.Complete();

        // What the training part does not know stays unknown: nothing of the other part is in the encoding.
        FeatureEncoder encoder = FeatureEncoder.Fit(
            [.. log.Events.Take(log.TestStart)], new FeatureOptions { Terms = 0 });
        double[] scores = new double[log.Events.Count];
        foreach (IGrouping<LogKind, int> group in Enumerable.Range(0, scores.Length)
            .GroupBy(position => log.Events[position].Kind))
        {
            int[] positions = [.. group];
            int training = positions.Count(position => position < log.TestStart);
            FeatureMatrix rows = encoder.Encode(
                group.Key, [.. positions.Select(position => log.Events[position])], cancellation);
            if (training == 0 || rows.ColumnCount == 0)
            {
                // A kind that the training part does not have is as odd as can be.
                Array.ForEach(positions, position => scores[position] = double.MaxValue);
                continue;
            }

            ILogDetectorModel model = detector.Train(First(rows, training), cancellation);
            double[] judged = new double[positions.Length];
            model.ScoreAll(rows, judged, cancellation);
            for (int row = 0; row < judged.Length; row++)
            {
                scores[positions[row]] = -Math.Log(model.TailProbability(judged[row]));
            }
        }

        return scores;
    }

    private static FeatureMatrix First(FeatureMatrix rows, int count)
    {
        float[] values = new float[count * rows.ColumnCount];
        for (int row = 0; row < count; row++)
        {
            rows.Row(row).CopyTo(values.AsSpan(row * rows.ColumnCount));
        }

        return new FeatureMatrix(rows.Names, values);
    }
}
