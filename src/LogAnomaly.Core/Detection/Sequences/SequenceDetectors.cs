namespace LogAnomaly.Detection.Sequences;

/// <summary>The detectors of odd sessions, by name.</summary>
public static class SequenceDetectors
{
    /// <summary>Name of the detector that takes the others together; the one to use.</summary>
    public const string Combined = "Combined";

    // An event that is missing or too many makes two pairs new, so that each pair is half a piece of evidence; and each
    // event beside the nearest normal session is one more of the same, judged without regard to how rare it is.
    private const double PairWeight = 0.5;
    private const double DistanceWeight = 0.5;

    private static readonly (string Name, Func<TrainingSessions, ISequenceScorer> Fit)[] s_detectors =
    [
        ("NewEvent", training => new NewEventScorer(training)),
        ("Length", training => new LengthScorer(training)),
        ("NearestSession", training => new NearestSessionScorer(training)),
        ("EventCounts", training => new EventCountScorer(training)),
        ("PairNovelty", training => new PairNovelty(training)),
        (Combined, training => new SummedScorer(
        [
            (new EventCountScorer(training), 1),
            (new PairNovelty(training), PairWeight),
            (new NearestSessionScorer(training), DistanceWeight),
        ])),
    ];

    /// <summary>
    /// The names: NewEvent (events that no normal session has), Length, NearestSession (counts of events against the
    /// most like normal session), EventCounts (how rare each count is, given the counts that it depends on),
    /// PairNovelty (pairs of events that never came after each other), and Combined.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_detectors.Select(detector => detector.Name)];

    // The combined detector is the one whose alarms are looked at. What speaks of one aspect alone is judged by what
    // the sessions show.
    private const double LeastShare = 0.001;

    /// <summary>Makes a detector.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ArgumentException">There is no detector of that name.</exception>
    public static ISequenceDetector Create(string name)
    {
        foreach ((string known, Func<TrainingSessions, ISequenceScorer> fit) in s_detectors)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return new SequenceDetector(known, fit, known == Combined ? LeastShare : 1);
            }
        }

        throw new ArgumentException(
            $"There is no sequence detector '{name}': name one of {string.Join(", ", Names)}.", nameof(name));
    }
}
