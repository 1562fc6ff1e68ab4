using System.Reflection;
using System.Text;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>The set that is packed into the assembly.</summary>
public sealed class BuiltInRulesTests
{
    private static readonly string s_folder = typeof(BuiltInRulesTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "RulesFolder").Value!;

    [Fact]
    public void The_pack_has_the_files_of_the_folder_as_they_are()
    {
        string[] files = Files();
        IReadOnlyList<(string Path, string Text)> packed = BuiltInRules.ReadTexts();
        Assert.Equal(files.Select(NameOf), packed.Select(one => one.Path));
        Assert.Equal(files.Select(Read), packed.Select(one => one.Text));
    }

    [Fact]
    public void The_bytes_of_the_pack_show_no_line_of_a_rule()
    {
        using MemoryStream bytes = new();
        using (Stream packed = BuiltInRules.OpenPacked())
        {
            packed.CopyTo(bytes);
        }

        Assert.Equal([0x1F, 0x8B], bytes.ToArray()[..2]);
        string text = Encoding.Latin1.GetString(bytes.ToArray());
        IEnumerable<string> lines = Files()
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Where(line => line.Length >= 16);
        Assert.All(lines.Distinct(), line => Assert.DoesNotContain(line, text, StringComparison.Ordinal));
    }

    [Fact]
    public void All_rules_are_without_fault_and_built_in()
    {
        SigmaRules rules = BuiltInRules.Load();
        Assert.Empty(rules.Faults);
        Assert.Same(rules, BuiltInRules.Load());
        Assert.All(rules.Rules, rule => Assert.True(rule.IsBuiltIn));
        Assert.All(rules.Rules, rule => Assert.Matches("^rules/[^/]+/[^/]+\\.yml$", rule.Path));
        Assert.All(rules.Rules, rule => Assert.Equal(rule.Path.Split('/')[1], rule.Area));
    }

    [Fact]
    public void All_patterns_compile_which_the_reader_of_the_set_takes_for_granted()
    {
        SigmaRules rules = SigmaReader.ReadTexts(BuiltInRules.ReadTexts(), new SigmaOptions());
        Assert.Empty(rules.Faults);
        Assert.Equal(BuiltInRules.Load().Rules.Select(rule => rule.Id), rules.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void A_rule_of_the_set_is_named_after_its_file()
    {
        IEnumerable<LogRule> listed = BuiltInRules.Load().Rules
            .Where(rule => !rule.IsPart && rule.FindingId == rule.Id);
        Assert.All(listed, rule => Assert.Equal(Path.GetFileNameWithoutExtension(rule.Path), rule.Id));
    }

    private static string[] Files() => Directory.Exists(s_folder)
        ? [.. Directory.GetFiles(s_folder, "*.yml", SearchOption.AllDirectories)
            .OrderBy(NameOf, StringComparer.Ordinal)]
        : [];

    private static string NameOf(string path) => "rules/" + Path.GetRelativePath(s_folder, path).Replace('\\', '/');

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
