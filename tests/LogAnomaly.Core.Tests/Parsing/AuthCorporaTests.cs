using System.Text.Json;
using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class AuthCorporaTests
{
    private const double Floor = 0.98;

    [Fact]
    public void Attacks_and_their_sources_are_those_that_others_see()
    {
        (int good, int total, List<string> wrong) = Compare(Corpus("fail2ban"), ["sshd", "pam-generic"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{good} of {total} alike\n{string.Join('\n', wrong)}");
        Assert.True(total > 100, $"only {total} lines were compared");
        Assert.True(good >= Floor * total, $"{good} of {total} alike\n{string.Join('\n', wrong)}");
    }

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

    private static (int Good, int Total, List<string> Wrong) Compare(string folder, string[] files)
    {
        int good = 0;
        int total = 0;
        List<string> wrong = [];
        foreach (string file in files)
        {
            ParseContext context = AuthLine.NewContext();
            JsonElement? truth = null;
            foreach (byte[] line in Lines(Path.Combine(folder, file)))
            {
                string text = Encoding.UTF8.GetString(line);
                if (text.StartsWith('#'))
                {
                    int at = text.IndexOf("failJSON:", StringComparison.Ordinal);
                    truth = at < 0 ? truth : JsonDocument.Parse(text[(at + 9)..]).RootElement;
                    continue;
                }

                LogEvent? made = new AuthFormat().Parse(new LogLine(line, 0, line.Length, 1, 0), context);
                if (truth is not { } expected)
                {
                    continue;
                }

                bool isAlike = IsAlike(made as AuthEvent, expected);
                total++;
                good += isAlike ? 1 : 0;
                truth = null;
                if (!isAlike)
                {
                    wrong.Add($"{expected} {(made is AuthEvent auth ? AuthLine.Describe(auth) : "-")} {text}");
                }
            }
        }

        return (good, total, wrong);
    }

    private static bool IsAlike(AuthEvent? made, JsonElement expected)
    {
        bool isAttack = made is not null && (made.Outcome == Outcome.Failure || made.Category == "intrusion_detection");
        if (!expected.GetProperty("match").GetBoolean())
        {
            return !isAttack;
        }

        string host = expected.TryGetProperty("host", out JsonElement value) ? value.GetString() ?? "" : "";
        return isAttack && string.Equals(made!.SourceIP ?? made.SourceHost ?? "", host, StringComparison.OrdinalIgnoreCase);
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
