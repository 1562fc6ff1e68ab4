using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Analysis;

/// <summary>How sequence detectors are measured.</summary>
public sealed record SequenceEvaluationOptions
{
    /// <summary>Sessions to learn from, taken as normal; the thresholds come from them alone.</summary>
    public required IReadOnlyList<LogSequence> Training { get; init; }

    /// <summary>Normal sessions to test with; null to hold out a part of the training sessions.</summary>
    public IReadOnlyList<LogSequence>? Normal { get; init; }

    /// <summary>Abnormal sessions to test with.</summary>
    public required IReadOnlyList<LogSequence> Abnormal { get; init; }

    /// <summary>
    /// Share of the training sessions that is held out where there are no normal ones to test with; 0.2 by default.
    /// </summary>
    public double Holdout { get; init; } = 0.2;

    /// <summary>
    /// How often a part is held out at random; 1 by default. Without a part to hold out all runs would be equal, so
    /// there is one.
    /// </summary>
    public int Splits { get; init; } = 1;

    /// <summary>Seed of the first split, 1 by default; each further split takes the next.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The detectors, by default all of <see cref="SequenceDetectors"/>.</summary>
    public IReadOnlyList<ISequenceDetector> Detectors { get; init; } =
        [.. SequenceDetectors.Names.Select(SequenceDetectors.Create)];
}
