using System.Diagnostics;

namespace LogAnomaly.Analysis;

/// <summary>
/// Measures detectors on a labelled log. The earliest events are learned from and the others are tested; nothing is
/// drawn at random, and no label is seen before the counting.
/// </summary>
public sealed class LogEvaluation
{
    private readonly LogEvaluationOptions _options;
    private readonly List<LogEvent> _events = [];

    /// <summary>Creates an evaluation.</summary>
    /// <param name="options">What to measure.</param>
    /// <exception cref="ArgumentException">There is no detector of a name.</exception>
    public LogEvaluation(LogEvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));
        foreach (string name in options.Detectors)
        {
            if (!DetectorNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"There is no detector '{name}': name one of {string.Join(", ", DetectorNames)}.", nameof(options));
            }
        }

        _options = options;
    }

    /// <summary>The names of the detectors that can be chosen.</summary>
    public static IReadOnlyList<string> DetectorNames { get; } =
    [
        nameof(DetectorKinds.Rules),
        nameof(DetectorKinds.Learned),
        nameof(DetectorKinds.All),
        .. RowDetectorRun.Detectors.Select(detector => detector.Name),
    ];

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _events.Add(logEvent);
    }

    /// <summary>Ends the input and measures.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>A measurement for each detector that was chosen, in that order, then for each simple one.</returns>
    /// <exception cref="InvalidDataException">The labels cannot be read, or no event that is tested has one; the
    /// message says which.</exception>
    public IReadOnlyList<DetectorMeasurement> Complete(CancellationToken cancellation = default)
    {
        LabelledLog log = new(_events, _options.Labels, _options.TrainingShare);
        if (log.Incidents.Count == 0 && !log.Anomalous.Contains(true))
        {
            throw new InvalidDataException(
                "Nothing in the tested part of the log is labelled as anomalous, so that nothing can be measured: "
                    + "check the labels, or take a smaller training share.");
        }

        List<DetectorMeasurement> rows = [];
        foreach (string name in _options.Detectors)
        {
            rows.Add(Measure(name, isSimple: false, log, seed => Judge(name, log, seed, cancellation), HasSeed(name)));
        }

        foreach ((string name, Func<LabelledLog, int, double[]> score) in SimpleDetectors.All)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(Measure(
                name, isSimple: true, log, seed => DetectorVerdict.Of(log, score(log, seed)), name == "Random"));
        }

        return rows;
    }

    private static bool HasSeed(string name) =>
        !string.Equals(name, nameof(DetectorKinds.Rules), StringComparison.OrdinalIgnoreCase);

    private DetectorVerdict Judge(string name, LabelledLog log, int seed, CancellationToken cancellation)
    {
        foreach ((string known, Func<int, Detection.ILogDetector> create) in RowDetectorRun.Detectors)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return DetectorVerdict.Of(log, RowDetectorRun.Score(log, create(seed), cancellation));
            }
        }

        AnalysisOptions options = new()
        {
            Seed = seed,
            Rules = _options.Rules,
            Detectors = Enum.Parse<DetectorKinds>(name, ignoreCase: true),
            MinimumSeverity = _options.MinimumSeverity,
        };
        return AnalysisRun.Judge(log, options, cancellation);
    }

    // A detector that draws nothing at random is run once: its further runs would be the same.
    private DetectorMeasurement Measure(
        string name, bool isSimple, LabelledLog log, Func<int, DetectorVerdict> judge, bool hasSeed)
    {
        List<DetectorMeasurement> runs = [];
        for (int run = 0; run < (hasSeed ? _options.Runs : 1); run++)
        {
            long start = Stopwatch.GetTimestamp();
            DetectorVerdict verdict = judge(_options.Seed + run);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            runs.Add(VerdictCount.Of(log, verdict) with { Detector = name, IsSimple = isSimple, Seconds = seconds });
        }

        return MeasurementMean.Of(runs);
    }
}
