using System.Text.Json;
using Microsoft.Playwright;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>
/// The page under axe-core, by the rules of WCAG 2.2 AA and the best practices, in each state that a reader meets.
/// </summary>
public sealed class AccessibilityTests(Browser browser) : IClassFixture<Browser>
{
    private const string Run =
        """
        async () => {
          const result = await axe.run(document, { runOnly: [
            'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
          return JSON.stringify(result.violations.map((rule) => (
            `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.failureSummary} ${node.any.flatMap((check) => check.relatedNodes).map((other) => other.target.join(' ')).join(', ')}`).join(' | ')}`)));
        }
        """;

    [Theory]
    [InlineData(1440, ColorScheme.Dark, "")]
    [InlineData(1024, ColorScheme.Light, "severity=High&text=login")]
    [InlineData(390, ColorScheme.Light, "")]
    public async Task A_busy_page_with_all_of_it_open_breaks_no_rule(int width, ColorScheme scheme, string fragment)
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Busy(80), width: width, scheme: scheme, fragment: fragment);
        await opened.OpenEverythingAsync();

        await AssertNoneAsync(opened);
    }

    [Fact]
    public async Task A_page_of_nothing_breaks_no_rule()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Nothing());

        await AssertNoneAsync(opened);
    }

    [Fact]
    public async Task A_page_of_one_hostile_line_breaks_no_rule()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Of("<b onclick='x'>\u202E\u001b[31m\0"));
        await opened.OpenEverythingAsync();

        await AssertNoneAsync(opened);
    }

    private static async Task AssertNoneAsync(OpenPage opened)
    {
        string[] violations = await ViolationsAsync(opened);
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    // Evaluated by the browser's debugger, so the page's policy, which admits no other script, stays in force.
    private static async Task<string[]> ViolationsAsync(OpenPage opened)
    {
        await opened.Page.EvaluateAsync(Source());
        return JsonSerializer.Deserialize<string[]>(await opened.Page.EvaluateAsync<string>(Run))!;
    }

    private static string Source()
    {
        string inside = Path.Combine("src", "LogAnomaly.Dashboard", "web", "node_modules", "axe-core", "axe.min.js");
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, inside);
            if (File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        Assert.Skip("No axe-core: build the page, which installs it.");
        return "";
    }
}
