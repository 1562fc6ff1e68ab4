using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Plays the scenarios of an Apache error log.</summary>
internal sealed class ApacheErrorScenarios
{
    // Messages of a release, the loudest first.
    private static readonly string[] s_release =
    [
        "PHP Fatal error:  Uncaught TypeError: Shop\\Basket::add(): Argument #2 ($amount) must be of type int, string "
            + "given in /var/www/html/lib/Basket.php:57",
        "PHP Warning:  foreach() argument must be of type array|object, null given in "
            + "/var/www/html/templates/basket.php on line 23",
        "PHP Fatal error:  Uncaught Error: Call to undefined method Shop\\Price::gross() in "
            + "/var/www/html/lib/Price.php:112",
        "PHP Warning:  include(/var/www/html/lib/Tax.php): Failed to open stream: No such file or directory in "
            + "/var/www/html/lib/Price.php on line 4",
        "PHP Fatal error:  Uncaught PDOException: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'vat_id' in "
            + "'field list' in /var/www/html/lib/Store.php:88",
        "PHP Deprecated:  Creation of dynamic property Shop\\Basket::$note is deprecated in "
            + "/var/www/html/lib/Basket.php on line 71",
    ];

    private readonly SeededRandom _random;
    private readonly ApacheServer _server;
    private readonly NetworkBook _networks;

    /// <summary>Creates the scenarios.</summary>
    /// <param name="random">The generator of incidents.</param>
    /// <param name="server">The server that they happen to.</param>
    /// <param name="networks">Gives addresses.</param>
    public ApacheErrorScenarios(SeededRandom random, ApacheServer server, NetworkBook networks)
    {
        _random = random;
        _server = server;
        _networks = networks;
    }

    /// <summary>Plays an incident.</summary>
    /// <param name="incident">The incident.</param>
    public void Play(PlannedIncident incident)
    {
        incident.Involve("Program", "apache2");
        switch (incident.Facts.Scenario)
        {
            case SyntheticScenario.WorkerExhaustion:
                PlayExhaustion(incident);
                break;
            case SyntheticScenario.SegfaultBurst:
                PlayCrashes(incident);
                break;
            default:
                PlayRelease(incident);
                break;
        }
    }

    private void PlayExhaustion(PlannedIncident incident)
    {
        long ticks = incident.Begin;
        int waiting = incident.Pick(_random.NextInt(50, 80), _random.NextInt(5, 9), 0);
        if (incident.Difficulty == SyntheticDifficulty.Hard)
        {
            _server.AddParent(
                ticks,
                "mpm_event:error",
                "AH03490: scoreboard is full, not at MaxRequestWorkers.Increase ServerLimit.");
            return;
        }

        _server.AddParent(ticks, "mpm_event:error",
            "AH00484: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting");
        for (int index = 0; index < waiting; index++)
        {
            ticks = SceneStage.Later(ticks, 0.3 + _random.NextExponential(incident.Pick(6.0, 20.0, 20.0)));
            _server.AddRequest(
                ticks,
                "proxy_http:error",
                NextClient(),
                "AH01102: error reading status line from remote server 10.0.8.30:8080",
                null,
                "(70007)The timeout specified has expired");
        }

        if (incident.Difficulty == SyntheticDifficulty.Easy)
        {
            _server.AddParent(SceneStage.Later(ticks, 2.0), "mpm_event:error",
                "AH03490: scoreboard is full, not at MaxRequestWorkers.Increase ServerLimit.");
        }
    }

    private void PlayCrashes(PlannedIncident incident)
    {
        int count = incident.Pick(_random.NextInt(14, 20), _random.NextInt(5, 7), 3);
        double gap = incident.Pick(4.0, 60.0, 200.0);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            int child = _server.NextChild();
            _server.AddParent(ticks, "core:notice", $"AH00052: child pid {child} exit signal Segmentation fault (11)");
            _server.Replace(child);
            ticks = SceneStage.Later(ticks, gap * (0.7 + (0.6 * _random.NextDouble())));
        }
    }

    private void PlayRelease(PlannedIncident incident)
    {
        string[] messages = [.. s_release];
        _random.Shuffle<string>(messages);
        int kinds = incident.Pick(messages.Length, 2, 1);
        int count = incident.Pick(_random.NextInt(70, 90), _random.NextInt(7, 9), _random.NextInt(2, 3));
        double gap = incident.Pick(20.0, 120.0, 500.0);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            string message = messages[index < kinds ? index : _random.NextInt(kinds)];
            _server.AddRequest(
                ticks,
                "proxy_fcgi:error",
                NextClient(),
                $"AH01071: Got error 'PHP message: {message}'",
                AccessSite.Origin + "/cart");
            ticks = SceneStage.Later(ticks, gap * (0.4 + (1.2 * _random.NextDouble())));
        }
    }

    private string NextClient() =>
        $"{_networks.Visitor(_random.NextInt(_networks.VisitorCount))}:{_random.NextInt(1025, 65535)}";
}
