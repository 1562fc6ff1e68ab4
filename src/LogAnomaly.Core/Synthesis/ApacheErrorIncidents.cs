using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>What can be planted in an Apache error log.</summary>
internal sealed class ApacheErrorIncidents
{
    private const string NoSpace = "(28)No space left on device";

    private static readonly string[] s_escapes =
    [
        "AH10244: invalid URI path (/cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh)",
        "AH00126: Invalid URI in request GET /../../../../etc/passwd HTTP/1.1",
        "AH10244: invalid URI path (/icons/.%%32%65/.%%32%65/.%%32%65/etc/passwd)",
        "AH10244: invalid URI path (/cgi-bin/%%32%65%%32%65/%%32%65%%32%65/bin/sh)",
    ];

    private static readonly string[] s_hungryScripts =
        ["lib/export.php on line 118", "lib/image.php on line 64", "report.php on line 207"];

    private readonly SeededRandom _random;
    private readonly ApacheServer _server;
    private readonly AddressBook _addresses;

    /// <summary>Creates the incidents.</summary>
    /// <param name="stage">Gives the generator.</param>
    /// <param name="server">The server that they happen to.</param>
    /// <param name="addresses">Addresses of visitors and strangers.</param>
    public ApacheErrorIncidents(SceneStage stage, ApacheServer server, AddressBook addresses)
    {
        _random = stage.IncidentRandom;
        _server = server;
        _addresses = addresses;
        All =
        [
            new(SyntheticLabel.ChildCrash, 1, 6, IncidentHours.Any, PlayCrash),
            new(SyntheticLabel.WorkersExhausted, 1, 1, IncidentHours.Any, PlayWorkersExhausted),
            new(SyntheticLabel.ModuleFailure, 2, 2, IncidentHours.Any, PlayModuleFailure),
            new(SyntheticLabel.PathTraversal, 1, 4, IncidentHours.Any, PlayTraversal),
            new(SyntheticLabel.PhpMemory, 1, 3, IncidentHours.Any, PlayPhpMemory),
            new(SyntheticLabel.TlsKeyFailure, 2, 3, IncidentHours.Any, PlayTlsKeyFailure),
            new(SyntheticLabel.DiskFull, 2, 8, IncidentHours.Any, PlayDiskFull),
            new(SyntheticLabel.BackendOutage, 4, 20, IncidentHours.Any, PlayBackendOutage),
        ];
    }

    /// <summary>All kinds.</summary>
    public IReadOnlyList<Incident> All { get; }

    private void PlayCrash(long ticks, int count)
    {
        for (int index = 0; index < count; index++)
        {
            int child = _server.NextChild();
            string message = _random.NextInt(4) == 0
                ? $"AH00051: child pid {child} exit signal Segmentation fault (11), possible coredump in /etc/apache2"
                : $"AH00052: child pid {child} exit signal Segmentation fault (11)";
            _server.AddParent(ticks, "core:notice", message);
            _server.Replace(child);
            ticks = SceneStage.Later(ticks, 1.0 + _random.NextExponential(8.0));
        }
    }

    private void PlayWorkersExhausted(long ticks, int count) => _server.AddParent(
        ticks, "mpm_event:error",
        "AH00484: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting");

    private void PlayModuleFailure(long ticks, int count)
    {
        _server.AddParent(
            ticks, "proxy_balancer:emerg",
            "AH01177: Failed to lookup provider 'shm' for 'slotmem': is mod_slotmem_shm loaded??");

        // The server's own start-up code belongs to no module, so the module stays empty.
        _server.AddParent(SceneStage.Later(ticks, 0.0002), ":emerg", "AH00020: Configuration Failed, exiting");
    }

    private void PlayTraversal(long ticks, int count)
    {
        string client = Attacker();
        int first = _random.NextInt(s_escapes.Length);
        for (int index = 0; index < count; index++)
        {
            _server.AddRequest(ticks, "core:error", client, s_escapes[(first + index) % s_escapes.Length]);
            ticks = SceneStage.Later(ticks, 0.3 + _random.NextExponential(2.0));
        }
    }

    private void PlayPhpMemory(long ticks, int count)
    {
        string script = s_hungryScripts[_random.NextInt(s_hungryScripts.Length)];
        for (int index = 0; index < count; index++)
        {
            int bytes = 4096 * _random.NextInt(2, 900);
            _server.AddRequest(
                ticks, "proxy_fcgi:error", Visitor(),
                "AH01071: Got error 'PHP message: PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted "
                + $"(tried to allocate {bytes} bytes) in {ApacheServer.Root}/{script}'");
            ticks = SceneStage.Later(ticks, 5.0 + _random.NextExponential(25.0));
        }
    }

    private void PlayTlsKeyFailure(long ticks, int count)
    {
        _server.AddParent(
            ticks, "ssl:emerg",
            "AH02565: Certificate and private key www.example.com:443:0 from /etc/ssl/certs/www.example.com.pem and "
            + "/etc/ssl/private/www.example.com.key do not match");
        if (count > 2)
        {
            _server.AddParent(
                SceneStage.Later(ticks, 0.0001), "ssl:emerg",
                "SSL Library Error: error:05800074:x509 certificate routines::key values mismatch");
        }

        _server.AddParent(SceneStage.Later(ticks, 0.0003), "ssl:emerg",
            "AH02312: Fatal error initialising mod_ssl, exiting.");
    }

    private void PlayDiskFull(long ticks, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (index % 3 == 1)
            {
                _server.AddRequest(
                    ticks, "proxy_fcgi:error", Visitor(),
                    "AH01071: Got error 'PHP message: PHP Warning:  file_put_contents(): Write of 8192 bytes failed "
                    + $"with errno=28 No space left on device in {ApacheServer.Root}/lib/cache.php on line 51'");
            }
            else
            {
                _server.AddRequest(
                    ticks, "log_config:warn", Visitor(), "AH00646: Error writing to /var/log/apache2/access.log", null,
                    NoSpace);
            }

            ticks = SceneStage.Later(ticks, 0.5 + _random.NextExponential(9.0));
        }
    }

    private void PlayBackendOutage(long ticks, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (index % 2 == 0)
            {
                _server.AddChild(
                    ticks, "proxy:error",
                    "(111)Connection refused: AH00957: http: attempt to connect to 10.0.8.30:8080 "
                        + "(backend.example.com) failed");
                ticks = SceneStage.Later(ticks, 0.0002);
                continue;
            }

            _server.AddRequest(
                ticks, "proxy_http:error", Visitor(),
                "AH01114: HTTP: failed to make connection to backend: backend.example.com");
            ticks = SceneStage.Later(ticks, 0.5 + _random.NextExponential(6.0));
        }
    }

    private string Attacker() => $"{_addresses.Stranger(_random)}:{_random.NextInt(1025, 65535)}";

    private string Visitor() =>
        $"{_addresses.Visitor(_random.NextInt(_addresses.VisitorCount))}:{_random.NextInt(1025, 65535)}";
}
