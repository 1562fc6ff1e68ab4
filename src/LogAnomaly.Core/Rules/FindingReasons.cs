using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>Says in words and numbers why a finding is one.</summary>
internal static class FindingReasons
{
    /// <summary>The reasons of a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>The reasons, that of the gravest rule first; their contributions add up to 1.</returns>
    public static IReadOnlyList<Reason> Of(RuleFinding finding)
    {
        List<FindingCause> causes = [.. finding.Causes.OrderByDescending(cause => cause.Rule.Severity)];
        List<Reason> reasons = new(causes.Count);
        foreach (FindingCause cause in causes)
        {
            double share = 1.0 / causes.Count;
            string seen = reasons.Count == 0 ? Seen(finding) : "";
            reasons.Add(cause.Reason is { } own
                ? own with { Contribution = share, Sentence = own.Sentence + seen }
                : new Reason(
                    cause.Rule.Type.ToString(),
                    FeatureOf(cause.Rule, finding),
                    NumberOf(cause.Number),
                    TypicalOf(cause.Rule, finding),
                    share,
                    SentenceOf(finding, cause) + seen));
        }

        return reasons;
    }

    private static string SentenceOf(RuleFinding finding, FindingCause cause)
    {
        LogRule rule = cause.Rule;
        string whom = finding.Entity is { } entity ? $" ({finding.EntityType} {VisibleText.Start(entity, 120)})" : "";
        string within = Within(finding);
        string count = finding.Count.ToString("N0", CultureInfo.InvariantCulture);
        string events = finding.Count == 1 ? "event" : "events";
        string asks = rule.Timespan is { } span
            ? $"; the rule asks for {AsksFor(rule, finding)} within {Words(span)}"
            : "";
        string gap = rule.Correlation is { LeastMedianGap: { Ticks: > 0 } least }
            ? $", at least {Words(least)} apart (median)"
            : "";
        string what = rule.Type switch
        {
            LogRuleType.Detection or LogRuleType.Learned => $"{count} {events}{whom}{within}",
            LogRuleType.EventCount => $"{count} {events}{whom}{within}, up to {NumberOf(cause.Number)} in a window",
            LogRuleType.ValueCount =>
                $"{NumberOf(cause.Number)} distinct values of {FieldsOf(rule)} in {count} {events}{whom}{within}",
            LogRuleType.ValueSum =>
                $"a sum of {FieldsOf(rule)} of {NumberOf(cause.Number)} in {count} {events}{whom}{within}",
            LogRuleType.ValueAverage =>
                $"a mean of {FieldsOf(rule)} of {NumberOf(cause.Number)} in {count} {events}{whom}{within}",
            LogRuleType.ValuePercentile =>
                $"a percentile ({NumberOf(rule.Correlation!.Percentile)}) of {FieldsOf(rule)} of "
                    + $"{NumberOf(cause.Number)} in {count} {events}{whom}{within}",
            _ => $"{NumberOf(cause.Number)} kinds of events together, {count} {events}{whom}{within}",
        };
        return $"{rule.Title}: {what}{asks}{gap}.";
    }

    private static string Seen(RuleFinding finding)
    {
        string users = finding.Users.Distinct > 1 ? $" Users: {finding.Users.Describe()}." : "";
        string sources = finding.Sources.Distinct > 1 ? $" Sources: {finding.Sources.Describe()}." : "";
        return users + sources;
    }

    private static string AsksFor(LogRule rule, RuleFinding finding) => rule.Type switch
    {
        LogRuleType.Temporal when rule.Correlation!.Condition is not null => "its condition",
        LogRuleType.Temporal => $"all of {string.Join(", ", PartsOf(rule, finding))}",
        LogRuleType.TemporalOrdered => string.Join(", then ", PartsOf(rule, finding)),
        _ => BoundsOf(rule),
    };

    private static IEnumerable<string> PartsOf(LogRule rule, RuleFinding finding) =>
        rule.Correlation!.Rules.Select(part => $"\"{finding.FindingKind.Titles.GetValueOrDefault(part, part)}\"");

    private static string TypicalOf(LogRule rule, RuleFinding finding) =>
        rule.Correlation is null ? "0" : AsksFor(rule, finding);

    private static string BoundsOf(LogRule rule) => string.Join(
        " and ",
        rule.Correlation!.Bounds.Select(Words)
            .Concat(rule.Correlation.PerValue.Select(bound => $"{Words(bound)} each")));

    private static string FeatureOf(LogRule rule, RuleFinding finding) => rule.Correlation switch
    {
        { Fields.Count: > 0 } => FieldsOf(rule),
        { GroupBy.Count: > 0 } correlation => string.Join(", ", correlation.GroupBy),
        _ => finding.EntityType ?? "Event",
    };

    private static string FieldsOf(LogRule rule) => string.Join(", ", rule.Correlation!.Fields);

    private static string Within(RuleFinding finding) => finding.LastTicks <= finding.FirstTicks
        ? ""
        : $" within {Words(TimeSpan.FromTicks(finding.LastTicks - finding.FirstTicks))}";

    private static string NumberOf(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);

    private static string Words(CorrelationBound bound)
    {
        string number = NumberOf(bound.Value);
        return bound.Comparison switch
        {
            BoundComparison.GreaterOrEqual => $"at least {number}",
            BoundComparison.Greater => $"more than {number}",
            BoundComparison.LessOrEqual => $"at most {number}",
            BoundComparison.Less => $"fewer than {number}",
            BoundComparison.NotEqual => $"other than {number}",
            _ => $"exactly {number}",
        };
    }

    private static string Words(TimeSpan span)
    {
        (double Count, string Unit) amount = span switch
        {
            { TotalDays: >= 3 } => (span.TotalDays, "day"),
            { TotalHours: >= 2 } => (span.TotalHours, "hour"),
            { TotalMinutes: >= 2 } => (span.TotalMinutes, "minute"),
            _ => (span.TotalSeconds, "second"),
        };
        string number = amount.Count.ToString("0.#", CultureInfo.InvariantCulture);
        return number == "1" ? $"1 {amount.Unit}" : $"{number} {amount.Unit}s";
    }
}
