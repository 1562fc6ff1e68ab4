using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>What a rule says of itself, and files of several documents.</summary>
public sealed class HeaderTests
{
    private const string Detection =
        "logsource: { product: linux, service: sshd }\ndetection: { s: { f: v }, condition: s }\n";

    [Fact]
    public void All_that_a_rule_says_of_itself_is_kept()
    {
        LogRule rule = Rule.One(
            """
            # A comment before it.
            title: Failed login
            id: 5638f7c0-ac70-491d-8465-2a65075e0d86
            name: failed_login
            status: stable
            description: |
              Somebody
              failed.
            author: Jane
            date: 2026-01-02
            modified: 2026-03-04
            references: [one, two]
            tags: [attack.credential-access, attack.t1110.001, cve.2021-44228]
            level: high
            falsepositives: A typing error
            related: [{ id: x, type: derived }]
            fields: [a]
            logsource: { product: Linux, service: sshd, definition: any }
            detection: { s: { f: v }, condition: s }
            """);
        Assert.Equal(
            ("Failed login", "failed_login", "stable", "Jane"), (rule.Title, rule.Name, rule.Status, rule.Author));
        Assert.Equal("5638f7c0-ac70-491d-8465-2a65075e0d86", rule.Id);
        Assert.Equal("Somebody\nfailed.", rule.Description);
        Assert.Equal(("2026-01-02", "2026-03-04"), (rule.Date, rule.Modified));
        Assert.Equal(["one", "two"], rule.References);
        Assert.Equal(["A typing error"], rule.FalsePositives);
        Assert.Equal(["T1110.001"], rule.Techniques);
        Assert.Empty(rule.FormerTechniques);
        Assert.Equal(3, rule.Tags.Count);
        Assert.Equal((Severity.High, "high"), (rule.Severity, rule.Level));
        Assert.Equal(new RuleLogSource("linux", null, "sshd"), rule.LogSource);
        Assert.Equal(("ssh", "rules/ssh/test.yml", 2), (rule.Area, rule.Path, rule.LineNumber));
        Assert.Equal(LogRuleType.Detection, rule.Type);
        Assert.False(rule.IsBuiltIn || rule.IsPart);
        Assert.Equal(rule.Id, rule.FindingId);
    }

    [Theory]
    [InlineData("t1562", "T1685", "T1562")]
    [InlineData("t1562.001", "T1685", "T1562.001")]
    [InlineData("t1562.002", "T1685.001", "T1562.002")]
    [InlineData("t1562.008", "T1685.002", "T1562.008")]
    [InlineData("t1562.012", "T1685.004", "T1562.012")]
    [InlineData("t1070.001", "T1685.005", "T1070.001")]
    [InlineData("t1070.002", "T1685.006", "T1070.002")]
    [InlineData("t1562.004", "T1686", "T1562.004")]
    [InlineData("t1562.007", "T1686.001", "T1562.007")]
    [InlineData("t1562.010", "T1689", "T1562.010")]
    [InlineData("t1685.006", "T1685.006", "T1070.002")]
    [InlineData("t1685", "T1685", "T1562.001")]
    [InlineData("t1070.003", "T1070.003", "")]
    public void Techniques_that_version_19_replaced_have_both_ids(string tag, string present, string former)
    {
        LogRule rule = Rule.One($"title: t\nid: i\ntags: [attack.{tag}, attack.stealth]\n{Detection}");
        Assert.Equal([present], rule.Techniques);
        Assert.Equal(former, string.Join(',', rule.FormerTechniques));
    }

    [Fact]
    public void A_technique_with_both_ids_as_tags_is_there_once()
    {
        LogRule rule = Rule.One($"title: t\nid: i\ntags: [attack.t1685.006, attack.t1070.002]\n{Detection}");
        Assert.Equal(["T1685.006"], rule.Techniques);
        Assert.Equal(["T1070.002"], rule.FormerTechniques);
    }

    [Fact]
    public void A_rule_without_a_level_is_of_medium_severity()
    {
        LogRule rule = Rule.One($"title: t\nid: i\n{Detection}");
        Assert.Equal(Severity.Medium, rule.Severity);
        Assert.Null(rule.Level);
    }

