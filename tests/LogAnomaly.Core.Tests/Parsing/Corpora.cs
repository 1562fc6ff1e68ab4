using System.Text;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>Real logs outside of the project, in the folder that LOGANOMALY_CORPORA names.</summary>
internal static class Corpora
{
    /// <summary>The full path of a file; where there are no corpora, the test is skipped.</summary>
    public static string Require(string path)
    {
        string? root = Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA");
        if (string.IsNullOrEmpty(root))
        {
            Assert.Skip($"{path}: LOGANOMALY_CORPORA is not set.");
        }

        return Path.Combine(root, path);
    }

    /// <summary>
    /// The lines of a file that are not empty, without line ends, with the bytes that lie before each.
    /// </summary>
    public static List<LogLine> Lines(string path)
    {
        byte[] bytes = File.ReadAllBytes(Require(path));
        List<LogLine> lines = [];
        int start = 0;
        for (int number = 1; start < bytes.Length; number++)
        {
            int feed = bytes.AsSpan(start).IndexOf((byte)'\n');
            int end = feed < 0 ? bytes.Length : start + feed;
            int length = end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start;
            if (length > 0)
            {
                lines.Add(new LogLine(bytes, start, length, number, start));
            }

            start = end + 1;
        }

        return lines;
    }

    /// <summary>The text of a line.</summary>
    public static string Text(LogLine line) => Encoding.UTF8.GetString(line.Span);
}
