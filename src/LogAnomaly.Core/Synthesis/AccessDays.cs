using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Days of an access log: visitors, crawlers, feeds, editors, a monitor. With the difficulty grows what looks like an
/// incident: short failures while a release is put in place, large downloads, old links, a partner who exports data, a
/// load test.
/// </summary>
internal sealed class AccessDays : ScenarioScene
{
    private static readonly string[] s_oldLinks =
    [
        "/shop/lamps.php", "/shop/desks.php", "/catalogue/2016", "/catalogue/2017", "/about-us.html", "/jobs/joiner",
        "/news/fair-2018", "/products/pine-bench", "/products/brass-lamp", "/blog/2018/winter",
    ];

    private readonly SeededRandom _random;
    private readonly AccessScene _scene;
    private readonly NetworkBook _networks;
    private readonly AccessScenarios _scenarios;
    private readonly AccessClient _partner;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="difficulty">How much looks like an incident.</param>
    public AccessDays(SceneStage stage, SyntheticDifficulty difficulty)
    {
        _random = stage.Random;
        _networks = new NetworkBook(_random);
        _scene = new AccessScene(stage, _networks);
        _scenarios = new AccessScenarios(stage, _scene, _networks);
        _partner = new AccessClient(_networks.Stranger(_random), "Java-http-client/17.0.9", "HTTP/1.1");
        List<Activity> activities = [.. _scene.Activities];
        if (difficulty > SyntheticDifficulty.Easy)
        {
            activities.Add(AtRandom(stage, Rhythm.Office, 0.5, PlayRelease));
            activities.Add(AtRandom(stage, Rhythm.Web, 3.0, PlayFilm));
            activities.Add(AtRandom(stage, Rhythm.Flat, 0.7, PlayOldLinks));
        }

        if (difficulty == SyntheticDifficulty.Hard)
        {
            activities.Add(Regularly(TimeSpan.TicksPerDay, 190 * TimeSpan.TicksPerMinute, PlayExport));
            activities.Add(AtRandom(stage, Rhythm.Office, 0.35, PlayLoadTest));
        }

        Activities = activities;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override void Play(PlannedIncident incident) => _scenarios.Play(incident);

    // The application is away for some seconds.
    private void PlayRelease(long ticks)
    {
        int count = _random.NextInt(2, 6);
        for (int index = 0; index < count; index++)
        {
            _scene.Lines.Add(
                ticks, _scene.Site.NextVisitor(_random), "GET", _scene.Site.NextPage(_random).Path, 503, 582);
            ticks = SceneStage.Later(ticks, 0.3 + _random.NextExponential(4.0));
        }
    }

    private void PlayFilm(long ticks)
    {
        AccessClient visitor = _scene.Site.NextVisitor(_random);
        string path = _random.NextInt(3) == 0 ? "/media/workshop-tour.mp4" : "/downloads/catalogue-2026.pdf";
        int most = path.EndsWith("mp4", StringComparison.Ordinal) ? 48_113_920 : 21_660_417;
        int bytes = _random.NextInt(4) == 0 ? _random.NextInt(most / 10, most) : most;
        _scene.Lines.Add(ticks, visitor, "GET", path, bytes == most ? 200 : 206, bytes, AccessSite.Origin + "/about");
    }

    // A crawler with the links of a site that was moved years ago.
    private void PlayOldLinks(long ticks)
    {
        AccessClient crawler = new(_networks.Stranger(_random),
            "Mozilla/5.0 (compatible; LinkCheck/1.9; +https://links.example.net/)", "HTTP/1.1");
        int count = _random.NextInt(4, 8);
        int first = _random.NextInt(s_oldLinks.Length);
        for (int index = 0; index < count; index++)
        {
            _scene.Lines.Add(ticks, crawler, "GET", s_oldLinks[(first + index) % s_oldLinks.Length], 404, 5127);
            ticks = SceneStage.Later(ticks, 9.0 + _random.NextExponential(20.0));
        }
    }

    private void PlayExport(long ticks)
    {
        ticks = SceneStage.Later(ticks, _random.NextExponential(40.0));
        for (int page = 1; page <= 14; page++)
        {
            _scene.Lines.Add(ticks, _partner, "GET", $"/api/v1/export?table=orders&page={page}", 200,
                _random.NextInt(1_900_000, 2_300_000), "-", "partner");
            ticks = SceneStage.Later(ticks, 1.5 + _random.NextExponential(2.0));
        }
    }

    private void PlayLoadTest(long ticks)
    {
        AccessClient tester = new("10.0.8.30", "hey/0.0.1", "HTTP/1.1");
        int count = _random.NextInt(450, 700);
        for (int index = 0; index < count; index++)
        {
            AccessPage page = _scene.Site.NextPage(_random);
            _scene.Lines.Add(ticks, tester, "GET", page.Path, 200, page.Bytes);
            ticks = SceneStage.Later(ticks, 0.2 + _random.NextExponential(0.16));
        }
    }
}
