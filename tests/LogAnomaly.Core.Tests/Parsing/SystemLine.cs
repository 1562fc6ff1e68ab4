using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>Parses lines of system logs for tests and tells their events in one line.</summary>
internal static class SystemLine
{
    public static SystemEvent Message(string tag, string message) =>
        Assert.IsType<SystemEvent>(AuthLine.Parse($"Jun  3 08:01:02 web1 {tag}: {message}"));

    public static LogEvent? Parse(LogFormat format, string line) =>
        format.Parse(LogLine.FromString(line), AuthLine.NewContext());

    // "category action outcome Field=value ...", without the facility and a count of one.
    public static string Describe(LogEvent made)
    {
        List<string> parts =
        [
            made.GetValue(LogField.Category)?.ToString() ?? "-",
            made.GetValue(LogField.Action)?.ToString() ?? "-",
            made.GetValue(LogField.Outcome)?.ToString() ?? "-",
        ];
        foreach (LogField field in made.GetKindFields())
        {
            bool isTold = field is not (LogField.Category or LogField.Action or LogField.Outcome or LogField.Facility);
            if (isTold && made.GetValue(field) is { } value && !(field == LogField.RepeatCount && value is 1))
            {
                parts.Add($"{field}={value}");
            }
        }

        return string.Join(' ', parts);
    }
}
