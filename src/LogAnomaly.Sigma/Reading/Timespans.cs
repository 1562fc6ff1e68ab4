using System.Globalization;

namespace LogAnomaly.Sigma.Reading;

/// <summary>Reads spans of time: a number and a letter, as in <c>10m</c>.</summary>
internal static class Timespans
{
    /// <summary>Reads a span.</summary>
    /// <param name="text">The text; s, m, h, d and w are exact, M has 30 days and y has 365.</param>
    /// <param name="line">Its line.</param>
    /// <returns>The span.</returns>
    /// <exception cref="RuleFormatException">The text is no span.</exception>
    public static TimeSpan Parse(string text, int line)
    {
        double seconds = text.Length < 2 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 7 * 86_400,
            'M' => 30 * 86_400,
            'y' => 365 * 86_400,
            _ => 0,
        };
        bool isNumber = double.TryParse(
            text.AsSpan(0, Math.Max(text.Length - 1, 0)),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double number);
        double length = number * seconds;
        return isNumber && length is > 0 and < 100 * 365 * 86_400d
            ? TimeSpan.FromSeconds(length)
            : throw new RuleFormatException(line, $"'{text}' is no span of time such as 30s, 10m, 24h or 7d.");
    }
}
