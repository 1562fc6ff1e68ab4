namespace LogAnomaly.Analysis;

/// <summary>What a suppression is good for, seen on one analysis.</summary>
/// <param name="Suppression">The suppression.</param>
/// <param name="State">Whether it hides findings.</param>
/// <param name="Hidden">Findings that it hid.</param>
/// <param name="Matched">Findings that it matches: those that it hid, that another one hid first, or that it would hide
/// had it not expired.</param>
/// <param name="Examples">Up to three of the findings that it matches, the gravest.</param>
public sealed record SuppressionUse(
    LogSuppression Suppression, SuppressionState State, long Hidden, long Matched, IReadOnlyList<Anomaly> Examples)
{
    private const int MostExamples = 3;

    /// <summary>Id of the suppression.</summary>
    public string Id => Suppression.Id;

    /// <summary>Tries suppressions on an analysis.</summary>
    /// <param name="analysis">The analysis, with or without the suppressions applied.</param>
    /// <param name="suppressions">The suppressions.</param>
    /// <param name="at">The present time.</param>
    /// <returns>What each is good for, in their order.</returns>
    public static IReadOnlyList<SuppressionUse> Of(LogAnalysis analysis, SuppressionSet suppressions, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(suppressions);
        List<Anomaly> all = [.. analysis.Suppressed.Select(entry => entry.Anomaly).Concat(analysis.Anomalies)];
        Dictionary<Anomaly, LogSuppression> hidden = analysis.Suppressed.ToDictionary(
            entry => entry.Anomaly, entry => entry.Suppression);
        return [.. suppressions.Suppressions.Select(suppression => Of(suppression, all, hidden, at))];
    }

    private static SuppressionUse Of(
        LogSuppression suppression, List<Anomaly> all, Dictionary<Anomaly, LogSuppression> hidden, DateTimeOffset at)
    {
        SuppressionMatcher matcher = new(suppression);

        // What is hidden by it matches, even where it named a field of the event, which is gone by now.
        List<Anomaly> matched = all.FindAll(
            anomaly => hidden.GetValueOrDefault(anomaly)?.Id == suppression.Id || matcher.Matches(anomaly));
        SuppressionState state = suppression.IsExpired(at) ? SuppressionState.Expired
            : matched.Count == 0 ? SuppressionState.Dead
            : SuppressionState.Active;
        return new SuppressionUse(
            suppression,
            state,
            hidden.Values.LongCount(by => by.Id == suppression.Id),
            matched.Count,
            [.. matched.OrderByDescending(anomaly => anomaly.Severity)
                .ThenByDescending(anomaly => anomaly.Score)
                .Take(MostExamples)]);
    }
}
