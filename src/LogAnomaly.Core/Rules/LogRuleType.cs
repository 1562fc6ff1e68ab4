namespace LogAnomaly.Rules;

/// <summary>
/// What a rule looks at: one event, or many together as in Sigma's correlations, or what was learned before.
/// </summary>
public enum LogRuleType
{
    /// <summary>One event that satisfies a condition.</summary>
    Detection,

    /// <summary>So many events of a group within a time span; Sigma's <c>event_count</c>.</summary>
    EventCount,

    /// <summary>So many distinct values of a field; Sigma's <c>value_count</c>.</summary>
    ValueCount,

    /// <summary>The sum of a field; Sigma's <c>value_sum</c>.</summary>
    ValueSum,

    /// <summary>The mean of a field; Sigma's <c>value_avg</c>.</summary>
    ValueAverage,

    /// <summary>A percentile of a field; Sigma's <c>value_percentile</c>.</summary>
    ValuePercentile,

    /// <summary>Several rules within a time span, in any order; Sigma's <c>temporal</c>.</summary>
    Temporal,

    /// <summary>
    /// Several rules within a time span, in the order in which they are named; Sigma's <c>temporal_ordered</c>.
    /// </summary>
    TemporalOrdered,

    /// <summary>Judged by a detector that learns what is usual.</summary>
    Learned,
}
