using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Days of the error log of a web server that is set up without fault. With the difficulty grows what looks like an
/// incident: rushes in which a backend is slow, and releases of the application that repeat a known warning many times.
/// </summary>
internal sealed class ApacheErrorDays : ScenarioScene
{
    private const string Warning =
        "AH01071: Got error 'PHP message: PHP Warning:  Undefined variable $page in /var/www/html/lib/list.php on line "
            + "42'";

    private readonly SeededRandom _random;
    private readonly ApacheErrorScene _scene;
    private readonly NetworkBook _networks;
    private readonly ApacheErrorScenarios _scenarios;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="difficulty">How much looks like an incident.</param>
    public ApacheErrorDays(SceneStage stage, SyntheticDifficulty difficulty)
    {
        _random = stage.Random;
        _networks = new NetworkBook(_random);
        _scene = new ApacheErrorScene(stage, _networks);
        _scenarios = new ApacheErrorScenarios(stage.IncidentRandom, _scene.Server, _networks);
        List<Activity> activities = [.. _scene.Activities];
        if (difficulty > SyntheticDifficulty.Easy)
        {
            activities.Add(AtRandom(stage, Rhythm.Web, 0.7, PlayRush));
        }

        if (difficulty == SyntheticDifficulty.Hard)
        {
            activities.Add(AtRandom(stage, Rhythm.Office, 0.5, PlayRelease));
        }

        Activities = activities;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override void Play(PlannedIncident incident) => _scenarios.Play(incident);

    private string NextClient() =>
        $"{_networks.Visitor(_random.NextInt(_networks.VisitorCount))}:{_random.NextInt(1025, 65535)}";

    private void PlayRush(long ticks)
    {
        int count = _random.NextInt(4, 9);
        for (int index = 0; index < count; index++)
        {
            _scene.Server.AddRequest(
                ticks,
                "proxy_http:error",
                NextClient(),
                "AH01102: error reading status line from remote server 10.0.8.30:8080",
                AccessSite.Origin + "/cart",
                "(70007)The timeout specified has expired");
            ticks = SceneStage.Later(ticks, 1.0 + _random.NextExponential(12.0));
        }
    }

    private void PlayRelease(long ticks)
    {
        int count = _random.NextInt(8, 16);
        for (int index = 0; index < count; index++)
        {
            _scene.Server.AddRequest(ticks, "proxy_fcgi:error", NextClient(), Warning);
            ticks = SceneStage.Later(ticks, 2.0 + _random.NextExponential(25.0));
        }
    }
}
