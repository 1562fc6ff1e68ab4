using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>How many findings somebody is willing to look at in some time, such as five a day.</summary>
/// <param name="Count">Findings, at least 1.</param>
/// <param name="Period">The time, longer than nothing.</param>
public readonly record struct AlertBudget(double Count, TimeSpan Period)
{
    /// <summary>The same as findings a day.</summary>
    public double PerDay => Count / Period.TotalDays;

    /// <summary>Reads a budget.</summary>
    /// <param name="text">Such as <c>5/day</c>, <c>1/hour</c>, <c>10/week</c>, <c>30/month</c> (of 30 days) or
    /// <c>2/6h</c>.</param>
    /// <param name="budget">The budget.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string? text, out AlertBudget budget)
    {
        budget = default;
        string[] parts = (text ?? "").Split('/', StringSplitOptions.TrimEntries);
        if (parts.Length != 2
            || !double.TryParse(
                parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
            || count <= 0
            || !double.IsFinite(count)
            || PeriodOf(parts[1]) is not { } period)
        {
            return false;
        }

        budget = new AlertBudget(count, period);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Period.TotalDays switch
    {
        1 => string.Create(CultureInfo.InvariantCulture, $"{Count}/day"),
        7 => string.Create(CultureInfo.InvariantCulture, $"{Count}/week"),
        30 => string.Create(CultureInfo.InvariantCulture, $"{Count}/month"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Count}/{Period.TotalHours}h"),
    };

    private static TimeSpan? PeriodOf(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "hour" or "h":
                return TimeSpan.FromHours(1);
            case "day" or "d":
                return TimeSpan.FromDays(1);
            case "week" or "w":
                return TimeSpan.FromDays(7);
            case "month":
                return TimeSpan.FromDays(30);
            default:
                return NumberedPeriodOf(text);
        }
    }

    private static TimeSpan? NumberedPeriodOf(string text)
    {
        double hours = char.ToLowerInvariant(text.LastOrDefault()) switch
        {
            'h' => 1,
            'd' => 24,
            'w' => 168,
            _ => 0,
        };
        return hours > 0
            && double.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out double number)
            && number > 0
            && number * hours < 24 * 3_650
                ? TimeSpan.FromHours(number * hours)
                : null;
    }
}
