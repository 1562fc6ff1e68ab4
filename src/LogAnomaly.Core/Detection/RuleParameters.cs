using System.Globalization;
using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// Reads the numbers of a rule, which stand in it as text: counts and numbers in invariant form, durations such as
/// <c>30s</c>, <c>30m</c>, <c>3h</c>, <c>14d</c>, <c>2w</c>, sizes such as <c>500KB</c>, <c>100MB</c>, <c>1GB</c>.
/// </summary>
/// <param name="rule">The rule.</param>
internal sealed class RuleParameters(LogRule rule)
{
    private static readonly (string Unit, double Factor)[] s_durations =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay),
    ];

    private static readonly (string Unit, double Factor)[] s_sizes =
        [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1), ("", 1)];

    /// <summary>A text.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <returns>The text, or null where the rule does not have it.</returns>
    public string? Text(string name) => rule.Parameters.GetValueOrDefault(name);

    /// <summary>A number from 0.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="fallback">The number where the rule does not have it.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">The text is no such number.</exception>
    public double Number(string name, double fallback) => Text(name) is not { } text
        ? fallback
        : TryNumber(text, out double number) ? number : throw Fault(name, text, "a number from 0, such as 0.5");

    /// <summary>A whole number of a range.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="fallback">The number where the rule does not have it.</param>
    /// <param name="least">The least number that makes sense.</param>
    /// <param name="most">The greatest number that makes sense.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">The text is no such number.</exception>
    public int Count(string name, int fallback, int least = 1, int most = 1_000_000) => Text(name) is not { } text
        ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least
            && count <= most
            ? count
            : throw Fault(
                name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>A duration, in ticks.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="fallback">The duration where the rule does not have it, as it would stand in one.</param>
    /// <returns>Ticks, from 0.</returns>
    /// <exception cref="ArgumentException">The text is no duration.</exception>
    public long Ticks(string name, string fallback)
    {
        string text = Text(name) ?? fallback;
        return TryScale(text, s_durations, StringComparison.Ordinal, out double ticks)
            ? (long)ticks
            : throw Fault(name, text, "a duration such as 30s, 10m, 3h or 14d");
    }

    /// <summary>A size, in bytes.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="fallback">The size where the rule does not have it, as it would stand in one.</param>
    /// <returns>Bytes, from 0.</returns>
    /// <exception cref="ArgumentException">The text is no size.</exception>
    public long Bytes(string name, string fallback)
    {
        string text = Text(name) ?? fallback;
        return TryScale(text, s_sizes, StringComparison.OrdinalIgnoreCase, out double bytes)
            ? (long)bytes
            : throw Fault(name, text, "a size such as 500KB, 100MB or 1GB");
    }

    /// <summary>A level.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="fallback">The level where the rule does not have it.</param>
    /// <returns>The level.</returns>
    /// <exception cref="ArgumentException">The text is no level.</exception>
    public LogLevel Level(string name, LogLevel fallback) => Text(name) is not { } text
        ? fallback
        : Enum.TryParse(text, ignoreCase: true, out LogLevel level) && Enum.IsDefined(level)
            ? level
            : throw Fault(name, text, $"a level: {string.Join(", ", Enum.GetNames<LogLevel>())}");

    // The first unit that the text ends with decides; "ms" stands before "s", "KB" before "B".
    private static bool TryScale(
        string text, (string Unit, double Factor)[] units, StringComparison comparison, out double value)
    {
        value = 0;
        foreach ((string unit, double factor) in units)
        {
            if (text.EndsWith(unit, comparison))
            {
                bool isNumber = TryNumber(text[..^unit.Length].TrimEnd(), out double number)
                    && number * factor < long.MaxValue;
                value = number * factor;
                return isNumber;
            }
        }

        return false;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);

    private ArgumentException Fault(string name, string text, string wanted) =>
        new($"Rule {rule.Id}: the parameter '{name}' is '{text}'; it must be {wanted}.");
}
