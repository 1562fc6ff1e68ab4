using System.Text.RegularExpressions;

namespace LogAnomaly.Parsing;

/// <summary>Says why a line is not of a format.</summary>
internal static class FormatReason
{
    private const int LongestShown = 60;

    private static readonly Dictionary<string, string> s_beginnings = new(StringComparer.Ordinal)
    {
        ["access"] = "192.0.2.1 - - [10/Oct/2026:13:55:36 +0000] \"GET / HTTP/1.1\" 200 9",
        ["apache-error"] = "[Wed Oct 11 14:32:52.123456 2026] [core:error] [pid 1:tid 2] [client 192.0.2.1:80] text",
        ["auth"] = "Jan  2 03:04:05 host sshd[1]: text",
        ["syslog"] = "Jan  2 03:04:05 host program[1]: text",
        ["json"] = "{\"name\":\"value\"}",
        ["windows-json"] = "{\"Id\":4624,\"ProviderName\":\"…\",\"LogName\":\"Security\",\"MachineName\":\"…\"}",
        ["windows-xml"] = "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>",
        ["cri"] = "2026-01-02T03:04:05.678Z stdout F text",
        ["cef"] = "CEF:0|vendor|product|version|id|name|5|key=value",
        ["logfmt"] = "level=info msg=\"text\" key=value",
        ["ltsv"] = "time:[10/Oct/2026:13:55:36 +0000]<TAB>host:192.0.2.1",
        ["csv"] = "a header such as timestamp,level,message, and rows with as many columns",
    };

    /// <summary>Says why.</summary>
    /// <param name="format">The format.</param>
    /// <param name="line">The line, which is not of the format.</param>
    /// <returns>A sentence.</returns>
    public static string Of(LogFormat format, string line)
    {
        if (format is PatternFormat pattern)
        {
            return PatternDiagnosis.Of(pattern.Expressions, line);
        }

        string expected = s_beginnings.TryGetValue(format.Name, out string? beginning)
            ? $"It should look like: {beginning}"
            : $"It should be {format.Description}";
        LogFormat? other = FormatDetector.Detect([LogLine.FromString(line)], null);
        string hint = other is null || other == format ? "" : $" It reads as '{other.Name}'.";
        return $"The line is not of the format '{format.Name}'. {expected}.{hint}";
    }

    /// <summary>A short piece of text for a sentence.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its start, control characters replaced.</returns>
    internal static string Shown(string text) =>
        Regex.Replace(
            text.Length > LongestShown ? text[..LongestShown] + "…" : text,
            "[\\p{Cc}]",
            "\uFFFD",
            RegexOptions.NonBacktracking);
}