    [Theory]
    [InlineData("id: i\nlogsource: {}\ndetection: { s: { f: v }, condition: s }", 1, "no title")]
    [InlineData("title: t\nlevel: grave\ndetection: { s: { f: v }, condition: s }", 2, "'grave'")]
    [InlineData("title: t\nid: i", 1, "neither a detection nor a correlation")]
    [InlineData("title: t\nfilter: { rules: any }", 1, "filter of Sigma")]
    [InlineData("title: [a]\ndetection: { s: { f: v }, condition: s }", 1, "takes a text")]
    [InlineData("title: t\ntags: { a: b }\ndetection: { s: { f: v }, condition: s }", 2, "a list of texts")]
    [InlineData("title: t\ndetection: x", 2, "takes a map")]
    [InlineData("- a\n- b", 1, "a list")]
    [InlineData("just words", 1, "a text")]
    [InlineData("a: b: c", 1, "not YAML")]
    [InlineData("title: t\ntitle: u", 2, "twice")]
    [InlineData("title: *nowhere", 1, "no anchor")]
    [InlineData("", 1, "no rule")]
    [InlineData("# nothing but this\n---\n", 1, "no rule")]
    public void What_is_no_rule_is_a_fault_with_line_and_cause(string text, int line, string cause)
    {
        RuleFault fault = Rule.Fault(text);
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
        Assert.Equal(line, fault.LineNumber);
    }

    [Fact]
    public void A_fault_of_one_document_leaves_the_others()
    {
        SigmaRules rules = SigmaReader.ReadText(
            $"title: a\nid: a\n{Detection}---\ntitle: 'b\n---\ntitle: c\nid: c\n{Detection}--- # comment\ntitle: d\nlevel: no\n",
            "f.yml");
        Assert.Equal(["a", "c"], rules.Rules.Select(rule => rule.Id));
        Assert.Equal([1, 8], rules.Rules.Select(rule => rule.LineNumber));
        Assert.Equal(2, rules.Faults.Count);
        Assert.InRange(rules.Faults[0].LineNumber, 5, 7);
        Assert.Equal(14, rules.Faults[1].LineNumber);
    }

    [Fact]
    public void Anchors_and_merged_maps_are_taken()
    {
        LogRule rule = Rule.One(
            "title: t\nid: i\ndetection:\n  a: &x { f: v }\n  b:\n    <<: *x\n    g: w\n  c: *x\n  condition: a and b and c\n");
        Assert.Equal("(f Equals 'v' & g Equals 'w' & f Equals 'v' & f Equals 'v')", Rule.Text(rule.Condition!));
    }

    [Fact]
    public void Aliases_of_aliases_do_not_fill_the_memory()
    {
        string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(
            Enumerable.Range(1, 20)
                .Select(n => $"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 10))}]\n"));
        Assert.Contains("nodes", Rule.Fault(bomb).Message);
    }

    [Fact]
    public void Depth_without_end_is_a_fault() =>
        Assert.Contains("deep", Rule.Fault("title: " + new string('[', 5_000)).Message);

    [Fact]
    public void Global_documents_of_old_Sigma_are_laid_under_those_that_follow()
    {
        SigmaRules rules = SigmaReader.ReadText(
            """
            action: global
            title: Shared
            id: shared
            level: high
            detection: { condition: s }
            ---
            logsource: { service: a }
            detection: { s: { f: 1 } }
            ---
            logsource: { service: b }
            detection: { s: { f: 2 } }
            ---
            action: reset
            title: Own
            id: own
            detection: { s: { f: 3 }, condition: s }
            """,
            "f.yml");
        Assert.Empty(rules.Faults);
        Assert.Equal(["shared", "shared#10", "own"], rules.Rules.Select(rule => rule.Id));
        Assert.Equal(["a", "b", null], rules.Rules.Select(rule => rule.LogSource.Service));
        Assert.Equal([Severity.High, Severity.High, Severity.Medium], rules.Rules.Select(rule => rule.Severity));
        Assert.Equal("f Equals '2'", Rule.Text(rules.Rules[1].Condition!));
    }
}
