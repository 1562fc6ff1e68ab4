using System.Text.Json;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// Attack or not, and from where, line by line as others see it: an attack is a failure, or of the category
/// intrusion_detection.
/// </summary>
public sealed class Fail2banConformanceTests
{
    // Where we see a line otherwise, by what the line says, and why.
    private static readonly (string File, string Part, string Reason)[] s_differences =
    [
        ("apache-auth", "[evasive20:error]",
            "The same line is expected both ways, by the mode of the filter; a denied request is a failure."),
        ("pam-generic", "pop(pam_unix)[",
            "A refused attempt in the form of PAM before 0.99.2, which the other does not read any more."),
        ("sshd", "Too many authentication failures for git [preauth]",
            "Expected as an attack without a source; the connection's earlier lines name it."),
        ("sshd", "Disconnected from authenticating user admin 192.0.2.6",
            "Expected as none in one mode; another line of the same shape is one in another mode."),
    ];

    [Theory]
    [InlineData("sshd", "auth", 0.98)]
    [InlineData("pam-generic", "auth", 0.88)]
    [InlineData("apache-auth", "apache-error", 0.97)]
    public void Attacks_and_their_sources_are_those_that_others_see(string file, string format, double floor)
    {
        Assert.True(LogFormats.TryGet(format, out LogFormat? parser));
        ParseContext context = AuthLine.NewContext();
        JsonElement? truth = null;
        int total = 0;
        int different = 0;
        List<string> wrong = [];
        foreach (LogLine line in Corpora.Lines($"fail2ban/{file}"))
        {
            string text = Corpora.Text(line);
            if (text.StartsWith('#'))
            {
                int at = text.IndexOf("failJSON:", StringComparison.Ordinal);
                truth = at < 0 ? truth : JsonDocument.Parse(text[(at + 9)..]).RootElement;
                continue;
            }

            LogEvent? made = parser!.Parse(line, context);
            if (truth is not { } expected)
            {
                continue;
            }

            truth = null;
            total++;
            if (!IsAlike(made, expected))
            {
                different++;
                bool isKnown = s_differences.Any(known =>
                    known.File == file && text.Contains(known.Part, StringComparison.Ordinal));
                wrong.AddRange(isKnown
                    ? []
                    : [$"{expected} {made?.GetValue(LogField.Outcome)} {made?.GetValue(LogField.SourceIP)} {text}"]);
            }
        }

        Assert.True(total >= 9, $"only {total} lines were compared");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(total - different >= floor * total, $"{total - different} of {total} alike");
    }

    private static bool IsAlike(LogEvent? made, JsonElement expected)
    {
        bool isAttack = made is not null && (made.GetValue(LogField.Outcome) is Outcome.Failure
            || made.GetValue(LogField.Category) is "intrusion_detection");
        if (!expected.GetProperty("match").GetBoolean())
        {
            return !isAttack;
        }

        string host = expected.TryGetProperty("host", out JsonElement value) ? value.GetString() ?? "" : "";
        object? source = made?.GetValue(LogField.SourceIP) ?? made?.GetValue(LogField.SourceHost) ?? "";
        bool isUserAlike = !expected.TryGetProperty("user", out JsonElement user)
            || Equals(made?.GetValue(LogField.UserName), user.GetString());
        return isAttack && isUserAlike && string.Equals((string?)source, host, StringComparison.OrdinalIgnoreCase);
    }
}
