using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Days of an auth log of some hosts: people, cron, a build server, strangers who try a name and go. With the
/// difficulty grows what looks like an incident: users who mistype their password several times, administrators at
/// night, new accounts of packages.
/// </summary>
internal sealed class AuthDays : ScenarioScene
{
    private static readonly string[] s_packageUsers =
        ["redis", "tcpdump", "_chrony", "clamav", "_rpc", "statd", "postfix"];
    private static readonly string[] s_probed =
        ["root", "root", "admin", "ubuntu", "test", "user", "debian", "support"];

    private readonly SeededRandom _random;
    private readonly AuthScene _scene;
    private readonly NetworkBook _networks;
    private readonly SshAttempts _attempts;
    private readonly AuthScenarios _scenarios;
    private readonly SyntheticDifficulty _difficulty;
    private int _packages;
    private long _nextForgetful;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="difficulty">How much looks like an incident.</param>
    public AuthDays(SceneStage stage, SyntheticDifficulty difficulty)
    {
        _random = stage.Random;
        _difficulty = difficulty;
        _networks = new NetworkBook(_random);
        _scene = new AuthScene(stage, _networks);
        _attempts = new SshAttempts(_scene.Lines, _scene.Site, _random);
        _scenarios = new AuthScenarios(stage, _scene, _networks);
        List<Activity> activities = [.. _scene.Activities];
        activities.Add(AtRandom(stage, Rhythm.Flat, Pick(8.0, 20.0, 30.0), PlayStranger));
        activities.Add(AtRandom(stage, Rhythm.Flat, Pick(6.0, 12.0, 18.0),
            ticks => _attempts.PlayProbe(ticks, _scene.Site.NextHost(_random), _networks.Stranger(_random))));
        if (difficulty > SyntheticDifficulty.Easy)
        {
            activities.Add(AtRandom(stage, Rhythm.Office, Pick(0.0, 0.6, 1.0), PlayForgetful));
            activities.Add(AtRandom(stage, Rhythm.Office, 0.3, PlayPackage));
        }

        if (difficulty == SyntheticDifficulty.Hard)
        {
            activities.Add(AtRandom(stage, Rhythm.Flat, 0.5, PlayNightWork));
        }

        Activities = activities;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override void Play(PlannedIncident incident) => _scenarios.Play(incident);

    /// <inheritdoc/>
    public override void Prepare(PlannedIncident incident) => _scenarios.Prepare(incident);

    private double Pick(double easy, double medium, double hard) => _difficulty switch
    {
        SyntheticDifficulty.Easy => easy,
        SyntheticDifficulty.Medium => medium,
        _ => hard,
    };

    private void PlayStranger(long ticks) => _attempts.PlayRefused(
        ticks, _scene.Site.NextHost(_random), _networks.Stranger(_random), s_probed[_random.NextInt(s_probed.Length)],
        _random.NextInt(1, 2));

    // A user who has chosen a new password, or left caps lock on; who has just found out does not forget again at once.
    private void PlayForgetful(long ticks)
    {
        if (ticks < _nextForgetful)
        {
            return;
        }

        _nextForgetful = ticks + (4 * TimeSpan.TicksPerHour);
        AuthUser[] typing = [.. _scene.Site.Users.Where(user => user.Key is null)];
        AuthUser user = typing[_random.NextInt(typing.Length)];
        AuthHost host = _scene.Site.NextHost(_random);
        bool isHard = _difficulty == SyntheticDifficulty.Hard;
        int wrong = isHard ? (_random.NextInt(4) == 0 ? 4 : 3) : _random.NextInt(2, 3);
        ticks = _attempts.PlayRefused(ticks, host, user.Address, user.Name, Math.Min(3, wrong));
        ticks = SceneStage.Later(ticks, 8.0 + _random.NextExponential(20.0));
        int port = _random.NextInt(32768, 60999);
        int processId = host.NextProcessId();
        if (wrong > 3)
        {
            ticks = _scene.Sessions.PlayTypingError(ticks, host, processId, user, port);
        }

        long end = SceneStage.Later(ticks, 300.0 + _random.NextExponential(1800.0));
        _scene.Sessions.PlayLogin(ticks, end, host, processId, user, port);
    }

    // A package brings the account of its daemon.
    private void PlayPackage(long ticks)
    {
        AuthUser admin = _scene.Site.Users[3 * _random.NextInt(4)];
        AuthHost host = _scene.Site.NextHost(_random);
        string name = s_packageUsers[_packages++ % s_packageUsers.Length];
        _scene.Sessions.PlaySudo(ticks, host, admin, 0, $"/usr/bin/apt install {name.TrimStart('_')}", 45.0);
        ticks = SceneStage.Later(ticks, 12.0 + _random.NextExponential(5.0));
        int id = 110 + _packages;
        int processId = host.NextProcessId();
        _scene.Lines.Add(ticks, host, "groupadd", processId, $"group added to /etc/group: name={name}, GID={id + 8}");
        _scene.Lines.Add(ticks, host, "groupadd", processId, $"group added to /etc/gshadow: name={name}");
        _scene.Lines.Add(ticks, host, "groupadd", processId, $"new group: name={name}, GID={id + 8}");
        ticks = SceneStage.Later(ticks, 0.3);
        _scene.Lines.Add(ticks, host, "useradd", host.NextProcessId(),
            $"new user: name={name}, UID={id}, GID={id + 8}, home=/var/lib/{name.TrimStart('_')}, "
                + "shell=/usr/sbin/nologin, from=none");
        _scene.Lines.Add(
            SceneStage.Later(ticks, 0.4), host, "chage", host.NextProcessId(), $"changed password expiry for {name}");
    }

    private void PlayNightWork(long ticks)
    {
        if (new DateTime(ticks).Hour >= 5)
        {
            return;
        }

        AuthUser admin = _scene.Site.Users[3 * _random.NextInt(1, 4)];
        AuthHost host = _scene.Site.NextHost(_random);
        long end = SceneStage.Later(ticks, 900.0 + _random.NextExponential(1200.0));
        _scene.Sessions.PlayLogin(ticks, end, host, host.NextProcessId(), admin, _random.NextInt(32768, 60999));
        _scene.Sessions.PlaySudo(SceneStage.Later(ticks, 40.0), host, admin, 0, "/usr/bin/systemctl restart app", 3.0);
        _scene.Sessions.PlaySudo(
            SceneStage.Later(ticks, 140.0), host, admin, 0, "/usr/bin/journalctl -u app -n 50", 9.0);
    }
}
