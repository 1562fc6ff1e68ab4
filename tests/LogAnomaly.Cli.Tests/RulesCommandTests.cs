using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

/// <summary>The command that lists rules.</summary>
public sealed class RulesCommandTests : IDisposable
{
    private const string Two =
        "title: One\nid: X-1\nlevel: high\ntags: [attack.t1562.001]\ndetection: { s: { a: b }, condition: s }\n---\n"
        + "title: Two\nid: X-2\nlevel: low\ncorrelation: { type: event_count, rules: [X-1], group-by: [Source], timespan: 1h, condition: { gte: 4 } }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Rules_are_a_table_for_people()
    {
        CliRun run = CliRun.Of("rules", Write(Two), "--id", "X-*");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "Id   Severity       Techniques  Title",
                "X-1  High           T1685       One",
                "X-2  Low                        Two",
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }

    [Fact]
    public void Rules_are_JSON_for_programs()
    {
        CliRun run = CliRun.Of("rules", _folder, Write(Two), "--id", "X-2", "--json");
        JsonElement rule = Assert.Single(run.Objects);
        Assert.Equal("EventCount", rule.GetProperty("Type").GetString());
        Assert.Equal("01:00:00", rule.GetProperty("Timespan").GetString());
        Assert.Equal("Source", rule.GetProperty("GroupBy")[0].GetString());
        Assert.Equal("4", rule.GetProperty("Parameters").GetProperty("threshold").GetString());
    }

    [Theory]
    [InlineData("--technique", "T1562", 1)]
    [InlineData("--technique", "T1685", 1)]
    [InlineData("--severity", "low", 2)]
    [InlineData("--severity", "High", 1)]
    [InlineData("--area", "nowhere", 0)]
    public void Rules_are_filtered(string option, string value, int count) =>
        Assert.Equal(count, CliRun.Of("rules", Write(Two), "--id", "X-*", option, value, "--json").Objects.Count);

    [Fact]
    public void A_fault_is_told_with_its_place_and_the_other_rules_are_listed()
    {
        CliRun run = CliRun.Of("rules", Write(Two + "---\ntitle: Three\nid: X-3\n"), "--id", "X-*", "--json");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Objects.Count);
        Assert.Contains("own.yml:12: The rule has neither", run.Error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "own.yml");
        File.WriteAllText(path, text);
        return path;
    }
}
