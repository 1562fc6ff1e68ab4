namespace LogAnomaly.Cli.Output;

/// <summary>A row of the table: an anomaly, and how many say the same.</summary>
/// <param name="Worst">The anomaly of the highest score.</param>
/// <param name="Repeats">Anomalies in the row.</param>
/// <param name="Times">How often it was seen: the counts of the anomalies together, since a finding stands for many
/// lines.</param>
internal sealed record AnomalyRow(Anomaly Worst, int Repeats, long Times)
{
    /// <summary>A row for each anomaly.</summary>
    /// <param name="anomalies">The anomalies, the worst first.</param>
    /// <param name="most">Most rows.</param>
    /// <returns>The rows.</returns>
    public static IReadOnlyList<AnomalyRow> Each(IReadOnlyList<Anomaly> anomalies, int most) =>
        [.. anomalies.Take(most).Select(anomaly => new AnomalyRow(anomaly, 1, anomaly.Count))];

    /// <summary>A row for all that say the same, so that the rows say different things.</summary>
    /// <param name="anomalies">The anomalies, the worst first.</param>
    /// <param name="most">Most rows.</param>
    /// <returns>The rows, the worst first.</returns>
    public static IReadOnlyList<AnomalyRow> Distinct(IReadOnlyList<Anomaly> anomalies, int most) =>
    [
        .. anomalies
            .GroupBy(Subject)
            .Select(group => new AnomalyRow(group.First(), group.Count(), group.Sum(anomaly => anomaly.Count)))
            .Take(most),
    ];

    // Requests share a template whatever they are after: what tells them apart is who sends them and what stands out.
    // Of other events the template says what they are; where there is none, the title does.
    // Findings of one rule are told apart by whom they are about.
    private static (string? Rule, string? What, string? Feature) Subject(Anomaly anomaly) => anomaly.RuleId is { } rule
        ? (rule, anomaly.Entity, null)
        : anomaly.Kind == LogKind.Access
            ? (null, anomaly.SourceIP, anomaly.Reasons.Count > 0 ? anomaly.Reasons[0].Feature : null)
            : (null, anomaly.TemplateId ?? anomaly.Title, null);
}
