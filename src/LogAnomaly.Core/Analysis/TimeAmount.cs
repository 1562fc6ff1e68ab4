using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>
/// Spans of time as people write them: <c>14d</c>, <c>12h</c>, <c>30m</c>, <c>2w</c>, or <c>14.00:00:00</c>.
/// </summary>
public static class TimeAmount
{
    private const double MostDays = 36_500;

    /// <summary>Reads a span.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The span, above zero and at most a hundred years.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        span = TimeSpan.Zero;
        string trimmed = text.Trim();
        double days = trimmed.Length < 2 ? 0 : char.ToLowerInvariant(trimmed[^1]) switch
        {
            'w' => 7,
            'd' => 1,
            'h' => 1 / 24.0,
            'm' => 1 / 1440.0,
            's' => 1 / 86400.0,
            _ => 0,
        };
        if (days == 0)
        {
            return trimmed.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out span) && IsUsable(span);
        }

        bool isNumber = double.TryParse(
            trimmed[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        if (!isNumber || !(number * days <= MostDays))
        {
            return false;
        }

        span = TimeSpan.FromSeconds(Math.Round(number * days * 86400));
        return IsUsable(span);
    }

    private static bool IsUsable(TimeSpan span) => span > TimeSpan.Zero && span.TotalDays <= MostDays;
}
