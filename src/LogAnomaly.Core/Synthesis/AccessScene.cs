using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// A small shop with a blog. Of its normal lines about 78 % are visits (pages with their files, searches, forms), 12 %
/// crawlers, 5 % feed readers, 4 % a monitor and 1 % an editor at work. About 2 % of the requests for pages are for
/// such as do not exist, 0.2 % fail with 5xx.
/// </summary>
internal sealed class AccessScene : Scene
{
    // Lines that one time of an activity adds on average. They need only be near: they settle how many days the log
    // spans.
    private const double LinesPerVisit = 13.4;
    private const double LinesPerCrawl = 12.5;
    private const double LinesPerEdit = 8.0;

    private static readonly string[] s_entries =
    [
        "-", "https://search.example.org/", "-", "https://search.example.org/", "https://social.example.net/",
        "https://news.example.net/interiors", "https://mail.example.org/",
    ];

    private static readonly AccessClient[] s_crawlers =
    [
        new("10.0.40.11", "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://search.example.org/bot)", "HTTP/1.1"),
        new("203.0.113.255", "Mozilla/5.0 (compatible; IndexSpider/7.0; +https://index.example.net/spider)",
            "HTTP/1.1"),
        new("2001:db8:f00d::8", "Mozilla/5.0 (compatible; ArchiveCrawler/3.4; +https://archive.example.org/about)",
            "HTTP/2.0"),
    ];

    // Where the editors sit.
    private static readonly string[] s_desks = ["10.0.8.101", "10.0.8.103"];

    private static readonly AccessClient s_monitor =
        new("10.0.8.20", "check-http/2.4 (monitor.example.com)", "HTTP/1.1");

