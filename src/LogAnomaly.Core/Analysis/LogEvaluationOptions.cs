using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>How detectors are measured on a labelled log.</summary>
public sealed record LogEvaluationOptions
{
    /// <summary>Where it is said which lines are anomalous.</summary>
    public required LogLabelSource Labels { get; init; }

    /// <summary>
    /// Names of the detectors: Rules, Learned and All for the findings of the analysis, or a detector of rows such as
    /// IsolationForest; by default all of <see cref="LogEvaluation.DetectorNames"/>. The simple detectors always stand
    /// beside them.
    /// </summary>
    public IReadOnlyList<string> Detectors { get; init; } = LogEvaluation.DetectorNames;

    /// <summary>Share of the events, the earliest, to learn from; 0.5 by default. The others are tested.</summary>
    public double TrainingShare { get; init; } = 0.5;

    /// <summary>Number of runs, each with a seed of its own; 1 by default.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Seed of the first run, 1 by default; each further run takes the next.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Least severity of a finding that counts; Medium by default.</summary>
    public Severity MinimumSeverity { get; init; } = Severity.Medium;

    /// <summary>The rules, or null for none.</summary>
    public RuleSet? Rules { get; init; }
}
