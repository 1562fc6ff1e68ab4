using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Plays the scenarios of an auth log.</summary>
internal sealed class AuthScenarios
{
    private static readonly string[] s_services =
    [
        "admin", "oracle", "postgres", "git", "jenkins", "ftpuser", "ubuntu", "test", "backup", "nagios", "zabbix",
        "dev", "hadoop", "tomcat", "www", "support", "ansible", "user1", "minecraft", "teamspeak", "elastic", "vagrant",
        "es", "pi",
    ];

    private readonly SeededRandom _random;
    private readonly AuthSite _site;
    private readonly NetworkBook _networks;
    private readonly AuthLineWriter _lines;
    private readonly SshAttempts _attempts;
    private readonly AuthSessions _sessions;
    private readonly AccountScenarios _accounts;

    /// <summary>Creates the scenarios.</summary>
    /// <param name="stage">Gives the generator.</param>
    /// <param name="scene">Hosts, people and their sessions.</param>
    /// <param name="networks">Gives addresses.</param>
    public AuthScenarios(SceneStage stage, AuthScene scene, NetworkBook networks)
    {
        _random = stage.IncidentRandom;
        _site = scene.Site;
        _networks = networks;
        _lines = scene.Lines;
        _attempts = new SshAttempts(_lines, _site, _random);
        _sessions = new AuthSessions(_lines, _random);
        _accounts = new AccountScenarios(_site, _lines, _sessions, _random);
    }

    /// <summary>Plays an incident.</summary>
    /// <param name="incident">The incident.</param>
    public void Play(PlannedIncident incident)
    {
        switch (incident.Facts.Scenario)
        {
            case SyntheticScenario.SshSpray:
                PlaySpray(incident);
                break;
            case SyntheticScenario.SlowGuessing:
                PlaySlow(incident);
                break;
            case SyntheticScenario.DistributedGuessing:
                PlayDistributed(incident);
                break;
            case SyntheticScenario.SuccessAfterFailures:
                PlaySuccess(incident);
                break;
            case SyntheticScenario.SudoMisuse:
                _accounts.PlaySudoMisuse(incident);
                break;
            case SyntheticScenario.NewAccount:
                _accounts.PlayNewAccount(incident);
                break;
            default:
                // A silence has no lines.
                break;
        }
    }

    /// <summary>Settles a silence.</summary>
    /// <param name="incident">The incident.</param>
    public void Prepare(PlannedIncident incident)
    {
        if (incident.Facts.Scenario != SyntheticScenario.Silence)
        {
            return;
        }

        double hours = incident.Pick(6.0, 2.0, 0.8) * (1.0 + (0.3 * _random.NextDouble()));
        incident.Span = Math.Min((long)(hours * TimeSpan.TicksPerHour), incident.Length);
        incident.SilentHost = _site.NextHost(_random).Name;
        incident.Involve("HostName", incident.SilentHost);
    }

    private string Attacker(PlannedIncident incident)
    {
        string address = _networks.Stranger(_random);
        incident.Involve("SourceIP", address);
        return address;
    }

    private void PlaySpray(PlannedIncident incident)
    {
        AuthHost host = _site.NextHost(_random);
        string address = Attacker(incident);
        int count = incident.Pick(_random.NextInt(30, 36), _random.NextInt(13, 17), _random.NextInt(7, 8));
        double gap = incident.Pick(1.0, 70.0, 330.0);
        List<string> names = [.. s_services, .. _site.Users.Select(user => user.Name)];
        string[] order = [.. names];
        _random.Shuffle<string>(order);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            _attempts.PlayRefused(ticks, host, address, order[index], 1);
            ticks = SceneStage.Later(ticks, 2.0 + (gap * (0.75 + (0.5 * _random.NextDouble()))));
        }
    }

    private void PlaySlow(PlannedIncident incident)
    {
        AuthHost host = _site.NextHost(_random);
        string address = Attacker(incident);
        int count = incident.Pick(_random.NextInt(36, 44), _random.NextInt(13, 16), _random.NextInt(5, 6));
        double most = incident.Length / (double)TimeSpan.TicksPerSecond / (count + 1);
        double gap = Math.Min(incident.Pick(210.0, 840.0, 5400.0), most);
        string[] names = incident.Pick<string[]>(
            ["root"], [_site.Users[0].Name, "admin"], [_site.Users[_random.NextInt(4)].Name]);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            _attempts.PlayRefused(ticks, host, address, names[index % names.Length], 1);
            ticks = SceneStage.Later(ticks, gap * (0.8 + (0.4 * _random.NextDouble())));
        }
    }

    private void PlayDistributed(PlannedIncident incident)
    {
        AuthHost host = _site.NextHost(_random);
        string name = incident.Pick("root", "admin", _site.Users[_random.NextInt(5)].Name);
        incident.Involve("UserName", name);
        int count = incident.Pick(_random.NextInt(50, 64), _random.NextInt(16, 20), _random.NextInt(11, 12));
        double gap = incident.Pick(35.0, 140.0, 260.0);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            _attempts.PlayRefused(ticks, host, Attacker(incident), name, 1);
            ticks = SceneStage.Later(ticks, gap * (0.7 + (0.6 * _random.NextDouble())));
        }
    }

    private void PlaySuccess(PlannedIncident incident)
    {
        AuthHost host = _site.NextHost(_random);
        AuthUser[] typing = [.. _site.Users.Where(user => user.Key is null)];
        AuthUser user = typing[_random.NextInt(typing.Length)];
        string address = Attacker(incident);
        incident.Involve("UserName", user.Name);
        int count = incident.Pick(24, _random.NextInt(9, 11), _random.NextInt(5, 6));
        int each = incident.Pick(6, 3, 1);
        double gap = incident.Pick(3.0, 60.0, 480.0);
        long ticks = incident.Begin;
        for (int left = count; left > 0; left -= each)
        {
            ticks = _attempts.PlayRefused(ticks, host, address, user.Name, Math.Min(each, left));
            ticks = SceneStage.Later(ticks, gap * (0.8 + (0.4 * _random.NextDouble())));
        }

        long end = SceneStage.Later(ticks, 200.0 + _random.NextExponential(600.0));
        _sessions.PlayLogin(
            ticks, Math.Min(end, incident.Begin + incident.Length), host, host.NextProcessId(),
            user with { Address = address }, _random.NextInt(32768, 60999));
    }
}
