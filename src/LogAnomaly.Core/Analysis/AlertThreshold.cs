using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>From which score on findings are reported, and how many false alarms that lets expect.</summary>
internal static class AlertThreshold
{
    /// <summary>Holds a run to its budget.</summary>
    /// <param name="analysis">The run; takes the threshold, the number held back and the false alarms to be expected.</param>
    /// <param name="found">What was found.</param>
    /// <param name="options">The budget and the least score.</param>
    /// <param name="history">The findings of earlier runs, or null: then those of this run are the history.</param>
    /// <param name="days">Days of log time of this run.</param>
    /// <param name="families">Kinds of judgements that the learned detectors made.</param>
    /// <returns>The findings that are reported.</returns>
    public static IReadOnlyList<Anomaly> Apply(
        LogAnalysis analysis, IReadOnlyList<Anomaly> found, AnalysisOptions options, AlertHistory? history, double days, int families)
    {
        double least = options.MinimumScore ?? Score.Reported;
        double threshold = options.AlertBudget is { } budget
            ? (history is { Days: > 0 } ? history : Of(found, days)).ScoreFor(budget.PerDay, least)
            : least;

        // Without a budget a rule's word is enough, however slight: the threshold is that of the learned detectors.
        IReadOnlyList<Anomaly> reported = options.AlertBudget is null ? found : [.. found.Where(anomaly => anomaly.Score >= threshold)];
        analysis.MinimumScore = Math.Min(threshold, 100);
        analysis.HeldBack = found.Count - reported.Count;
        analysis.ExpectedFalseAlarmsPerDay = families * Score.ExpectedFrom(threshold) / Math.Max(days, 1);
        return reported;
    }

    private static AlertHistory Of(IReadOnlyList<Anomaly> found, double days)
    {
        AlertHistory history = new();
        history.Add(found.Select(anomaly => anomaly.Score), days);
        return history;
    }
}
