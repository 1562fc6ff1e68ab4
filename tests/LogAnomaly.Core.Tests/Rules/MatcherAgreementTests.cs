using System.Text.RegularExpressions;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;
using static LogAnomaly.Tests.Rules.RuleSamples;

namespace LogAnomaly.Tests.Rules;

public class MatcherAgreementTests
{
    private static readonly string?[] s_fields =
    [
        null, null, "Url", "UrlPath", "UrlQuery", "UrlDecoded", "UserAgent", "Referrer", "StatusCode", "BytesSent",
        "Method", "Action", "Category", "Outcome", "Program", "Message", "Raw", "UserName", "TargetUser", "SourceIP",
        "Source", "Account", "ErrorCode", "EventID", "Level", "Command", "CommandLine", "Image", "type", "exe", "a0",
        "key", "name", "tags", "count", "ok", "path", "Channel", "IpAddress", "ProcessId", "HostName", "Reason", "User",
        "c-uri-extension", "Timestamp", "Facility", "LogonType",
    ];

    private static readonly RuleLogSource[] s_sources =
    [
        new(), new(), new(), new("linux"), new("linux", null, "sshd"), new("linux", null, "auth"),
        new("linux", null, "auditd"), new(null, "webserver"), new("apache"), new("windows", null, "security"),
        new("windows", "process_creation"), new("okta"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_matcher_says_what_plain_evaluation_says(int seed) => AssertAgreement(ReadAll(), seed, 600);

    [Fact]
    public void The_matcher_says_what_plain_evaluation_says_of_real_logs()
    {
        string? corpora = Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA");
        if (corpora is null)
        {
            Assert.Skip("LOGANOMALY_CORPORA is not set.");
        }

        List<LogEvent> events = [];
        foreach (string path in Directory.EnumerateFiles(corpora, "*.log", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
            events.AddRange(reader.ReadFile(path, TestContext.Current.CancellationToken).Take(60));
        }

        Assert.NotEmpty(events);
        AssertAgreement(events, 7, 400);
    }

    private static void AssertAgreement(List<LogEvent> events, int seed, int count)
    {
        Random random = new(seed);
        LogRule[] rules =
        [
            .. Enumerable.Range(0, count).Select(_ => Rule(MakeCondition(random, events, 3), Pick(random, s_sources))),
        ];
        EventMatcher matcher = new(rules);
        CompiledDetection[] plain = [.. rules.Select(rule => new CompiledDetection(rule))];
        List<int> matched = [];
        long hits = 0;
        foreach (LogEvent logEvent in events)
        {
            matcher.Match(logEvent, matched);
            EventView view = new();
            view.Show(logEvent);
            List<int> expected = [.. Enumerable.Range(0, count).Where(i => plain[i].IsMatch(view))];
            hits += expected.Count;
            Assert.True(
                expected.SequenceEqual(matched),
                $"{logEvent.Raw}: {string.Join("; ", expected.Except(matched).Concat(matched.Except(expected)).Take(3).Select(i => $"{rules[i].LogSource} {Show(rules[i].Condition!)}"))}");
        }

        Assert.True(hits > events.Count, "The rules hardly match, so that nothing was compared.");
        Assert.True(matcher.TrialCount < (long)events.Count * count / 2, "Nearly all rules were tried.");
    }

    private static string Show(RuleCondition condition) => condition switch
    {
        AllOf all => $"all({string.Join(", ", all.Parts.Select(Show))})",
        AnyOf any => $"any({string.Join(", ", any.Parts.Select(Show))})",
        NotOf not => $"not({Show(not.Part)})",
        _ => condition.ToString(),
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static RuleCondition MakeCondition(Random random, List<LogEvent> events, int depth)
    {
        int choice = depth == 0 ? 9 : random.Next(10);
        return choice switch
        {
            < 3 => new AllOf([.. MakeParts(random, events, depth)]),
            < 5 => new AnyOf([.. MakeParts(random, events, depth)]),
            5 => new NotOf(MakeCondition(random, events, depth - 1)),
            _ => MakeTest(random, events),
        };
    }

    private static List<RuleCondition> MakeParts(Random random, List<LogEvent> events, int depth) =>
        Enumerable.Range(0, random.Next(1, 4)).Select(_ => MakeCondition(random, events, depth - 1)).ToList();

    private static FieldTest MakeTest(Random random, List<LogEvent> events)
    {
        string? field = Pick(random, s_fields);
        string text = "";
        for (int i = 0; i < 8 && text.Length == 0; i++)
        {
            LogEvent sample = Pick(random, events);
            text = field is null ? sample.Raw : RuleField.Of(field).TextOf(sample) ?? "";
        }

        TestOperator test = Pick(random, Enum.GetValues<TestOperator>());
        string part = Part(random, text);
        string value = test switch
        {
            TestOperator.Equals => random.Next(3) == 0 ? part : text,
            TestOperator.StartsWith => text[..Math.Min(text.Length, random.Next(1, 8))],
            TestOperator.EndsWith => text[^Math.Min(text.Length, random.Next(1, 8))..],
            TestOperator.Contains => part,
            TestOperator.Like => MakePattern(random, text),
            TestOperator.Regex => MakeRegex(random, part, Part(random, text)),
            TestOperator.Cidr => Pick(random, new[] { "192.0.2.0/24", "2001:db8::/32", "10.0.0.0/8", "0.0.0.0/0" }),
            TestOperator.Less or TestOperator.LessOrEqual or TestOperator.Greater or TestOperator.GreaterOrEqual =>
                "300",
            >= TestOperator.FieldEquals => Pick(random, s_fields) ?? "Url",
            _ => "",
        };
        bool isTime = test == TestOperator.Equals && random.Next(12) == 0;
        return new FieldTest(
            isTime ? "Timestamp" : field,
            test,
            isTime ? "10" : random.Next(4) == 0 && test != TestOperator.Regex ? value.ToUpperInvariant() : value)
        {
            IsCaseSensitive = random.Next(5) == 0,
            TimePart = isTime ? TimePart.Hour : null,
        };
    }

    private static string Part(Random random, string text)
    {
        int start = random.Next(text.Length + 1);
        return text.Substring(start, Math.Min(text.Length - start, random.Next(1, 18)));
    }

    private static string MakePattern(Random random, string text)
    {
        string one = Part(random, text);
        return random.Next(4) switch
        {
            0 => $"*{one}*",
            1 => $"{text[..Math.Min(4, text.Length)]}*{text[^Math.Min(4, text.Length)..]}",
            2 => text.Length > 3 ? $"{text[..2]}?{text[3..]}" : text,
            _ => $"*{one}*{Part(random, text)}*",
        };
    }

    private static string MakeRegex(Random random, string one, string other)
    {
        string first = Regex.Escape(one);
        string second = Regex.Escape(other);
        return random.Next(10) switch
        {
            0 => first,
            1 => $"(?i){first.ToUpperInvariant().Replace(@"\S", @"\s", StringComparison.Ordinal)}",
            2 => $"(?:{first}|{second})x?",
            3 => $"{first}.*{second}",
            4 => $"({first})?{second}",
            5 => $"[{(one.Length > 0 && char.IsAsciiLetterOrDigit(one[0]) ? one[0] : 'a')}-z]+{second}",
            6 => $@"(?<name>{first})\s*",
            7 => $"(?={second}){second}{{1,2}}",
            8 => $@"\b{first}{{0,1}}{second}?",
            _ => $"^.{{0,9}}{first}|{second}$",
        };
    }
}
