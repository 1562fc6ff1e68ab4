using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>Parses lines for tests, with a clock that stands at 1 July 2024, UTC.</summary>
internal static class AuthLine
{
    public static readonly DateTimeOffset Reference = new(2024, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static ParseContext NewContext(TimeZoneInfo? zone = null, DateTimeOffset? reference = null) =>
        new(new LogSource("x"), new LogClock(zone ?? TimeZoneInfo.Utc, reference ?? Reference));

    public static LogEvent? Parse(string line, ParseContext? context = null) =>
        new SyslogFormat().Parse(LogLine.FromString(line), context ?? NewContext());

    public static AuthEvent Auth(string program, string message) =>
        Assert.IsType<AuthEvent>(Parse($"Jun  3 08:01:02 web1 {program}: {message}"));

    public static AuthEvent Sshd(string message) => Auth("sshd[4711]", message);

    // The fields that are set, in the order of columns: "category action outcome Field=value ...".
    public static string Describe(AuthEvent made)
    {
        List<string> parts = [made.Category ?? "-", made.Action ?? "-", made.Outcome.ToString()];
        foreach (LogField field in made.GetKindFields())
        {
            bool isFirst = field is LogField.Category or LogField.Action or LogField.Outcome or LogField.RepeatCount;
            if (!isFirst && made.GetValue(field) is { } value)
            {
                parts.Add($"{field}={value}");
            }
        }

        return string.Join(' ', parts);
    }
}
