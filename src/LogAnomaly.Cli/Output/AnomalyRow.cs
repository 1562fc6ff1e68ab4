namespace LogAnomaly.Cli.Output;

/// <summary>A row of the table: an anomaly, and how many say the same.</summary>
/// <param name="Worst">The anomaly of the highest score.</param>
/// <param name="Repeats">Anomalies in the row.</param>
internal sealed record AnomalyRow(Anomaly Worst, int Repeats)
{
    /// <summary>A row for each anomaly.</summary>
    /// <param name="anomalies">The anomalies, the worst first.</param>
    /// <param name="most">Most rows.</param>
    /// <returns>The rows.</returns>
    public static IReadOnlyList<AnomalyRow> Each(IReadOnlyList<Anomaly> anomalies, int most) =>
        [.. anomalies.Take(most).Select(anomaly => new AnomalyRow(anomaly, 1))];

    /// <summary>
    /// A row for each template (for each title, where there is no template), so that the rows say different things.
    /// </summary>
    /// <param name="anomalies">The anomalies, the worst first.</param>
    /// <param name="most">Most rows.</param>
    /// <returns>The rows, the worst first.</returns>
    public static IReadOnlyList<AnomalyRow> ByTemplate(IReadOnlyList<Anomaly> anomalies, int most) =>
    [
        .. anomalies
            .GroupBy(anomaly => (anomaly.RuleId, Text: anomaly.TemplateId ?? anomaly.Title))
            .Select(group => new AnomalyRow(group.First(), group.Count()))
            .Take(most),
    ];
}
