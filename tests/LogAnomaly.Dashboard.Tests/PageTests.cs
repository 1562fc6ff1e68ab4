using Microsoft.Playwright;

namespace LogAnomaly.Dashboard.Tests;

public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_page_opens_from_disk_without_a_complaint_or_a_request()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        await opened.Page.Locator("#timeline svg").WaitForAsync();

        Assert.Equal("LogAnomaly report", await opened.Page.TitleAsync());
        string verdict = await opened.Page.Locator(".verdict").InnerTextAsync();
        Assert.StartsWith("300 anomalies, ", verdict, StringComparison.Ordinal);
        Assert.Empty(await opened.ComplaintsAsync());
        string[] outside =
            [.. opened.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)).Skip(1)];
        Assert.Empty(outside);
        Assert.StartsWith("file://", opened.Requests.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_chart_draws_bars_axes_and_marks()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        ILocator chart = opened.Page.Locator("#timeline svg");
        await chart.WaitForAsync();

        Assert.True(await chart.Locator("path").CountAsync() > 1000);
        string text = await chart.TextContentAsync() ?? "";
        Assert.Contains("Time (UTC+01:00)", text, StringComparison.Ordinal);
        Assert.Contains("Events per 2 hours", text, StringComparison.Ordinal);
        Assert.Contains("Warning", text, StringComparison.Ordinal);
        Assert.Contains(
            "The busiest starts at", await opened.Page.Locator("[role=img]").GetAttributeAsync("aria-label") ?? "",
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pointing_at_the_chart_says_what_the_step_holds()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        await opened.Page.Locator("#timeline .chart").HoverAsync();

        ILocator tip = opened.Page.Locator(".chart-tip");
        await tip.WaitForAsync();
        Assert.Matches("2026-01-\\d\\d \\d\\d:00:00", await tip.InnerTextAsync());
        Assert.Contains("Informational", await tip.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task A_row_opens_by_keyboard_to_its_reasons_and_lines()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Of("an unheard-of line"));
        ILocator toggle = opened.Page.Locator("button.open");
        await toggle.FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("true", await toggle.GetAttributeAsync("aria-expanded"));
        Assert.Equal("an unheard-of line", await opened.Page.Locator(".reason .sentence").InnerTextAsync());
        Assert.Equal("an unheard-of line", await opened.Page.Locator(".detail > .evidence pre").InnerTextAsync());
        Assert.Contains(
            "Part of the score",
            await opened.Page.Locator(".reason").InnerTextAsync(),
            StringComparison.Ordinal);
        await opened.Page.Keyboard.PressAsync("Enter");
        Assert.False(await opened.Page.Locator(".detail").IsVisibleAsync());
    }

    [Fact]
    public async Task A_click_on_a_row_opens_it_once()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        await opened.Page.Locator("tr.row").First.ClickAsync();
        Assert.True(await opened.Page.Locator(".detail").IsVisibleAsync());
        await opened.Page.Locator("button.open").Nth(1).ClickAsync();
        Assert.Equal(2, await opened.Page.Locator(".detail:visible").CountAsync());
    }

    [Theory]
    [InlineData("</script><script>window.ran = true</script>")]
    [InlineData("<img src=x onerror='window.ran = true'><svg onload='window.ran = true'>")]
    [InlineData("<!-- <script> {{LOGANOMALY-DATA}} javascript:window.ran=true")]
    public async Task A_hostile_line_shows_as_text_and_nothing_runs(string line)
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Of(line), SampleAnalysis.Fixed with { Title = line });
        await opened.Page.Locator("button.open").ClickAsync();
        await opened.Page.Locator("#timeline summary").ClickAsync();
        await opened.Page.Locator("#timeline .chart").HoverAsync();

        Assert.Equal(line, await opened.Page.Locator(".detail > .evidence pre").InnerTextAsync());
        Assert.Equal(line, await opened.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(line, await opened.Page.TitleAsync());
        Assert.False(await opened.Page.EvaluateAsync<bool>("'ran' in window"));
        Assert.Equal(0, await opened.Page.Locator("#app img, #app script, #app [onload]").CountAsync());
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task Characters_that_do_not_show_are_made_visible()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Of("a\u001b[31mb\0c\u202Ed\u200Be"));
        await opened.Page.Locator("button.open").ClickAsync();

        Assert.Equal(
            "a\\x1b[31mb\\x00cU+202EdU+200Be",
            await opened.Page.Locator(".detail > .evidence pre").InnerTextAsync());
    }

    [Fact]
    public async Task A_cut_line_says_how_much_is_missing()
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Of(new string('z', 1_000_000)), width: 390);
        await opened.Page.Locator("button.open").ClickAsync();

        Assert.Equal(
            "996,000 characters more in the file",
            await opened.Page.Locator(".detail > .evidence .note").InnerTextAsync());
        Assert.Equal(0, await OverflowAsync(opened.Page));
    }

    [Fact]
    public async Task The_filter_narrows_by_text_and_by_severity()
    {
        LogAnalysis analysis = SampleAnalysis.Busy();
        await using OpenPage opened = await browser.OpenAsync(analysis);
        await opened.Page.Locator("#group").UncheckAsync();
        ILocator status = opened.Page.Locator("#anomalies [role=status]");
        int logins = analysis.Anomalies.Count(anomaly => anomaly.Title == "Login after many failures");
        int grave = analysis.Anomalies.Count(
            anomaly => anomaly.Title == "Login after many failures" && anomaly.Severity >= Severity.High);

        await opened.Page.Locator("#filter").FillAsync("after LOGIN");
        Assert.Equal($"{logins} of 300 anomalies.", await status.InnerTextAsync());
        await opened.Page.Locator("#severity-low").UncheckAsync();
        await opened.Page.Locator("#severity-medium").UncheckAsync();
        Assert.Equal($"{grave} of 300 anomalies.", await status.InnerTextAsync());
        await opened.Page.Locator("#filter").FillAsync("no such thing");
        Assert.Equal("No anomaly fits the filter.", await opened.Page.Locator("#anomalies .empty").InnerTextAsync());
    }

    [Fact]
    public async Task Columns_sort_and_pages_turn()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        await opened.Page.Locator("#group").UncheckAsync();
        await opened.Page.Locator("#sort-time").ClickAsync();
        string[] times = [.. await opened.Page.Locator("tr.row td.time").AllInnerTextsAsync()];

        Assert.Equal(50, times.Length);
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        Assert.Equal("ascending", await opened.Page.Locator("th.time").GetAttributeAsync("aria-sort"));
        await opened.Page.Locator("#next-page").ClickAsync();
        Assert.Equal("Rows 51 to 100 of 300", await opened.Page.Locator(".pager span").InnerTextAsync());
    }

    [Theory]
    [InlineData(390)]
    [InlineData(320)]
    [InlineData(1024)]
    public async Task The_page_never_scrolls_sideways(int width)
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy(), width: width);
        await opened.Page.Locator("#timeline svg").WaitForAsync();
        await opened.Page.Locator("button.open").First.ClickAsync();
        await opened.Page.Locator("#timeline summary").ClickAsync();

        Assert.Equal(0, await OverflowAsync(opened.Page));
    }

    [Fact]
    public async Task The_page_is_dark_where_the_system_is_and_the_reader_can_choose()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy(), scheme: ColorScheme.Dark);
        string dark = await GroundAsync(opened.Page);
        Assert.Equal("rgb(16, 20, 26)", dark);
        await opened.Page.Locator("#theme").SelectOptionAsync("light");
        Assert.Equal("rgb(245, 246, 248)", await GroundAsync(opened.Page));
        await opened.Page.Locator("#theme").SelectOptionAsync("dark");
        Assert.Equal(dark, await GroundAsync(opened.Page));
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task The_writer_can_ask_for_a_theme()
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Nothing(), SampleAnalysis.Fixed with { Theme = DashboardTheme.Dark });
        Assert.Equal("rgb(16, 20, 26)", await GroundAsync(opened.Page));
        Assert.Equal("dark", await opened.Page.Locator("#theme").InputValueAsync());
    }

    [Fact]
    public async Task Nothing_known_is_said_in_words()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Nothing());

        Assert.Equal(
            "No anomalies came in; the log itself was not passed on to this page.",
            await opened.Page.Locator(".verdict").InnerTextAsync());
        Assert.Equal("No file was read.", await opened.Page.Locator("#ledger .empty").InnerTextAsync());
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task Nothing_understood_and_no_times_are_said_in_words()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Quiet());

        Assert.Equal(
            "No line was understood, so nothing can be said of 12 events.",
            await opened.Page.Locator(".verdict").InnerTextAsync());
        Assert.Equal(
            "No event has a time, so there is nothing to draw over time.",
            await opened.Page.Locator("#timeline .empty").InnerTextAsync());
        Assert.Equal(
            "No event names a source address.",
            await opened.Page.Locator("#contents .empty").InnerTextAsync());
    }

    [Fact]
    public async Task Five_thousand_anomalies_are_shown_a_page_at_a_time()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy(5200));
        await opened.Page.Locator("#group").UncheckAsync();

        Assert.Equal(50, await opened.Page.Locator("tr.row").CountAsync());
        Assert.Equal(
            "The page holds the 5,000 highest scores of 5,200 anomalies. 5,000 anomalies.",
            await opened.Page.Locator("#anomalies [role=status]").InnerTextAsync());
    }

    private static Task<int> OverflowAsync(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static Task<string> GroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
