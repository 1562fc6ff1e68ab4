using System.Text.RegularExpressions;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// Samples that others decode: the kind of each line, its user and its source, by what the line plainly says.
/// </summary>
public sealed class WazuhAuthConformanceTests
{
    private const double Floor = 0.98;

    // What tells of no login and no access is a plain event.
    private static readonly (string Part, string Reason)[] s_plain =
    [
        ("starting up", "The server tells of its start."),
        ("Fatal: ", "The server tells of its own fault."),
        ("user not found from userdb", "The store of homes lacks the user; the login has its own line."),
        ("Disconnected: Logged out", "The end of a session of a mailbox, without an address."),
    ];

    [Theory]
    [InlineData("sshd", "auth", 60)]
    [InlineData("sudo", "auth", 8)]
    [InlineData("dropbear", "syslog", 3)]
    [InlineData("vsftpd", "vsftpd", 4)]
    [InlineData("dovecot", "dovecot", 14)]
    [InlineData("postfix", "syslog", 2)]
    public void Kind_user_and_source_are_those_that_the_line_says(string file, string format, int least)
    {
        Assert.True(LogFormats.TryGet(format, out LogFormat? parser));
        ParseContext context = AuthLine.NewContext();
        int total = 0;
        List<string> wrong = [];
        foreach (LogLine entry in Corpora.Lines($"wazuh/{file}.ini"))
        {
            Match sample = Regex.Match(
                Corpora.Text(entry), @"^log \d+ (pass|fail) = (.*)$", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (!sample.Success)
            {
                continue;
            }

            total++;
            string text = sample.Groups[2].Value.TrimEnd();
            LogEvent? made = parser!.Parse(LogLine.FromString(text), context);
            if (!IsAlike(made, text))
            {
                wrong.Add($"{(made is AuthEvent auth ? AuthLine.Describe(auth) : made?.Kind)} {text}");
            }
        }

        Assert.True(total >= least, $"only {total} lines were compared");
        Assert.True(total - wrong.Count >= Floor * total, string.Join('\n', wrong));
    }

    private static bool IsAlike(LogEvent? made, string text)
    {
        if (s_plain.Any(known => text.Contains(known.Part, StringComparison.Ordinal)))
        {
            return made is { Kind: LogKind.System };
        }

        if (made is not AuthEvent auth)
        {
            return false;
        }

        string? address = Find(
            text,
            @"(?:from|rip=|by|with|Client|user \S+|Address|for hostname|,)[ ""\[]*(?:::ffff:)?((?:\d{1,3}\.){3}\d{1,3})(?![.\dx])");
        address ??= Find(text, @"Client ""([0-9a-f:]+)""");
        string? user = Find(
            text, @"(?:for|user|User) (?:illegal user |invalid user )?(?!from )(\w+) (?:from|not allowed|failed)")
            ?? Find(text, @"user=<(\w+)>") ?? Find(text, @"for '(\w+)'") ?? Find(text, @"sudo: +(\w+) :")
            ?? Find(text, @"\] \[(\S+)\] FAIL") ?? Find(text, @"(?:sql|pam|passwd-file)\(([\w@.]+),");
        return (address is null || auth.SourceIP == address) && (user is null || auth.UserName == user);
    }

    private static string? Find(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups[1].Value : null;
    }
}
