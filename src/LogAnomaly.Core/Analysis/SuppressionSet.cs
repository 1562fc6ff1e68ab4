namespace LogAnomaly.Analysis;

/// <summary>
/// Suppressions that are applied together, in their order: the first that matches a finding hides it.
/// </summary>
public sealed class SuppressionSet
{
    private readonly SuppressionMatcher[] _matchers;

    /// <summary>Creates a set.</summary>
    /// <param name="suppressions">The suppressions.</param>
    /// <exception cref="FormatException">One names neither a rule nor a field, or a network that is none.</exception>
    public SuppressionSet(IEnumerable<LogSuppression> suppressions)
    {
        ArgumentNullException.ThrowIfNull(suppressions);
        Suppressions = [.. suppressions];
        foreach (LogSuppression suppression in Suppressions)
        {
            SuppressionCheck.Require(suppression);
        }

        _matchers = [.. Suppressions.Select(suppression => new SuppressionMatcher(suppression))];
    }

    /// <summary>The suppressions, in their order.</summary>
    public IReadOnlyList<LogSuppression> Suppressions { get; }

    /// <summary>Finds what hides a finding.</summary>
    /// <param name="anomaly">The finding.</param>
    /// <param name="at">The present time; what has expired by then hides nothing. The time of the log does not
    /// matter.</param>
    /// <returns>The first suppression that matches, or null where the finding is to be shown.</returns>
    public LogSuppression? Find(Anomaly anomaly, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(anomaly);
        foreach (SuppressionMatcher matcher in _matchers)
        {
            if (!matcher.Suppression.IsExpired(at) && matcher.Matches(anomaly))
            {
                return matcher.Suppression;
            }
        }

        return null;
    }

    /// <summary>Hides findings of an analysis, keeps them apart and counts them in its ledger.</summary>
    /// <param name="analysis">The analysis; its anomalies become those that are left.</param>
    /// <param name="at">The present time.</param>
    internal void Apply(LogAnalysis analysis, DateTimeOffset at)
    {
        List<Anomaly> kept = [];
        List<SuppressedAnomaly> hidden = [];
        foreach (Anomaly anomaly in analysis.Anomalies)
        {
            LogSuppression? found = Find(anomaly, at);
            anomaly.Event = null;
            if (found is { } suppression)
            {
                hidden.Add(new SuppressedAnomaly(anomaly, suppression));
            }
            else
            {
                kept.Add(anomaly);
            }
        }

        analysis.Anomalies = kept;
        analysis.Suppressed = hidden;
        analysis.Ledger.Suppressed =
        [
            .. hidden.GroupBy(entry => entry.Suppression.Id, StringComparer.Ordinal)
                .Select(group => new NameCount(group.Key, group.LongCount())),
        ];
    }
}
