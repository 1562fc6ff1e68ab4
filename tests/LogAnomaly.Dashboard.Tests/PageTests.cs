using Microsoft.Playwright;

namespace LogAnomaly.Dashboard.Tests;

public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_page_opens_from_disk_without_a_complaint_or_a_request()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        await opened.Page.Locator("#timeline svg").First.WaitForAsync();

        Assert.Equal("LogAnomaly report", await opened.Page.TitleAsync());
        Assert.StartsWith(
            "Critical: ", await opened.Page.Locator(".verdict").InnerTextAsync(), StringComparison.Ordinal);
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
        ILocator chart = opened.Page.Locator("#timeline svg").First;
        await chart.WaitForAsync();

        Assert.True(await chart.Locator("path").CountAsync() > 10);
        string text = await chart.TextContentAsync() ?? "";
        Assert.Contains("Time (UTC+01:00)", text, StringComparison.Ordinal);
        Assert.Contains("Events per ", text, StringComparison.Ordinal);
        Assert.Contains("Critical", text, StringComparison.Ordinal);
        string words = await opened.Page.Locator("#timeline [role=img]").First.GetAttributeAsync("aria-label") ?? "";
        Assert.Contains("The busiest ", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pointing_at_the_chart_says_what_the_step_holds()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        await opened.Page.Locator("#timeline .chart").HoverAsync();

        ILocator tip = opened.Page.Locator(".chart-tip").First;
        await tip.WaitForAsync();
        Assert.Matches("2026-01-\\d\\d", await tip.InnerTextAsync());
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task A_brush_filters_everything_below_and_stands_in_the_address()
    {
        LogAnalysis analysis = SampleAnalysis.Busy();
        await using OpenPage opened = await browser.OpenAsync(analysis);
        LocatorBoundingBoxResult box = (await opened.Page.Locator("#timeline .chart").BoundingBoxAsync())!;
        int templates = await FirstNumberAsync(opened.Page, "#templates tbody:not(.sizer) .number");
        await opened.Page.Mouse.MoveAsync(box.X + (box.Width * 0.4f), box.Y + (box.Height / 2));
        await opened.Page.Mouse.DownAsync();
        await opened.Page.Mouse.MoveAsync(box.X + (box.Width * 0.6f), box.Y + (box.Height / 2), new() { Steps = 6 });
        await opened.Page.Mouse.UpAsync();
        await opened.SettleAsync();

        string summary = await opened.SummaryAsync();
        Assert.Matches("^[\\d,]+ of [\\d,]+ events, \\d+ of 300 findings$", summary);
        Assert.Matches("#from=2026-01-\\d\\dT.*to=2026-01-\\d\\dT", Uri.UnescapeDataString(opened.Page.Url));
        // What is out of sight is drawn anew when it is seen.
        await opened.Page.Locator("#templates h2").ScrollIntoViewIfNeededAsync();
        await opened.SettleAsync();
        Assert.True(await FirstNumberAsync(opened.Page, "#templates tbody:not(.sizer) .number") < templates);
        string found = await opened.Page.Locator("#anomalies [role=status]").First.InnerTextAsync();
        Assert.Contains("of 300", found, StringComparison.Ordinal);

        await opened.Page.Locator(".brush-handle").First.FocusAsync();
        await opened.Page.Keyboard.PressAsync("Escape");
        await opened.SettleAsync();
        Assert.DoesNotContain(" of ", await opened.SummaryAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("#", opened.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handles_of_the_brush_move_by_the_keyboard()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        ILocator begin = opened.Page.Locator(".brush-handle.from");
        await begin.FocusAsync();
        await opened.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await opened.SettleAsync();

        Assert.Equal("slider", await begin.GetAttributeAsync("role"));
        Assert.Equal("11", await begin.GetAttributeAsync("aria-valuenow"));
        Assert.Contains("from=", opened.Page.Url, StringComparison.Ordinal);
        Assert.Contains(" of ", await opened.SummaryAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_in_the_address_opens_the_same_view_again()
    {
        LogAnalysis analysis = SampleAnalysis.Busy();
        await using OpenPage opened = await browser.OpenAsync(analysis, fragment: "severity=High&user=root");
        int expected = analysis.Anomalies.Count(
            anomaly => anomaly.Severity == Severity.High && anomaly.UserName == "root");

        Assert.EndsWith($", {expected} of 300 findings", await opened.SummaryAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await opened.Page.Locator(".filter-chip").CountAsync());
        await opened.Page.Locator(".filter-chip").First.ClickAsync();
        await opened.SettleAsync();
        Assert.Equal(1, await opened.Page.Locator(".filter-chip").CountAsync());
        Assert.EndsWith("#user=root", opened.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_filter_narrows_by_text_and_by_severity()
    {
        LogAnalysis analysis = SampleAnalysis.Busy();
        await using OpenPage opened = await browser.OpenAsync(analysis);
        int logins = analysis.Anomalies.Count(anomaly => anomaly.Title == "Login after many failures");
        int grave = analysis.Anomalies.Count(
            anomaly => anomaly.Title == "Login after many failures" && anomaly.Severity == Severity.Critical);

        await opened.Page.Locator("#filter-text").FillAsync("after LOGIN");
        await opened.SettleAsync();
        Assert.EndsWith($", {logins} of 300 findings", await opened.SummaryAsync(), StringComparison.Ordinal);
        await opened.Page.Locator(".severities [data-severity=Critical]").ClickAsync();
        await opened.SettleAsync();
        Assert.EndsWith($", {grave} of 300 findings", await opened.SummaryAsync(), StringComparison.Ordinal);
        await opened.Page.Locator("#filter-text").FillAsync("no such thing");
        await opened.SettleAsync();
        Assert.Equal(
            "No finding fits the filter.", await opened.Page.Locator("#anomalies .empty:visible").InnerTextAsync());
        await opened.Page.Locator("text=Clear all").ClickAsync();
        await opened.SettleAsync();
        Assert.EndsWith(", 300 findings", await opened.SummaryAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_opens_by_keyboard_to_its_reasons_and_lines()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Of("an unheard-of line"));
        ILocator toggle = opened.Page.Locator("#incidents .opener");
        await toggle.FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("true", await toggle.GetAttributeAsync("aria-expanded"));
        Assert.Equal("an unheard-of line", await opened.Page.Locator(".reason .sentence").InnerTextAsync());
        Assert.Contains(
            "an unheard-of line", await opened.Page.Locator(".detail pre").AllInnerTextsAsync());
        Assert.True(await opened.Page.Locator(".detail mark").CountAsync() > 0);
        await opened.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(0, await opened.Page.Locator(".detail").CountAsync());
    }

    [Fact]
    public async Task A_number_leads_to_its_lines()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        ILocator number = opened.Page.Locator("#sources .data-table tbody:not(.sizer) .drill").First;
        await number.ScrollIntoViewIfNeededAsync();
        await number.ClickAsync();
        await opened.SettleAsync();

        Assert.Contains("source=", opened.Page.Url, StringComparison.Ordinal);
        string focused = await opened.Page.EvaluateAsync<string>("document.activeElement.textContent");
        Assert.Equal("Raw lines", focused);
        string source = Uri.UnescapeDataString(opened.Page.Url.Split("source=")[1].Split('&')[0]);
        string[] lines =
            [.. await opened.Page.Locator("#line-table tbody:not(.sizer) .raw-cell code").AllInnerTextsAsync()];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(source, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("</script><script>window.ran = true</script>")]
    [InlineData("<img src=x onerror='window.ran = true'><svg onload='window.ran = true'>")]
    [InlineData("<!-- <script> {{LOGANOMALY-DATA}} javascript:window.ran=true")]
    public async Task A_hostile_line_shows_as_text_and_nothing_runs(string line)
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Of(line), SampleAnalysis.Fixed with { Title = line });
        await opened.OpenEverythingAsync();

        Assert.Contains(line, await opened.Page.Locator(".detail pre").AllInnerTextsAsync());
        Assert.Equal(line, await opened.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(line, await opened.Page.TitleAsync());
        Assert.False(await opened.Page.EvaluateAsync<bool>("'ran' in window"));
        Assert.Equal(0, await opened.Page.Locator("#app img, #app script, #app [onload], #app [onerror]").CountAsync());
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task Without_scripts_the_digest_is_seen_and_hostile_text_is_text()
    {
        const string Line = "</p></main></noscript><img src=x onerror=alert(1)><script>1</script>";
        (string text, IReadOnlyList<string> elements) =
            await browser.ReadWithoutScriptAsync(SampleAnalysis.Of(Line), SampleAnalysis.Fixed with { Title = Line });

        Assert.StartsWith(Line, text, StringComparison.Ordinal);
        Assert.Contains("1 finding: 1 ", text, StringComparison.Ordinal);
        Assert.Contains("open it in a browser with JavaScript on", text, StringComparison.Ordinal);
        string[] expected = ["b", "bdi", "div", "h1", "li", "main", "noscript", "ol", "p", "script"];
        Assert.Equal(expected, elements.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(2, elements.Count(element => element == "script"));
    }

    [Fact]
    public async Task Characters_that_do_not_show_are_made_visible()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Of("a\u001b[31mb\0c\u202Ed\u200Be"));
        await opened.Page.Locator("#incidents .opener").ClickAsync();

        Assert.Contains(
            "a\\x1b[31mb\\x00cU+202EdU+200Be", await opened.Page.Locator(".detail pre").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_cut_line_says_how_much_is_missing()
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Of(new string('z', 1_000_000)), width: 390);
        await opened.OpenEverythingAsync();

        Assert.Contains(
            "996,000 characters more in the file", await opened.Page.Locator("#anomalies").InnerTextAsync(),
            StringComparison.Ordinal);
        Assert.Equal(0, await opened.OverflowAsync());
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1024)]
    [InlineData(1440)]
    public async Task The_page_never_scrolls_sideways(int width)
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy(), width: width);
        await opened.OpenEverythingAsync();

        Assert.Equal(0, await opened.OverflowAsync());
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
    public async Task Paper_is_light_and_has_no_controls()
    {
        await using OpenPage opened = await browser.OpenAsync(
            SampleAnalysis.Busy(), SampleAnalysis.Fixed with { Theme = DashboardTheme.Dark });
        await opened.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.Equal("rgb(255, 255, 255)", await GroundAsync(opened.Page));
        Assert.False(await opened.Page.Locator("#filter-text").IsVisibleAsync());
        byte[] paper = await opened.Page.PdfAsync(new PagePdfOptions { Format = "A4" });
        Assert.True(paper.Length > 20_000, $"The printed page has {paper.Length} bytes.");
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task Nothing_known_is_said_in_words()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Nothing());

        Assert.Equal(
            "No findings came in; the log itself was not passed on to this page.",
            await opened.Page.Locator(".verdict").InnerTextAsync());
        Assert.Equal("No file was read.", await opened.Page.Locator("#ledger .empty:visible").First.InnerTextAsync());
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
    }

    [Fact]
    public async Task Of_five_thousand_findings_only_those_that_are_seen_are_drawn()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy(5200));
        await opened.Page.Locator("#anomalies >> text=Each finding").ClickAsync();
        await opened.SettleAsync();

        Assert.InRange(await opened.Page.Locator("#findings tbody:not(.sizer):not(.spacer)").CountAsync(), 5, 80);
        Assert.Equal("5001", await opened.Page.Locator("#findings").GetAttributeAsync("aria-rowcount"));
        Assert.Contains(
            "holds the 5,000 highest scores of 5,200",
            await opened.Page.Locator("#anomalies [role=status]").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_saved_as_csv_under_the_policy_of_the_page()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Busy());
        IDownload saved = await opened.Page.RunAndWaitForDownloadAsync(
            () => opened.Page.Locator("#anomalies button:visible:text-is('CSV')").ClickAsync());
        await using Stream content = await saved.CreateReadStreamAsync();
        using StreamReader reader = new(content);
        string text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Severity,", text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.True(text.Split("\r\n").Length > 10, text);
        Assert.EndsWith(".csv", saved.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(await opened.ComplaintsAsync());
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_the_filter_the_chart_and_the_findings()
    {
        await using OpenPage opened = await browser.OpenAsync(SampleAnalysis.Of("one line"));
        List<string> met = [];
        for (int presses = 0; presses < 80; presses++)
        {
            await opened.Page.Keyboard.PressAsync("Tab");
            met.Add(await opened.Page.EvaluateAsync<string>(
                "(document.activeElement.id + ' ' + document.activeElement.className).trim()"));
        }

        Assert.Equal("skip", met[0]);
        Assert.Contains("filter-text", met);
        Assert.Contains(met, place => place.StartsWith("brush-handle", StringComparison.Ordinal));
        Assert.Contains("opener", met);
    }

    private static async Task<int> FirstNumberAsync(IPage page, string selector) => int.Parse(
        await page.Locator(selector).First.InnerTextAsync(),
        System.Globalization.NumberStyles.AllowThousands,
        System.Globalization.CultureInfo.InvariantCulture);

    private static Task<string> GroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
