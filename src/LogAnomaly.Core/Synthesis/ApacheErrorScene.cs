using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// The error log of a web server at LogLevel info: mostly requests that failed for everyday reasons, noise of TLS
/// connections, warnings of PHP, a slow backend now and then, and the lines of a graceful restart each night and after
/// some changes.
/// </summary>
internal sealed class ApacheErrorScene : Scene
{
    // Lines that one time of an activity adds on average. They need only be near: they settle how many days the log
    // spans.
    private const double LinesPerRequest = 1.17;
    private const double LinesPerRestart = 5.0;

    private static readonly string[] s_lost =
        ["favicon.ico", "apple-touch-icon.png", "robots.txt", "blog/2019/old-news", "media/lamp-3.webp", "ads.txt",
         "sitemap_index.xml"];

    private static readonly string[] s_folders =
        ["media/", "static/img/", "static/", "downloads/2025/", "media/thumbs/"];
    private static readonly string[] s_denied =
        ["server-status", "admin/config.ini", ".htaccess", "internal/", "composer.json"];
    private static readonly string[] s_scripts = ["printenv", "count.pl", "search.cgi", "form.pl"];

    private static readonly string[] s_notices =
    [
        "PHP Warning:  Undefined variable $page in /var/www/html/lib/list.php on line 42",
        "PHP Warning:  Undefined array key \"sort\" in /var/www/html/search.php on line 17",
        "PHP Deprecated:  strlen(): Passing null to parameter #1 ($string) of type string is deprecated in "
            + "/var/www/html/lib/text.php on line 88",
        "PHP Notice:  session_start(): Ignoring session_start() because a session is already active in "
            + "/var/www/html/lib/auth.php on line 9",
        "PHP Warning:  Trying to access array offset on null in /var/www/html/cart.php on line 131",
    ];

    private static readonly string[] s_users = ["anna", "ben", "clara", "david"];

