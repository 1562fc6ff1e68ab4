using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>How an input is analysed.</summary>
public sealed record AnalysisOptions
{
    /// <summary>
    /// Least score of an anomaly that is reported, 0 to 100. Null, the default, is 25, the least that is called Low:
    /// chance alone puts such a finding of a learned detector into one log in thirty. Lesser scores rank what is to be
    /// expected in any log of its length.
    /// </summary>
    public double? MinimumScore { get; init; }

    /// <summary>
    /// Findings that somebody is willing to look at: the threshold is raised until the history (that of the baseline,
    /// else this run) kept to it. Null for no budget.
    /// </summary>
    public AlertBudget? AlertBudget { get; init; }

    /// <summary>
    /// What is normal, learned before. Events are then judged as they come, by it, and not at the end, by each other.
    /// Null for none.
    /// </summary>
    public LogBaseline? Baseline { get; init; }

    /// <summary>
    /// The detectors that judge single events by each other, by the names of <see cref="Detection.LogDetectors"/>; the
    /// isolation forest by default. A baseline brings its own.
    /// </summary>
    public IReadOnlyList<string> Models { get; init; } = [nameof(Detection.IsolationForest)];

    /// <summary>
    /// Seed of the learned detectors, 1 by default. Equal inputs, options and seeds give equal results.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Templates that are kept apart, 20,000 by default; further ones count together.</summary>
    public int MaximumTemplates { get; init; } = 20_000;

    /// <summary>
    /// Whether events are counted by what they are about, for <see cref="LogAnalysis.GetCube"/>; true by default. What
    /// makes no page needs no counts.
    /// </summary>
    public bool KeepCube { get; init; } = true;

    /// <summary>
    /// Gives the country of a source for the counts, as the page tells it, or null for one that has none; null for no
    /// countries. Asked once for each source.
    /// </summary>
    public Func<string, string?>? CountryOf { get; init; }

    /// <summary>
    /// The rules that events are held against; null, the default of the engine, for none. Commands give the built-in
    /// set.
    /// </summary>
    public RuleSet? Rules { get; init; }

    /// <summary>Which detectors run; all by default.</summary>
    public DetectorKinds Detectors { get; init; } = DetectorKinds.All;

    /// <summary>
    /// Ids of rules that make no finding, with * and ? as wildcards; rules that build on them still see their hits.
    /// </summary>
    public IReadOnlyList<string> ExcludedRules { get; init; } = [];

    /// <summary>Least severity of an anomaly that is reported; all by default.</summary>
    public Severity MinimumSeverity { get; init; } = Severity.Informational;

    /// <summary>What is hidden from the anomalies, and counted; null for nothing.</summary>
    public SuppressionSet? Suppressions { get; init; }

    /// <summary>The time by which it is judged whether a suppression has expired; null for the present one.</summary>
    public DateTimeOffset? SuppressionTime { get; init; }

    /// <summary>
    /// What users have said of earlier findings, by which later ones are ranked again; null for nothing.
    /// </summary>
    public VerdictSet? Verdicts { get; init; }
}
