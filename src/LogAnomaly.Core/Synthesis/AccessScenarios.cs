using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Plays the scenarios of an access log.</summary>
internal sealed class AccessScenarios
{
    private static readonly string[] s_probes =
    [
        "/.env", "/.git/config", "/wp-login.php", "/phpmyadmin/index.php", "/backup.zip", "/config.php.bak",
        "/.git/HEAD", "/server-status", "/actuator/env", "/solr/admin/info/system", "/cgi-bin/luci", "/.svn/entries",
        "/db.sql", "/administrator/index.php", "/.DS_Store", "/.aws/credentials", "/old/index.php", "/test.php",
        "/api/swagger.json", "/owa/auth/logon.aspx", "/console/login/LoginForm.jsp", "/wp-admin/install.php",
        "/xmlrpc.php", "/install/", "/dev/", "/staging/", "/cms/", "/typo3/index.php", "/user/register",
        "/.vscode/sftp.json", "/jenkins/login", "/grafana/login",
    ];

    private static readonly string[] s_plainProbes =
        ["/cms/", "/admin.php", "/test/", "/upload.php", "/old/", "/api/v2/users", "/download", "/intranet/"];

    private static readonly string[] s_commands =
        ["id", "uname+-a", "cat+/etc/passwd", "ls+-la+/var/www", "ps+aux", "netstat+-tlnp", "crontab+-l"];

    private static readonly string[] s_shells =
        ["/media/uploads/thumb.php", "/media/uploads/img_2211.php", "/static/uploads/avatar-77.php"];

    private readonly SeededRandom _random;
    private readonly AccessSite _site;
    private readonly AccessLineWriter _lines;
    private readonly NetworkBook _networks;

    /// <summary>Creates the scenarios.</summary>
    /// <param name="stage">Gives the generator.</param>
    /// <param name="scene">The site and its lines.</param>
    /// <param name="networks">Gives addresses.</param>
    public AccessScenarios(SceneStage stage, AccessScene scene, NetworkBook networks)
    {
        _random = stage.IncidentRandom;
        _site = scene.Site;
        _lines = scene.Lines;
        _networks = networks;
    }

    /// <summary>Plays an incident.</summary>
    /// <param name="incident">The incident.</param>
    public void Play(PlannedIncident incident)
    {
        switch (incident.Facts.Scenario)
        {
            case SyntheticScenario.ScanThenExploit:
                PlayScan(incident);
                break;
            case SyntheticScenario.WebShell:
                PlayWebShell(incident);
                break;
            case SyntheticScenario.ServerErrorBurst:
                PlayServerErrors(incident);
                break;
            default:
                PlayTheft(incident);
                break;
        }
    }

    // Loud attackers show their tools, the others look like any browser.
    private AccessClient Attacker(PlannedIncident incident, string loudAgent)
    {
        string address = _networks.Stranger(_random);
        incident.Involve("SourceIP", address);
        return incident.Difficulty == SyntheticDifficulty.Easy
            ? new AccessClient(address, loudAgent, "HTTP/1.1")
            : _site.NextVisitor(_random) with { Address = address };
    }

    private void PlayScan(PlannedIncident incident)
    {
        AccessClient client = Attacker(incident, "Mozilla/5.0 zgrab/0.x");
        string[] probes = incident.Difficulty == SyntheticDifficulty.Hard ? [.. s_plainProbes] : [.. s_probes];
        _random.Shuffle<string>(probes);
        int count = incident.Pick(probes.Length, _random.NextInt(12, 15), _random.NextInt(4, 5));
        double gap = incident.Pick(0.5, 12.0, 150.0);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            string path = probes[index];
            bool isForbidden = path.StartsWith("/.", StringComparison.Ordinal) || path == "/server-status";
            _lines.Add(ticks, client, "GET", path, isForbidden ? 403 : 404, isForbidden ? 318 : 5127);
            ticks = SceneStage.Later(ticks, gap * (0.6 + (0.8 * _random.NextDouble())));
        }

