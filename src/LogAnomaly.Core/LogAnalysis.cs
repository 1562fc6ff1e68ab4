namespace LogAnomaly;

/// <summary>
/// The result of one run: what was read, what it holds, and what is wrong in it. Commands and the page are drawn from
/// it.
/// </summary>
public sealed class LogAnalysis
{
    /// <summary>The account of every line.</summary>
    public ParseLedger Ledger { get; internal init; } = new();

    /// <summary>What the input holds.</summary>
    public LogSummary Summary { get; internal set; } = new();

    /// <summary>The templates, the most frequent first.</summary>
    public IReadOnlyList<LogTemplate> Templates { get; internal set; } = [];

    /// <summary>The anomalies, the highest score first, then in the order of the input.</summary>
    public IReadOnlyList<Anomaly> Anomalies { get; internal set; } = [];

    /// <summary>
    /// The anomalies that suppressions hid, in the same order, each with what hid it; empty where none was.
    /// </summary>
    public IReadOnlyList<SuppressedAnomaly> Suppressed { get; internal set; } = [];

    /// <summary>The anomalies whose score a verdict changed, in the order of the input; empty where none did.</summary>
    public IReadOnlyList<VerdictChange> Changed { get; internal set; } = [];

    /// <summary>
    /// The score from which anomalies were reported, 0 to 100; the least, where kinds of events had different ones.
    /// </summary>
    public double MinimumScore { get; internal set; }

    /// <summary>
    /// How many findings of the learned detectors chance alone lets expect in a day of such a log, at or above
    /// <see cref="MinimumScore"/>.
    /// </summary>
    public double ExpectedFalseAlarmsPerDay { get; internal set; }

    /// <summary>
    /// Findings that the budget of alerts held back: they scored at least the minimum asked for, and no more than
    /// <see cref="MinimumScore"/>.
    /// </summary>
    public long HeldBack { get; internal set; }

    /// <summary>What counted the events, or null where none were counted.</summary>
    internal ILogCounts? Cube { get; init; }

    /// <summary>
    /// The events counted by time and by what they are about, with samples of the lines: what a page needs that can be
    /// filtered. It is made of the counts at each call, with what the anomalies name broken down first. A method and
    /// not a property, so that it does not print.
    /// </summary>
    /// <param name="options">How to tell the counts, or null for the defaults.</param>
    /// <returns>The counts; those of nothing where <c>AnalysisOptions.KeepCube</c> was off.</returns>
    public LogCube GetCube(CubeOptions? options = null) =>
        Cube?.Build(Anomalies, options) ?? new LogCube();

    /// <summary>
    /// The same analysis with other anomalies, such as those that a user has chosen; the timeline counts these.
    /// </summary>
    /// <param name="anomalies">The anomalies, in the order in which they are to be shown.</param>
    /// <returns>The new analysis.</returns>
    public LogAnalysis WithAnomalies(IReadOnlyList<Anomaly> anomalies)
    {
        ArgumentNullException.ThrowIfNull(anomalies);
        return new LogAnalysis
        {
            Ledger = Ledger,
            Cube = Cube,
            Summary = Summary.WithTimeline(Recount(anomalies)),
            Templates = Templates,
            Anomalies = anomalies,
            Suppressed = Suppressed,
            Changed = Changed,
            MinimumScore = MinimumScore,
            ExpectedFalseAlarmsPerDay = ExpectedFalseAlarmsPerDay,
            HeldBack = HeldBack,
        };
    }

    private List<TimelineBucket> Recount(IReadOnlyList<Anomaly> anomalies)
    {
        long step = Math.Max(Summary.TimelineStep.Ticks, 1);
        List<TimelineBucket> timeline = [.. Summary.Timeline];
        for (int i = 0; i < timeline.Count; i++)
        {
            long start = timeline[i].Start.UtcTicks;
            timeline[i] = timeline[i] with
            {
                Anomalies = anomalies.LongCount(
                    anomaly => anomaly.Timestamp?.UtcTicks is long time && time >= start && time - start < step),
            };
        }

        return timeline;
    }
}
