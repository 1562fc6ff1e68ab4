using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>Parts of times, in the zone that the log was written in: an event's time keeps its offset.</summary>
internal static class TimeParts
{
    /// <summary>Reads a part of a time.</summary>
    /// <param name="value">The time, or its text.</param>
    /// <param name="part">The part.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the value is a time.</returns>
    public static bool TryRead(in RuleValue value, TimePart part, out int number)
    {
        number = 0;
        DateTimeOffset time;
        if (value.Kind == RuleValueKind.Time)
        {
            time = value.Time;
        }
        else if (value.Kind != RuleValueKind.Text || !DateTimeOffset.TryParse(
            value.ToText(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            return false;
        }

        number = part switch
        {
            TimePart.Minute => time.Minute,
            TimePart.Hour => time.Hour,
            TimePart.Day => time.Day,
            TimePart.Week => ISOWeek.GetWeekOfYear(time.DateTime),
            TimePart.Month => time.Month,
            _ => time.Year,
        };
        return true;
    }
}
