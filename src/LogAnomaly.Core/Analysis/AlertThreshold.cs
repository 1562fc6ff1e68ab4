using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>From which score on findings are reported, and how many false alarms that lets expect.</summary>
internal static class AlertThreshold
{
    /// <summary>Holds a run to its budget.</summary>
    /// <param name="analysis">The run; takes the threshold, the number held back and the false alarms to be
    /// expected.</param>
    /// <param name="found">What was found.</param>
    /// <param name="options">The budget and the least score.</param>
    /// <param name="history">The findings of earlier runs, or null: then those of this run are the history.</param>
    /// <param name="days">Days of log time of this run.</param>
    /// <param name="families">Kinds of judgements that the learned detectors made.</param>
    /// <returns>The findings that are reported.</returns>
    public static IReadOnlyList<Anomaly> Apply(
        LogAnalysis analysis,
        IReadOnlyList<Anomaly> found,
        AnalysisOptions options,
        AlertHistory? history,
        double days,
        int families)
    {
        double least = options.MinimumScore ?? Score.Reported;
        double threshold = least;
        IReadOnlyList<Anomaly> reported = found;
        if (options.AlertBudget is { } budget && history is { Days: > 0 })
        {
            threshold = history.ScoreFor(budget.PerDay, least);
            reported = [.. found.Where(anomaly => anomaly.Score >= threshold)];
        }
        else if (options.AlertBudget is { } own && Worst(found, own.PerDay * Math.Max(days, 1)) is { } worst)
        {
            reported = worst;
            threshold = worst.Min(anomaly => anomaly.Score);
        }

        // Without a budget a rule's word is enough, however slight: the threshold is that of the learned detectors.
        analysis.MinimumScore = Math.Min(threshold, 100);
        analysis.HeldBack = found.Count - reported.Count;
        analysis.ExpectedFalseAlarmsPerDay = families * Score.ExpectedFrom(threshold) / Math.Max(days, 1);
        return reported;
    }

    // Rules give a handful of scores only, so that a threshold between them would hold back all of one band: of equal
    // ones the first are taken. A budget of less than one finding still lets the worst be seen.
    private static List<Anomaly>? Worst(IReadOnlyList<Anomaly> found, double most)
    {
        int count = (int)Math.Max(1, Math.Min(most, int.MaxValue));
        if (found.Count <= count)
        {
            return null;
        }

        HashSet<Anomaly> worst = [.. found.OrderByDescending(anomaly => anomaly.Score).Take(count)];
        return [.. found.Where(worst.Contains)];
    }
}