    private readonly SeededRandom _random;
    private readonly ApacheServer _server;
    private readonly NetworkBook? _networks;
    private readonly AddressBook _addresses;
    private readonly ZipfTable _visitors;
    private readonly ZipfTable _messages = new(15);
    private readonly Action<long, string>[] _plays;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="networks">Gives visitors their addresses, in a log with scenarios; else null. There the server is
    /// set up without fault, as quiet days are to be quiet.</param>
    public ApacheErrorScene(SceneStage stage, NetworkBook? networks = null)
        : base(stage)
    {
        _random = stage.Random;
        _server = new ApacheServer(stage.Queue, _random);
        _networks = networks;
        _addresses = new AddressBook(_random);
        _visitors = new ZipfTable(_addresses.VisitorCount);
        _plays =
        [
            PlayMissing, PlayHandshake, PlayPhp, PlayConnection, PlayDenied, PlayMissing, PlayPhp, PlayFolder,
            PlayScript, PlayReadTimeout,
            PlayPassword, PlayNegotiation, PlayOldDenied, PlayBackendTimeout, PlayPermission,
        ];
        Activities =
        [
            AtRandom(Rhythm.Web, Math.Max(0.5 * stage.LinesPerDay, stage.LinesPerDay - 10.0), LinesPerRequest,
                PlayRequest),
            AtRandom(Rhythm.Office, 2.0, LinesPerRestart, PlayRestart),
            Regularly(TimeSpan.TicksPerDay, 2 * TimeSpan.TicksPerSecond, PlayRestart),
        ];
        Incidents = new ApacheErrorIncidents(stage, _server, _addresses).All;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Incident> Incidents { get; }

    /// <summary>The server.</summary>
    public ApacheServer Server => _server;

    private void PlayRestart(long ticks)
    {
        _server.AddParent(ticks, "mpm_event:notice", "AH00493: SIGUSR1 received.  Doing graceful restart");
        _server.Restart();
        ticks = SceneStage.Later(ticks, 0.05 + (0.1 * _random.NextDouble()));
        if (_networks is null)
        {
            ticks = PlayFaultsOfSetup(ticks);
        }

        _server.AddParent(
            ticks, "mpm_event:notice",
            "AH00489: Apache/2.4.58 (Ubuntu) OpenSSL/3.0.13 configured -- resuming normal operations");
        _server.AddParent(SceneStage.Later(ticks, 0.0001), "core:notice", "AH00094: Command line: '/usr/sbin/apache2'");
    }

    private long PlayFaultsOfSetup(long ticks)
    {
        _server.AddParent(
            ticks, "core:alert",
            "AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using 127.0.1.1. "
            + "Set the 'ServerName' directive globally to suppress this message");
        ticks = SceneStage.Later(ticks, 0.01 + (0.05 * _random.NextDouble()));
        _server.AddParent(
            ticks, "ssl:warn",
            "AH01909: static.example.com:443:0 server certificate does NOT include an ID which matches the server "
                + "name");
        return SceneStage.Later(ticks, 0.01 + (0.02 * _random.NextDouble()));
    }

    private void PlayRequest(long ticks)
    {
        int visitor = _visitors.Next(_random);
        string address = _networks is null ? _addresses.Visitor(visitor) : _networks.Visitor(visitor);
        string client = $"{address}:{_random.NextInt(1025, 65535)}";
        _plays[_messages.Next(_random)](ticks, client);
    }

    private void PlayMissing(long ticks, string client)
    {
        string path = s_lost[Math.Min(_random.NextInt(s_lost.Length), _random.NextInt(s_lost.Length))];
        string? referrer = _random.NextInt(3) == 0 ? AccessSite.Origin + "/blog/" : null;
        _server.AddRequest(ticks, "core:info", client, $"AH00128: File does not exist: {ApacheServer.Root}/{path}",
            referrer);
    }

    private void PlayHandshake(long ticks, string client)
    {
        string thread = _server.AddRequest(
            ticks, "ssl:info", client, "AH02008: SSL library error 1 in handshake (server www.example.com:443)");
        _server.AddChild(
            SceneStage.Later(ticks, 0.0001), "ssl:info",
            _random.NextInt(3) == 0
                ? "SSL Library Error: error:0A0000C1:SSL routines::no shared cipher -- Too restrictive SSLCipherSuite "
                    + "or using DSA server certificate?"
                : "SSL Library Error: error:0A00009C:SSL routines::http request -- speaking HTTP to HTTPS port!?",
            thread);
    }

    private void PlayPhp(long ticks, string client)
    {
        string notice = s_notices[Math.Min(_random.NextInt(s_notices.Length), _random.NextInt(s_notices.Length))];
        string? referrer = _random.NextInt(2) == 0 ? AccessSite.Origin + "/products/" : null;
        _server.AddRequest(ticks, "proxy_fcgi:error", client, $"AH01071: Got error 'PHP message: {notice}'", referrer);
    }

    private void PlayConnection(long ticks, string client) => _server.AddRequest(
        ticks, "ssl:info", client,
        $"AH01964: Connection to child {_random.NextInt(75)} established (server www.example.com:443)");

    private void PlayDenied(long ticks, string client) => _server.AddRequest(
        ticks, "authz_core:error", client,
        "AH01630: client denied by server configuration: "
            + $"{ApacheServer.Root}/{s_denied[_random.NextInt(s_denied.Length)]}");

    private void PlayFolder(long ticks, string client) => _server.AddRequest(
        ticks, "autoindex:error", client,
        $"AH01276: Cannot serve directory {ApacheServer.Root}/{s_folders[_random.NextInt(s_folders.Length)]}: No "
        + "matching DirectoryIndex (index.html,index.php) found, and server-generated directory index forbidden by "
        + "Options directive");

    private void PlayScript(long ticks, string client) => _server.AddRequest(
        ticks, "cgi:error", client,
        "AH02811: script not found or unable to stat: "
            + $"/usr/lib/cgi-bin/{s_scripts[_random.NextInt(s_scripts.Length)]}");

    private void PlayReadTimeout(long ticks, string client) => _server.AddRequest(
        ticks, "reqtimeout:info", client,
        $"AH01382: Request {(_random.NextInt(4) == 0 ? "body" : "header")} read timeout");

    private void PlayPassword(long ticks, string client)
    {
        if (_random.NextInt(4) == 0)
        {
            _server.AddRequest(ticks, "auth_basic:error", client, "AH01618: user guest not found: /admin/");
            return;
        }

        string user = s_users[_random.NextInt(s_users.Length)];
        string message = $"AH01617: user {user}: authentication failure for \"/admin/\": Password Mismatch";
        _server.AddRequest(ticks, "auth_basic:error", client, message);
    }

    private void PlayNegotiation(long ticks, string client) => _server.AddRequest(
        ticks, "negotiation:error", client,
        $"AH00687: Negotiation: discovered file(s) matching request: {ApacheServer.Root}/help/returns (None could be "
            + "negotiated).");

    private void PlayOldDenied(long ticks, string client) => _server.AddRequest(
        ticks, "access_compat:error", client,
        $"AH01797: client denied by server configuration: {ApacheServer.Root}/old/");

    private void PlayBackendTimeout(long ticks, string client)
    {
        const string expired = "(70007)The timeout specified has expired";
        string referrer = AccessSite.Origin + "/cart";
        _server.AddRequest(
            ticks, "proxy_http:error", client, "AH01102: error reading status line from remote server 10.0.8.30:8080",
            referrer, expired);
        _server.AddRequest(
            SceneStage.Later(ticks, 0.0001), "proxy:error", client,
            "AH00898: Error reading from remote server returned by /api/v1/cart", referrer);
    }

    private void PlayPermission(long ticks, string client) => _server.AddRequest(
        ticks, "core:error", client,
        $"AH00035: access to /media/import/ denied (filesystem path '{ApacheServer.Root}/media/import') because search "
        + "permissions are missing on a component of the path",
        null, "(13)Permission denied");
}
