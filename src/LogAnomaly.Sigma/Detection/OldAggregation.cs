using System.Globalization;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Detection;

/// <summary>
/// The aggregation of Sigma before there were correlations:
/// <c>function "(" [field] ")" ["by" field *("," field)] comparison number</c>, with the time span in <c>timeframe</c>.
/// </summary>
/// <param name="Type">The type of correlation that does the same.</param>
/// <param name="Fields">The field that is counted or added; empty where events are counted.</param>
/// <param name="GroupBy">Fields whose values make a group.</param>
/// <param name="Bound">The bound of the number.</param>
internal sealed record OldAggregation(
    LogRuleType Type, IReadOnlyList<string> Fields, IReadOnlyList<string> GroupBy, CorrelationBound Bound)
{
    /// <summary>Reads an aggregation.</summary>
    /// <param name="text">What follows the <c>|</c> in the condition.</param>
    /// <param name="line">Its line.</param>
    /// <returns>The aggregation.</returns>
    /// <exception cref="RuleFormatException">It has no equal among the correlations.</exception>
    public static OldAggregation Parse(string text, int line)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        int close = text.IndexOf(')', StringComparison.Ordinal);
        int compare = text.IndexOfAny(['<', '>', '=', '!'], Math.Max(close, 0));
        if (open < 0 || close < open || compare < 0)
        {
            throw Fault(text, line);
        }

        string field = text[(open + 1)..close].Trim();
        string[] by = text[(close + 1)..compare].Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries);
        bool isGrouped = by.Length > 1 && by[0].Equals("by", StringComparison.OrdinalIgnoreCase);
        if (by.Length > 0 && !isGrouped)
        {
            throw Fault(text, line);
        }

        LogRuleType type = TypeOf(text[..open].Trim(), field, text, line);
        return new OldAggregation(
            type, field.Length > 0 ? [field] : [], isGrouped ? by[1..] : [], BoundOf(text, compare, line));
    }

    private static LogRuleType TypeOf(string function, string field, string text, int line) =>
        (function.ToUpperInvariant(), field.Length > 0) switch
        {
            ("COUNT", false) => LogRuleType.EventCount,
            ("COUNT", true) => LogRuleType.ValueCount,
            ("SUM", true) => LogRuleType.ValueSum,
            ("AVG", true) => LogRuleType.ValueAverage,
            _ => throw Fault(text, line),
        };

    private static CorrelationBound BoundOf(string text, int start, int line)
    {
        int end = start;
        while (end < text.Length && text[end] is ('<' or '>' or '=' or '!'))
        {
            end++;
        }

        BoundComparison comparison = text[start..end] switch
        {
            ">" => BoundComparison.Greater,
            ">=" => BoundComparison.GreaterOrEqual,
            "<" => BoundComparison.Less,
            "<=" => BoundComparison.LessOrEqual,
            "=" or "==" => BoundComparison.Equal,
            "!=" => BoundComparison.NotEqual,
            _ => throw Fault(text, line),
        };
        return double.TryParse(text.AsSpan(end), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? new CorrelationBound(comparison, value)
            : throw Fault(text, line);
    }

    private static RuleFormatException Fault(string text, int line) => new(
        line,
        $"The aggregation '{text.Trim()}' of old Sigma has no equal; count, sum and avg with a bound are understood, "
        + "and a document with 'correlation' can say the rest.");
}
