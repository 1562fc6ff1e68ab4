using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>
/// Every rule of the built-in set against the logs beside it. <c>ID.fires.log</c> must give the highest severity that
/// the rules of the file can give, <c>ID.fires-medium.log</c> that which its name says; <c>ID.quiet.log</c> must give
/// no finding of that id. The logs are held against the whole set, as a user's are.
/// </summary>
public sealed class BuiltInRuleTests
{
    public static TheoryData<string> Files => [.. RuleFolder.Files];

    [Fact]
    public void The_set_is_read_without_a_fault() =>
        Assert.Empty(RuleFolder.Read.Faults.Select(fault => fault.ToString()));

    [Fact]
    public void A_file_is_one_rule_of_its_name_and_no_id_comes_twice()
    {
        List<string> ids = [];
        foreach (string file in RuleFolder.Files)
        {
            string id = Path.GetFileNameWithoutExtension(file);
            Assert.All(RuleFolder.RulesOf(file), rule => Assert.Equal(id, rule.FindingId));
            Assert.Single(RuleFolder.RulesOf(file), rule => rule.Id == id);
            ids.Add(id);
        }

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_rule_says_what_it_finds_how_grave_it_is_and_when_it_errs(string file)
    {
        LogRule rule = MainOf(file);
        Assert.NotEmpty(rule.Title);
        Assert.True(rule.Description.Length >= 40, "The description says too little.");
        Assert.NotEmpty(rule.FalsePositives);
        Assert.NotEmpty(rule.References);
        Assert.NotEmpty(rule.Tags);
        Assert.NotNull(rule.Level);
        Assert.True(
            rule.Techniques.Count > 0 || rule.Tags.Any(tag => tag.StartsWith("health.", StringComparison.Ordinal)),
            "The rule names no technique, and does not say that it is about health alone.");
        Assert.Equal(Path.GetDirectoryName(file)!.Replace('\\', '/'), rule.Area);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_rule_fires_on_its_log_as_gravely_as_it_says(string file)
    {
        string id = Path.GetFileNameWithoutExtension(file);
        IReadOnlyList<string> logs = RuleFolder.Logs(file, "fires");
        Assert.Contains(logs, log => log.EndsWith($"{id}.fires.log", StringComparison.Ordinal));
        foreach (string log in logs)
        {
            string name = Path.GetFileName(log);
            string word = name[$"{id}.fires".Length..^".log".Length].TrimStart('-');
            Severity expected = word.Length == 0
                ? RuleFolder.RulesOf(file).Max(rule => rule.Severity)
                : Enum.Parse<Severity>(word, ignoreCase: true);
            Anomaly[] findings = [.. RuleFolder.FindBeside(log).Where(finding => finding.RuleId == id)];
            Assert.True(findings.Length > 0, $"{name} gives no finding.");
            Assert.True(findings.Max(finding => finding.Severity) == expected,
                $"{name} gives {findings.Max(finding => finding.Severity)} in place of {expected}.");
            Assert.All(findings, finding => Assert.NotEmpty(finding.Reasons));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_rule_is_silent_on_what_only_looks_alike(string file)
    {
        string id = Path.GetFileNameWithoutExtension(file);
        string log = Assert.Single(RuleFolder.Logs(file, "quiet"));
        Assert.True(new FileInfo(log).Length > 0, "The log is empty.");
        Assert.DoesNotContain(RuleFolder.FindBeside(log), finding => finding.RuleId == id);
    }

    [Fact]
    public void Impossible_travel_is_silent_without_a_table_of_places()
    {
        string log = Path.Combine(RuleFolder.Folder, "ssh", "SSH-10.fires.log");
        Assert.DoesNotContain(RuleFolder.FindIn(log), finding => finding.RuleId == "SSH-10");
    }

    private static LogRule MainOf(string file) =>
        Assert.Single(RuleFolder.RulesOf(file), rule => rule.Id == Path.GetFileNameWithoutExtension(file));
}
