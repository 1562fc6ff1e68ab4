using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>Files and folders of rules.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_folder_is_read_with_all_below_it_in_the_order_of_names()
    {
        Write("b.yml", "b");
        Write("web/z.yaml", "z");
        Write("Ssh/a.YML", "a");
        Write(".git/h.yml", "hidden");
        Write(".hidden.yml", "hidden-2");
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "no rule");
        SigmaRules rules = SigmaReader.ReadFolder(_folder);
        Assert.Empty(rules.Faults);
        Assert.Equal(["b", "a", "z"], rules.Rules.Select(rule => rule.Id));
        Assert.Equal([Path.GetFileName(_folder), "Ssh", "web"], rules.Rules.Select(rule => rule.Area));
    }

    [Fact]
    public void Rules_name_others_of_any_file_and_their_own_first()
    {
        Write("1/a.yml", "a-1", "base");
        Write("2/a.yml", "a-2", "base");
        File.AppendAllText(Path.Combine(_folder, "2", "a.yml"), Over("own", "base"));
        File.WriteAllText(Path.Combine(_folder, "z.yml"), Over("first", "base") + Over("chain", "own"));
        SigmaRules rules = SigmaReader.ReadFolder(_folder);
        Assert.Empty(rules.Faults);
        Dictionary<string, LogRule> byId = rules.Rules.ToDictionary(rule => rule.Id);
        Assert.Equal(["a-2"], byId["own"].Correlation!.Rules);
        Assert.Equal(["a-1"], byId["first"].Correlation!.Rules);
        Assert.Equal(["own"], byId["chain"].Correlation!.Rules);
    }

    [Fact]
    public void A_file_that_is_read_alone_does_not_find_the_rules_of_others()
    {
        Write("a.yml", "a", "base");
        string path = Path.Combine(_folder, "b.yml");
        File.WriteAllText(path, Over("b", "base"));
        RuleFault fault = Assert.Single(SigmaReader.ReadFile(path).Faults);
        Assert.Equal((path, "b"), (fault.Path, fault.RuleId));
    }

    [Fact]
    public void The_later_of_two_rules_with_one_id_is_a_fault()
    {
        Write("a.yml", "same");
        Write("b.yml", "same");
        SigmaRules rules = SigmaReader.ReadFolder(_folder);
        Assert.EndsWith("a.yml", Assert.Single(rules.Rules).Path, StringComparison.Ordinal);
        Assert.EndsWith("b.yml", Assert.Single(rules.Faults).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_or_is_too_large_is_a_fault()
    {
        Assert.Single(SigmaReader.ReadFile(Path.Combine(_folder, "none.yml")).Faults);
        Assert.Single(SigmaReader.ReadFolder(Path.Combine(_folder, "none")).Faults);
        string large = Path.Combine(_folder, "large.yml");
        File.WriteAllText(large, new string('#', 5 << 20));
        Assert.Contains("larger", Assert.Single(SigmaReader.ReadFile(large).Faults).Message);
    }

    [Fact]
    public void A_folder_without_rules_gives_none() => Assert.Empty(SigmaReader.ReadFolder(_folder).Faults);

    [Theory]
    [InlineData("rules/linux")]
    [InlineData("rules/web")]
    [InlineData("rules")]
    public void All_rules_of_SigmaHQ_load_without_a_change(string part)
    {
        string? root = Environment.GetEnvironmentVariable("LOGANOMALY_SIGMAHQ");
        if (string.IsNullOrEmpty(root))
        {
            Assert.Skip("LOGANOMALY_SIGMAHQ does not name a checkout of SigmaHQ/sigma.");
        }

        string folder = Path.Combine(root, part);
        SigmaRules rules = SigmaReader.ReadFolder(folder);
        Assert.Empty(rules.Faults);
        Assert.Equal(
            Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories).Length,
            rules.Rules.Count(rule => !rule.IsPart));
    }

    private static string Over(string id, string other) =>
        $"---\ntitle: {id}\nid: {id}\ncorrelation: {{ type: event_count, rules: [{other}], timespan: 1m, condition: {{ gte: 2 }} }}\n";

    private void Write(string path, string id, string? name = null)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(
            full,
            $"title: t\nid: {id}\n{(name is null ? "" : $"name: {name}\n")}detection: {{ s: {{ f: v }}, condition: s }}\n");
    }
}
