using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>The synthetic web site: its pages and files, and who visits it with what.</summary>
internal sealed class AccessSite
{
    /// <summary>Where the site is.</summary>
    public const string Origin = "https://www.example.com";

    /// <summary>Files that every page needs; browsers ask for them once a visit.</summary>
    public static readonly AccessAsset[] SharedAssets =
    [
        new("/static/css/site.css", 18244), new("/static/js/site.js", 48121), new("/static/img/logo.svg", 3910),
        new("/static/fonts/text.woff2", 22688), new("/favicon.ico", 1150),
    ];

    /// <summary>Words that visitors search for.</summary>
    public static readonly string[] SearchWords =
        ["lamp", "oak+table", "desk", "chair", "shelf", "rug", "mirror", "opening+hours", "returns", "delivery", "gift",
         "sofa"];

    /// <summary>Pages that no longer exist but are still linked.</summary>
    public static readonly string[] LostPaths =
        ["/blog/2019/old-news", "/products/brass-lamp", "/apple-touch-icon.png", "/press.html", "/ads.txt",
         "/products/pine-bench"];

    private static readonly string[] s_browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
            + "Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
            + "Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile "
            + "Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
            + "Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
            + "Safari/537.36 Edg/142.0.0.0",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
            + "Chrome/130.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 "
            + "Mobile/15E148 Safari/604.1",
    ];

    private static readonly string[] s_topPaths =
        ["/products/", "/blog/", "/about", "/contact", "/help/delivery", "/help/returns"];

    private static readonly string[] s_kinds = ["lamp", "table", "chair", "shelf", "mirror", "rug"];
    private static readonly string[] s_looks = ["oak", "linen", "walnut", "copper", "willow"];
    private static readonly string[] s_topics =
        ["spring-sale", "caring-for-oak", "new-workshop", "how-a-chair-is-made", "small-rooms", "light-at-night",
         "meet-the-makers"];

    private readonly List<AccessPage> _pages = [];
    private readonly NetworkBook? _networks;
    private readonly int[] _browsers;
    private readonly ZipfTable _pageRanks;
    private readonly ZipfTable _visitorRanks;

    /// <summary>Creates a site.</summary>
    /// <param name="random">Settles sizes, ranks and who uses which browser.</param>
    /// <param name="networks">Gives visitors their addresses; null for <see cref="Addresses"/>.</param>
    public AccessSite(SeededRandom random, NetworkBook? networks = null)
    {
        _networks = networks;
        Addresses = new AddressBook(random);
        AddPages(random);
        AccessPage[] ranked = _pages.Skip(1).ToArray();
        random.Shuffle<AccessPage>(ranked);
        _pages.RemoveRange(1, ranked.Length);
        _pages.AddRange(ranked);
        _pageRanks = new ZipfTable(_pages.Count);
        _visitorRanks = new ZipfTable(Addresses.VisitorCount);
        ZipfTable browserRanks = new(s_browsers.Length);
        _browsers = new int[Addresses.VisitorCount];
        for (int visitor = 0; visitor < _browsers.Length; visitor++)
        {
            _browsers[visitor] = browserRanks.Next(random);
        }
    }

    /// <summary>Addresses of visitors and strangers.</summary>
    public AddressBook Addresses { get; }

    /// <summary>Draws a page by popularity.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>The page.</returns>
    public AccessPage NextPage(SeededRandom random) => _pages[_pageRanks.Next(random)];

    /// <summary>Draws a visitor by how often they come; each keeps one browser.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>The visitor.</returns>
    public AccessClient NextVisitor(SeededRandom random)
    {
        int index = _visitorRanks.Next(random);
        string protocol = index % 3 == 0 ? "HTTP/1.1" : "HTTP/2.0";
        string address = _networks is null ? Addresses.Visitor(index) : _networks.Visitor(index);
        return new AccessClient(address, s_browsers[_browsers[index]], protocol);
    }

    private void AddPages(SeededRandom random)
    {
        Add("/", 14210, 3, random);
        foreach (string path in s_topPaths)
        {
            Add(path, random.NextInt(5200, 15400), random.NextInt(0, 2), random);
        }

        foreach (string look in s_looks)
        {
            foreach (string kind in s_kinds)
            {
                Add($"/products/{look}-{kind}", random.NextInt(9100, 21800), random.NextInt(1, 4), random);
            }
        }

        foreach (string topic in s_topics)
        {
            Add($"/blog/2025/{topic}", random.NextInt(11800, 39600), random.NextInt(0, 5), random);
        }
    }

    private void Add(string path, int bytes, int imageCount, SeededRandom random)
    {
        AccessAsset[] images = new AccessAsset[imageCount];
        string name = path.Trim('/').Replace('/', '-');
        for (int index = 0; index < imageCount; index++)
        {
            images[index] = new AccessAsset(
                $"/media/{(name.Length == 0 ? "home" : name)}-{index + 1}.webp", random.NextInt(12000, 180000));
        }

        _pages.Add(new AccessPage(path, bytes, images));
    }
}

/// <summary>Who sends requests.</summary>
/// <param name="Address">IP address.</param>
/// <param name="Agent">User agent.</param>
/// <param name="Protocol">HTTP version as the log shows it.</param>
internal readonly record struct AccessClient(string Address, string Agent, string Protocol);