    private readonly SeededRandom _random;
    private readonly AccessSite _site;
    private readonly AccessLineWriter _lines;
    private readonly AccessClient[]? _editors;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="networks">Gives visitors their addresses, in a log with scenarios; else null.</param>
    public AccessScene(SceneStage stage, NetworkBook? networks = null)
        : base(stage)
    {
        _random = stage.Random;
        _site = new AccessSite(_random, networks);
        _editors = networks is null
            ? null
            : [.. s_desks.Select(address => _site.NextVisitor(_random) with { Address = address })];
        _lines = new AccessLineWriter(stage.Queue);
        double perDay = stage.LinesPerDay;
        long monitorPeriod = (long)(TimeSpan.TicksPerDay / Math.Max(1.0, 0.04 * perDay));
        Activities =
        [
            AtRandom(Rhythm.Web, 0.78 * perDay, LinesPerVisit, PlayVisit),
            AtRandom(Rhythm.Flat, 0.12 * perDay, LinesPerCrawl, PlayCrawl),
            AtRandom(Rhythm.Flat, 0.05 * perDay, 1.0, PlayFeed),
            AtRandom(Rhythm.Office, 0.01 * perDay, LinesPerEdit, PlayEdit),
            Regularly(monitorPeriod, 7 * TimeSpan.TicksPerSecond, PlayMonitor),
        ];
        Incidents = new AccessIncidents(stage, _site, _lines).All;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Incident> Incidents { get; }

    /// <summary>The site.</summary>
    public AccessSite Site => _site;

    /// <summary>Writes its lines.</summary>
    public AccessLineWriter Lines => _lines;

    private void PlayVisit(long ticks)
    {
        AccessClient client = _site.NextVisitor(_random);
        bool isReturning = _random.NextInt(100) < 25;
        string referrer = s_entries[_random.NextInt(s_entries.Length)];
        bool hasFiles = false;
        do
        {
            string shown = PlayStep(ticks, client, referrer, isReturning, hasFiles);
            hasFiles = true;
            referrer = AccessSite.Origin + shown;
            ticks = SceneStage.Later(ticks, 3.0 + _random.NextExponential(38.0));
        }
        while (_random.NextInt(100) < 66);
    }

    // One step of a visit; gives the path that the browser then shows.
    private string PlayStep(long ticks, in AccessClient client, string referrer, bool isReturning, bool hasFiles)
    {
        int choice = _random.NextInt(1000);
        if (choice < 60)
        {
            string word = AccessSite.SearchWords[_random.NextInt(AccessSite.SearchWords.Length)];
            string target =
                _random.NextInt(4) == 0 ? $"/search?q={word}&page={_random.NextInt(2, 5)}" : $"/search?q={word}";
            _lines.Add(ticks, client, "GET", target, 200, _random.NextInt(6400, 13900), referrer);
            return target;
        }

        if (choice < 95 && hasFiles)
        {
            return PlayForm(ticks, client, referrer);
        }

        if (choice < 115)
        {
            string lost = AccessSite.LostPaths[_random.NextInt(AccessSite.LostPaths.Length)];
            _lines.Add(ticks, client, "GET", lost, 404, 5127, referrer);
            return lost;
        }

        AccessPage page = _site.NextPage(_random);
        if (choice < 117)
        {
            _lines.Add(ticks, client, "GET", page.Path, 500 + (3 * _random.NextInt(2)), 612, referrer);
            return page.Path;
        }

        PlayPage(ticks, client, page, referrer, isReturning, hasFiles);
        return page.Path;
    }

    private void PlayPage(
        long ticks, in AccessClient client, AccessPage page, string referrer, bool isReturning, bool hasFiles)
    {
        if (page.Path.Length > 1 && page.Path.EndsWith('/') && _random.NextInt(8) == 0)
        {
            _lines.Add(ticks, client, "GET", page.Path.TrimEnd('/'), 301, 326, referrer);
            ticks = SceneStage.Later(ticks, 0.1);
        }

        bool isKnown = isReturning && _random.NextInt(3) == 0;
        int bytes = page.Bytes + _random.NextInt(-page.Bytes / 50, page.Bytes / 50);
        _lines.Add(ticks, client, "GET", page.Path, isKnown ? 304 : 200, isKnown ? 0 : bytes, referrer);
        string shown = AccessSite.Origin + page.Path;
        long loaded = SceneStage.Later(ticks, 0.05 + (0.3 * _random.NextDouble()));
        if (!hasFiles)
        {
            // A returning browser asks only for what it may not keep, and mostly learns that it has not changed.
            int count = isReturning ? _random.NextInt(3) : AccessSite.SharedAssets.Length;
            PlayAssets(ref loaded, client, AccessSite.SharedAssets.AsSpan(0, count), shown, isReturning);
        }

        PlayAssets(ref loaded, client, page.Images, shown, isKnown);
    }

    private void PlayAssets(
        ref long ticks, in AccessClient client, ReadOnlySpan<AccessAsset> assets, string referrer, bool isKnown)
    {
        foreach (AccessAsset asset in assets)
        {
            bool isUnchanged = isKnown && _random.NextInt(4) != 0;
            _lines.Add(ticks, client, "GET", asset.Path, isUnchanged ? 304 : 200, isUnchanged ? 0 : asset.Bytes,
                referrer);
            ticks = SceneStage.Later(ticks, 0.02 + _random.NextExponential(0.15));
        }
    }

    private string PlayForm(long ticks, in AccessClient client, string referrer)
    {
        int form = _random.NextInt(3);
        if (form == 0)
        {
            _lines.Add(ticks, client, "POST", "/contact", 302, 0, AccessSite.Origin + "/contact");
            _lines.Add(SceneStage.Later(ticks, 0.2), client, "GET", "/contact/thanks", 200, 4870,
                AccessSite.Origin + "/contact");
            return "/contact/thanks";
        }

        if (form == 1)
        {
            bool isForgotten = _random.NextInt(6) == 0;
            _lines.Add(ticks, client, "GET", "/account/login", 200, 5230, referrer);
            ticks = SceneStage.Later(ticks, 6.0 + _random.NextExponential(6.0));
            string login = AccessSite.Origin + "/account/login";
            _lines.Add(ticks, client, "POST", "/account/login", isForgotten ? 401 : 302, isForgotten ? 5311 : 0, login);
            return "/account/login";
        }

        _lines.Add(ticks, client, "POST", "/api/v1/cart", 201, _random.NextInt(210, 690), referrer);
        ticks = SceneStage.Later(ticks, 0.3);
        _lines.Add(ticks, client, "GET", "/cart", 200, _random.NextInt(6900, 9900), referrer);
        return "/cart";
    }

    private void PlayCrawl(long ticks)
    {
        AccessClient crawler = s_crawlers[_random.NextInt(s_crawlers.Length)];
        _lines.Add(ticks, crawler, "GET", "/robots.txt", 200, 142);
        if (_random.NextInt(3) == 0)
        {
            ticks = SceneStage.Later(ticks, 1.0 + _random.NextExponential(2.0));
            _lines.Add(ticks, crawler, "GET", "/sitemap.xml", 200, 9344);
        }

        int pages = _random.NextInt(3, 19);
        for (int count = 0; count < pages; count++)
        {
            ticks = SceneStage.Later(ticks, 4.0 + _random.NextExponential(9.0));
            AccessPage page = _site.NextPage(_random);
            int luck = _random.NextInt(100);
            string path = luck < 5 ? AccessSite.LostPaths[_random.NextInt(AccessSite.LostPaths.Length)] : page.Path;
            int status = luck < 5 ? 404 : luck < 40 ? 304 : 200;
            _lines.Add(ticks, crawler, "GET", path, status, status switch { 404 => 5127, 304 => 0, _ => page.Bytes });
        }
    }

    private void PlayFeed(long ticks)
    {
        AccessClient reader =
            _site.NextVisitor(_random) with { Agent = "FeedReader/4.2 (+https://reader.example.org)" };
        bool isNew = _random.NextInt(8) == 0;
        _lines.Add(ticks, reader, "GET", "/blog/feed.xml", isNew ? 200 : 304, isNew ? 24811 : 0);
    }

    private void PlayMonitor(long ticks) => _lines.Add(ticks, s_monitor, "HEAD", "/health", 200, 0);

    private void PlayEdit(long ticks)
    {
        AccessClient editor = _site.NextVisitor(_random) with { Address = $"10.0.8.{_random.NextInt(101, 104)}" };
        string user = _random.NextInt(3) == 0 ? "ben" : "anna";
        if (_editors is not null)
        {
            // In a log with scenarios everybody has one desk and one browser.
            editor = _editors[user == "ben" ? 0 : 1];
        }

        _lines.Add(ticks, editor, "GET", "/admin/", 401, 381);
        int steps = _random.NextInt(3, 11);
        for (int count = 0; count < steps; count++)
        {
            ticks = SceneStage.Later(ticks, 4.0 + _random.NextExponential(30.0));
            string target = $"/admin/pages/{_random.NextInt(1, 44)}";
            bool isSaved = count % 2 == 1;
            _lines.Add(
                ticks, editor, isSaved ? "POST" : "GET", target, isSaved ? 302 : 200,
                isSaved ? 0 : _random.NextInt(7000, 9000),
                AccessSite.Origin + "/admin/", user);
        }
    }
}
