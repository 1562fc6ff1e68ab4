using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class AuthCorporaTests
{
    [Theory]
    [InlineData("OpenSSH", "OpenSSH_2k.log")]
    [InlineData("Linux", "Linux_full.log")]
    public void Every_line_of_a_real_log_has_a_header(string system, string file)
    {
        string path = Directory.GetFiles(Corpus("loghub"), file, SearchOption.AllDirectories).Single();
        ParseContext context = AuthLine.NewContext();
        List<string> unread = [];
        int count = 0;
        foreach (byte[] line in Lines(path))
        {
            count++;
            if (new AuthFormat().Parse(new LogLine(line, 0, line.Length, count, 0), context) is null)
            {
                unread.Add(Encoding.UTF8.GetString(line));
            }
        }

        Assert.True(count > 1000, $"{system} has only {count} lines");
        Assert.True(unread.Count == 0, $"{unread.Count} of {count}\n{string.Join('\n', unread.Take(10))}");
    }

    private static IEnumerable<byte[]> Lines(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int start = 0;
        while (start < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            end = end < 0 ? bytes.Length : end;
            int length = end - start - (end > start && bytes[end - 1] == '\r' ? 1 : 0);
            if (length > 0)
            {
                yield return bytes.AsSpan(start, length).ToArray();
            }

            start = end + 1;
        }
    }

    private static string Corpus(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("LOGANOMALY_CORPORA is not set: the real logs are not here");
        }

        return Path.Combine(folder, name);
    }
}
