using System.Text;
using System.Text.RegularExpressions;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>
/// The page of rules, <c>docs/rules.md</c>: its list is that of the built-in set, and its examples are rules.
/// </summary>
public sealed class RulePageTests
{
    private const string Heading = "## The built-in rules\n";
    private static readonly string s_path = Path.GetFullPath(
        Path.Combine(RuleFolder.Folder, "..", "..", "..", "docs", "rules.md"));

    [Fact]
    public void The_page_lists_the_built_in_rules_as_they_are()
    {
        string page = ReadPage();
        int start = page.IndexOf("\n### ", page.IndexOf(Heading, StringComparison.Ordinal), StringComparison.Ordinal);
        string expected = (start < 0 ? page.TrimEnd() + "\n" : page[..start]) + ListOf(BuiltInRules.Load().Rules);
        if (expected != page)
        {
            string made = Path.Combine(AppContext.BaseDirectory, "rules.md");
            File.WriteAllText(made, expected);
            Assert.Fail($"The list of docs/rules.md is not that of the built-in rules. Put {made} in its place.");
        }
    }

    [Fact]
    public void The_rules_that_the_page_shows_have_no_fault_and_compile()
    {
        MatchCollection examples = Regex.Matches(
            ReadPage(), "^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.NotEmpty(examples);
        foreach (Match example in examples)
        {
            // A rule whose table of places is not there is a faulty one, so the page's has to have one here.
            string places = Path.Combine(RuleFolder.Folder, "ssh", "SSH-10.places.csv").Replace('\\', '/');
            string text = example.Groups[1].Value.Replace(
                "geo: places.csv", $"geo: {places}", StringComparison.Ordinal);
            SigmaRules read = SigmaReader.ReadText(text, "example.yml");
            Assert.Empty(read.Faults.Select(fault => fault.ToString()));
            Assert.NotEmpty(RuleSet.Compile(read.Rules).Rules);
        }
    }

    [Theory]
    [InlineData("SUSPICIOUS", false)]
    [InlineData("restic forget --keep-last 0", true)]
    public void The_first_rule_of_the_page_finds_what_it_says(string command, bool isFound)
    {
        string text = Regex.Match(
            ReadPage(), "^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        Analysis.LogAnalyzer analyzer = new(new Analysis.AnalysisOptions
        {
            Rules = RuleSet.Compile(SigmaReader.ReadText(text, "example.yml").Rules),
            Detectors = Analysis.DetectorKinds.Rules,
        });
        string line =
            $"Jan  5 10:00:00 web1 sudo:      ann : TTY=pts/0 ; PWD=/home/ann ; USER=root ; COMMAND=/usr/bin/{command}\n";
        using MemoryStream log = new(Encoding.UTF8.GetBytes(line));
        Parsing.LogReader reader = new(new Parsing.LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        foreach (LogEvent logEvent in reader.ReadStream(log, "auth.log", TestContext.Current.CancellationToken))
        {
            analyzer.Add(logEvent);
        }

        IEnumerable<string?> found = analyzer.Complete(TestContext.Current.CancellationToken).Anomalies
            .Select(one => one.RuleId);
        Assert.Equal(isFound ? ["BACKUP-01"] : [], found);
    }

    private static string ReadPage() => File.ReadAllText(s_path).ReplaceLineEndings("\n");

    private static string ListOf(IReadOnlyList<LogRule> rules)
    {
        StringBuilder list = new();
        LogRuleFilter all = new();
        foreach (IGrouping<string, LogRule> area in rules.Where(all.Admits)
            .GroupBy(rule => rule.Area)
            .OrderBy(area => area.Key, StringComparer.Ordinal))
        {
            list.Append($"\n### {area.Key}\n\n| id | severity | what it finds | ATT&CK |\n|---|---|---|---|\n");
            foreach (LogRule rule in area.OrderBy(rule => rule.Id, StringComparer.Ordinal))
            {
                string title = rule.Title.Replace("|", "\\|", StringComparison.Ordinal);
                list.Append(
                    $"| {rule.Id} | {SeveritiesOf(rule, rules)} | {title} | {string.Join(", ", rule.Techniques)} |\n");
            }
        }

        return list.ToString();
    }

    // A rule of the same file may raise the finding, or let it begin lower.
    private static string SeveritiesOf(LogRule rule, IReadOnlyList<LogRule> rules) => string.Join(
        ", ",
        rules.Where(one => !one.IsPart && one.FindingId == rule.Id).Select(one => one.Severity).Distinct().Order());
}