        PlayExploit(incident, ticks, client);
    }

    private void PlayExploit(PlannedIncident incident, long ticks, in AccessClient client)
    {
        if (incident.Difficulty == SyntheticDifficulty.Medium)
        {
            const string evaluate = "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php";
            for (int index = 0; index < 3; index++)
            {
                _lines.Add(ticks, client, "POST", evaluate, 200, _random.NextInt(30, 900));
                ticks = SceneStage.Later(ticks, 5.0 + _random.NextExponential(20.0));
            }

            return;
        }

        _lines.Add(ticks, client, "GET", "/download?file=../../../../etc/passwd", 200, _random.NextInt(1700, 2600));
        if (incident.Difficulty == SyntheticDifficulty.Easy)
        {
            ticks = SceneStage.Later(ticks, 3.0 + _random.NextExponential(6.0));
            _lines.Add(ticks, client, "GET", "/search?q=x%27+UNION+SELECT+user,password+FROM+users--+-", 200, 24_411);
            for (int index = 0; index < 5; index++)
            {
                ticks = SceneStage.Later(ticks, 4.0 + _random.NextExponential(9.0));
                string command = s_commands[_random.NextInt(s_commands.Length)];
                _lines.Add(ticks, client, "POST", $"/uploads/shell.php?cmd={command}", 200, _random.NextInt(20, 2400));
            }
        }
    }

    private void PlayWebShell(PlannedIncident incident)
    {
        AccessClient client = Attacker(incident, "python-requests/2.32.3");
        string path = s_shells[_random.NextInt(s_shells.Length)];
        int count = incident.Pick(_random.NextInt(20, 30), _random.NextInt(6, 9), _random.NextInt(2, 3));
        double gap = incident.Pick(8.0, 45.0, 900.0);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            string query = incident.Difficulty == SyntheticDifficulty.Easy
                ? "?c=" + s_commands[_random.NextInt(s_commands.Length)]
                : "";
            _lines.Add(ticks, client, "POST", path + query, 200, _random.NextInt(20, 2400));
            ticks = SceneStage.Later(ticks, gap * (0.5 + _random.NextDouble()));
        }
    }

    private void PlayServerErrors(PlannedIncident incident)
    {
        int status = incident.Pick(500, 502, 503);
        incident.Involve("StatusCode", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        int count = incident.Pick(_random.NextInt(260, 320), _random.NextInt(70, 90), _random.NextInt(26, 30));
        double seconds = incident.Pick(400.0, 420.0, 230.0);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            AccessClient client = _site.NextVisitor(_random);
            _lines.Add(ticks, client, "GET", _site.NextPage(_random).Path, status, status == 503 ? 582 : 497);
            ticks = SceneStage.Later(ticks, seconds / count * (0.5 + _random.NextDouble()));
        }
    }

    private void PlayTheft(PlannedIncident incident)
    {
        AccessClient client = Attacker(incident, "Wget/1.21.4");
        long ticks = incident.Begin;
        if (incident.Difficulty == SyntheticDifficulty.Easy)
        {
            foreach (string path in (string[])
            [
                "/backup/customers.sql.gz",
                "/backup/orders.sql.gz",
                "/backup/site-2025-12.tar.gz",
            ])
            {
                _lines.Add(ticks, client, "GET", path, 200, 1_000_000L * _random.NextInt(400, 2900));
                ticks = SceneStage.Later(ticks, 60.0 + _random.NextExponential(120.0));
            }

            return;
        }

        int count = incident.Pick(0, _random.NextInt(70, 90), _random.NextInt(56, 62));
        double seconds = incident.Pick(0.0, 1500.0, 2500.0);
        int first = _random.NextInt(1, 40);
        for (int index = 0; index < count; index++)
        {
            _lines.Add(ticks, client, "GET", $"/api/v1/export?table=customers&page={first + index}", 200,
                incident.Pick(0, _random.NextInt(3_600_000, 4_400_000), _random.NextInt(3_000_000, 3_400_000)));
            ticks = SceneStage.Later(ticks, seconds / count * (0.6 + (0.8 * _random.NextDouble())));
        }
    }
}
