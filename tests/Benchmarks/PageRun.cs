using System.Globalization;
using Microsoft.Playwright;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// Opens a written page in the system's Chromium: how long until the first chart stands, what the page holds in memory,
/// and how long it takes to answer a brush and other filters.
/// </summary>
internal static class PageRun
{
    private const int Rounds = 5;

    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--enable-precise-memory-info",
    ];

    private static readonly string[] s_filters = ["severity=High", "text=failed", "severity=Critical&text=a", ""];

    /// <summary>Measures one page.</summary>
    /// <param name="path">The page's file.</param>
    /// <returns>Ends with the measurement.</returns>
    public static async Task PrintAsync(string path)
    {
        string program = Environment.GetEnvironmentVariable("LOGANOMALY_CHROMIUM") ?? "/usr/bin/chromium";
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = program, Args = s_arguments });
        double opened = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            IPage page = await OpenAsync(browser, path);
            opened = Math.Min(opened, await page.EvaluateAsync<double>(
                "performance.getEntriesByName('loganomaly-first-chart')[0].startTime"));
            await page.CloseAsync();
        }

        IPage measured = await OpenAsync(browser, path);
        await measured.WaitForTimeoutAsync(2000);
        double script = await measured.EvaluateAsync<double>("performance.memory.usedJSHeapSize");
        double process = Renderers().DefaultIfEmpty().Max();
        double filter = await SlowestAsync(measured, FilterAsync);
        double brush = await SlowestAsync(measured, BrushAsync);
        Console.WriteLine(FormattableString.Invariant(
            $"{Path.GetFileName(path)}: {new FileInfo(path).Length / 1000.0:N0} kB; first chart after {opened:0} ms (best of {Rounds}); script {script / 1e6:0} MB, its process {process / 1e6:0} MB; slowest filter {filter:0} ms, slowest brush {brush:0} ms"));
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, string path)
    {
        IPage page = await browser.NewPageAsync(
            new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        await page.GotoAsync(new Uri(Path.GetFullPath(path)).AbsoluteUri);
        await page.Locator("html[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    private static async Task<double> SlowestAsync(IPage page, Func<IPage, Task> act)
    {
        await page.EvaluateAsync("performance.clearMeasures('loganomaly-filter')");
        await act(page);
        return await page.EvaluateAsync<double>(
            "Math.max(0, ...performance.getEntriesByName('loganomaly-filter').map((entry) => entry.duration))");
    }

    private static async Task FilterAsync(IPage page)
    {
        foreach (string filter in s_filters)
        {
            await page.EvaluateAsync("fragment => { location.hash = fragment; }", filter);
            await page.WaitForTimeoutAsync(500);
        }
    }

    private static async Task BrushAsync(IPage page)
    {
        LocatorBoundingBoxResult? box = await page.Locator("#timeline .chart").First.BoundingBoxAsync();
        if (box is null)
        {
            return;
        }

        float middle = box.Y + (box.Height / 2);
        for (int turn = 0; turn < 3; turn++)
        {
            await page.Mouse.MoveAsync(box.X + (box.Width * (0.2f + (0.1f * turn))), middle);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + (box.Width * 0.7f), middle, new MouseMoveOptions { Steps = 8 });
            await page.Mouse.UpAsync();
            await page.WaitForTimeoutAsync(500);
        }
    }

    // Memory of its own (no shared pages) of the processes that draw pages, in bytes; nothing where there is no /proc.
    private static IEnumerable<double> Renderers()
    {
        if (!Directory.Exists("/proc"))
        {
            yield break;
        }

        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            string command = Path.Combine(folder, "cmdline");
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]) || !File.Exists(command)
                || !File.ReadAllText(command).Contains("--type=renderer", StringComparison.Ordinal))
            {
                continue;
            }

            string? own = File.ReadLines(Path.Combine(folder, "status"))
                .FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            if (own is not null)
            {
                yield return 1024.0 * long.Parse(own.Split(':', ' ')[^2], CultureInfo.InvariantCulture);
            }
        }
    }
}
