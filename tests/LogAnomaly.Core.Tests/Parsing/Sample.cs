using System.Globalization;
using System.Text;

using LogAnomaly.Parsing;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// A line and every field that its event must carry, as "Field: value" lines in the order of the fields.
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Expected">The fields.</param>
internal sealed record Sample(string Line, string Expected)
{
    private static readonly DateTimeOffset s_reference = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly LogField[] s_commonFields =
        [LogField.Timestamp, LogField.Program, LogField.ProcessId, LogField.Level, LogField.Message];

    /// <summary>A context whose zone is UTC and whose reference time is fixed.</summary>
    public static ParseContext NewContext() =>
        new(new LogSource("(test)"), new LogClock(TimeZoneInfo.Utc, s_reference));

    /// <summary>Parses a line of text in a context of its own.</summary>
    public static LogEvent? Parse(LogFormat format, string line) =>
        format.Parse(LogLine.FromString(line), NewContext());

    /// <summary>The fields of an event that are set, one a line.</summary>
    public static string Describe(LogEvent made)
    {
        StringBuilder text = new();
        foreach (LogField field in s_commonFields.Concat(made.GetKindFields()))
        {
            if (made.GetValue(field) is { } value)
            {
                string shown = value is DateTimeOffset time
                    ? time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture)
                    : Convert.ToString(value, CultureInfo.InvariantCulture)!;
                text.Append(field).Append(": ").Append(shown).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');
    }
}
