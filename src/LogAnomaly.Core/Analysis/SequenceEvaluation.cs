using System.Diagnostics;
using LogAnomaly.Detection.Sequences;
using LogAnomaly.Numerics;

namespace LogAnomaly.Analysis;

/// <summary>
/// Measures sequence detectors on labelled sessions, with thresholds from the training sessions alone.
/// </summary>
public static class SequenceEvaluation
{
    /// <summary>Measures.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>A measurement for each detector, in their order.</returns>
    /// <exception cref="ArgumentException">There are too few sessions.</exception>
    public static IReadOnlyList<DetectorMeasurement> Measure(
        SequenceEvaluationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Splits, 1, nameof(options));
        int held = options.Normal is null ? (int)Math.Round(options.Training.Count * options.Holdout) : 0;
        if (options.Training.Count - held < 2 || (options.Normal is null && held < 1))
        {
            throw new ArgumentException(
                "There are too few training sessions: two must be left to learn from, and one to test with.",
                nameof(options));
        }

        int splits = options.Normal is null ? options.Splits : 1;
        List<DetectorMeasurement>[] runs = [.. options.Detectors.Select(_ => new List<DetectorMeasurement>())];
        for (int split = 0; split < splits; split++)
        {
            LogSequence[] training = [.. options.Training];
            if (held > 0)
            {
                new SeededRandom((ulong)(uint)(options.Seed + split)).Shuffle(training.AsSpan());
            }

            LogSequence[] normal = options.Normal is null ? training[^held..] : [.. options.Normal];
            for (int i = 0; i < runs.Length; i++)
            {
                runs[i].Add(Measure(options.Detectors[i], training[..^held], normal, options.Abnormal, cancellation));
            }
        }

        return Array.ConvertAll(runs, MeasurementMean.Of);
    }

    private static DetectorMeasurement Measure(
        ISequenceDetector detector, LogSequence[] training, LogSequence[] normal, IReadOnlyList<LogSequence> abnormal,
        CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ISequenceModel model = detector.Train(training, cancellation);
        LogSequence[] tested = [.. normal, .. abnormal];
        double[] scores = new double[tested.Length];
        Parallel.For(
            0,
            tested.Length,
            new ParallelOptions { CancellationToken = cancellation },
            i => scores[i] = model.Score(tested[i]));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bool[] anomalous = [.. tested.Select((_, place) => place >= normal.Length)];
        ConfusionCounts counts = ConfusionCounts.Of(
            Array.ConvertAll(scores, score => score > model.Threshold), anomalous);
        return new DetectorMeasurement
        {
            Detector = detector.Name,
            Unit = "Session",
            Precision = counts.Precision,
            Recall = counts.Recall,
            F1 = counts.F1,
            RocAuc = RankMetrics.RocAuc(scores, anomalous),
            AveragePrecision = RankMetrics.AveragePrecision(scores, anomalous),
            Threshold = model.Threshold,
            TrainingCount = training.Length,
            TruePositives = counts.TruePositives,
            FalsePositives = counts.FalsePositives,
            FalseNegatives = counts.FalseNegatives,
            TrueNegatives = counts.TrueNegatives,
            Seconds = seconds,
        };
    }
}
