using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>The system's Chromium, started once for the tests of the page. None is ever downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Milliseconds until something counts as hanging: how fast a busy machine is says nothing of the page.
    private const float Patience = 300_000;

    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private DirectoryInfo? _folder;

    /// <summary>The browser's program, or null where there is none.</summary>
    internal static string? Executable { get; } = new[]
    {
        Environment.GetEnvironmentVariable("LOGANOMALY_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    }.FirstOrDefault(path => !string.IsNullOrEmpty(path) && File.Exists(path));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Executable is null)
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("loganomaly-page-");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = s_arguments,
            Timeout = Patience,
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder?.Delete(recursive: true);
    }

    /// <summary>Writes a page to disk and opens it from there.</summary>
    /// <param name="analysis">What the page shows.</param>
    /// <param name="options">How; the fixed options where null.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="scheme">What the system prefers.</param>
    /// <param name="fragment">The filter in the address, without its <c>#</c>.</param>
    /// <returns>The open page.</returns>
    internal async Task<OpenPage> OpenAsync(
        LogAnalysis analysis,
        DashboardOptions? options = null,
        int width = 1440,
        ColorScheme scheme = ColorScheme.Light,
        string fragment = "")
    {
        Assert.SkipWhen(_browser is null, "No Chromium: set LOGANOMALY_CHROMIUM to its path.");
        string path = Path.Combine(_folder!.FullName, $"{Guid.NewGuid():N}.html");
        DashboardWriter.WriteFile(analysis, options ?? SampleAnalysis.Fixed, path);
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        OpenPage opened = new(context, await context.NewPageAsync());
        string address = new Uri(path).AbsoluteUri;
        await opened.GoAsync(fragment.Length == 0 ? address : $"{address}#{fragment}");
        return opened;
    }

    /// <summary>Reads a page as who lets no script run, such as the preview of a mail program.</summary>
    /// <param name="analysis">What the page shows.</param>
    /// <param name="options">How it shows it.</param>
    /// <returns>The text that is seen, and the names of all elements that are there.</returns>
    internal async Task<(string Text, IReadOnlyList<string> Elements)> ReadWithoutScriptAsync(
        LogAnalysis analysis, DashboardOptions options)
    {
        Assert.SkipWhen(_browser is null, "No Chromium: set LOGANOMALY_CHROMIUM to its path.");
        string path = Path.Combine(_folder!.FullName, $"{Guid.NewGuid():N}.html");
        DashboardWriter.WriteFile(analysis, options, path);
        await using IBrowserContext context = await _browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        context.SetDefaultTimeout(Patience);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        string[] elements = await page.Locator("body *").EvaluateAllAsync<string[]>(
            "all => all.map(one => one.tagName.toLowerCase())");
        return (await page.Locator("body").InnerTextAsync(), elements);
    }
}

/// <summary>A page in a window of its own, and all that it complained about or asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => _complaints.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _complaints.Enqueue($"error: {error}");
        page.Dialog += (_, dialog) => _complaints.Enqueue($"dialog: {dialog.Message}");
        page.Request += (_, request) => Requests.Enqueue(request.Url);
    }

    /// <summary>The page.</summary>
    internal IPage Page { get; }

    /// <summary>All that the page asked for, itself first.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Console messages, script errors, dialogs and violations of the policy.</summary>
    internal async Task<string[]> ComplaintsAsync() =>
        [.. _complaints, .. await Page.EvaluateAsync<string[]>("window.violations")];

    /// <summary>What the filter leaves, in the words of the page.</summary>
    internal Task<string> SummaryAsync() => Page.Locator(".filter-summary").InnerTextAsync();

    /// <summary>Pixels by which the page is wider than its window.</summary>
    internal Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>
    /// Waits until what was asked for is drawn: a pause in typing, a frame, and the sections out of sight.
    /// </summary>
    internal async Task SettleAsync()
    {
        await Page.WaitForTimeoutAsync(300);
        await WaitUntilCompleteAsync();
        await Page.EvaluateAsync("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>Opens the first row of each table, all that folds, and the tip of the chart.</summary>
    internal async Task OpenEverythingAsync()
    {
        foreach (ILocator opener in await Page.Locator(".data-table").Locator(".opener >> nth=0").AllAsync())
        {
            await opener.EvaluateAsync("button => button.click()");
        }

        await Page.EvaluateAsync("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
        if (await Page.Locator("#timeline .chart").CountAsync() > 0)
        {
            await Page.Locator("#timeline .chart").HoverAsync();
        }

        await SettleAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    internal async Task GoAsync(string address)
    {
        await Page.AddInitScriptAsync(
            "window.violations = []; document.addEventListener('securitypolicyviolation',"
            + " (event) => window.violations.push(`policy: ${event.violatedDirective} ${event.sample}`));");
        await Page.GotoAsync(address);
        await WaitUntilCompleteAsync();
    }

    // A function to wait for would be refused by the page's policy; a locator asks without eval.
    private Task WaitUntilCompleteAsync() =>
        Page.Locator("html[data-complete=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
}
