using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// The auth log of some hosts: cron on each of them (about 360 lines a day), people at work with ssh and sudo, a build
/// server. A tenth of the logins by password succeed only after a typing error. Of all lines 2 % are the background of
/// the internet, which is normal: single strangers who try one invalid user or hang up before they say who they are.
/// </summary>
internal sealed class AuthScene : Scene
{
    // Lines that one time of an activity adds on average. They need only be near: they settle how many days the log
    // spans.
    private const double LinesPerWork = 13.5;
    private const double LinesPerDeploy = 7.0;
    private const double LinesPerStranger = 1.7;
    private const double CronLinesPerDay = 361.0;
    private const double BackgroundShare = 0.02;

    private static readonly string[] s_commands =
    [
        "/usr/bin/apt update", "/usr/bin/systemctl status nginx", "/usr/bin/systemctl reload nginx",
        "/usr/bin/journalctl -u app -n 50",
        "/usr/bin/apt upgrade", "/usr/bin/tail /var/log/syslog", "/usr/bin/systemctl restart app",
        "/usr/bin/du -sh /var/lib",
        "/usr/sbin/logrotate -d /etc/logrotate.conf", "/usr/bin/vim /etc/hosts",
    ];

    private static readonly string[] s_strangers = ["admin", "test", "user", "ubuntu", "oracle", "pi", "git", "guest"];

    private readonly SeededRandom _random;
    private readonly AuthSite _site;
    private readonly AuthLineWriter _lines;
    private readonly AuthSessions _sessions;
    private readonly ZipfTable _commandRanks = new(s_commands.Length);
    private readonly bool _hasHabits;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="networks">Gives addresses outside, in a log with scenarios; else null. There each administrator has
    /// habits, too: commands that are this person's own.</param>
    public AuthScene(SceneStage stage, NetworkBook? networks = null)
        : base(stage)
    {
        _random = stage.Random;
        double perDay = stage.LinesPerDay;
        int hosts = (int)Math.Clamp(perDay / 480.0, 1.0, 40.0);
        _site = new AuthSite(_random, hosts, networks);
        _hasHabits = networks is not null;
        _lines = new AuthLineWriter(stage.Queue);
        _sessions = new AuthSessions(_lines, _random);
        double people = Math.Max(0.2 * perDay, ((1.0 - BackgroundShare) * perDay) - (hosts * CronLinesPerDay));
        List<Activity> activities =
        [
            AtRandom(Rhythm.Office, 0.85 * people, LinesPerWork, PlayWork),
            AtRandom(Rhythm.Office, 0.15 * people, LinesPerDeploy, PlayDeploy),
            AtRandom(Rhythm.Flat, BackgroundShare * perDay, LinesPerStranger, PlayStranger),
        ];
        foreach (AuthHost host in _site.Hosts)
        {
            AddCron(activities, host);
        }

        Activities = activities;
        Incidents = new AuthIncidents(stage, _site, _lines).All;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Incident> Incidents { get; }

    /// <summary>Hosts and people.</summary>
    public AuthSite Site => _site;

    /// <summary>Writes its lines.</summary>
    public AuthLineWriter Lines => _lines;

    /// <summary>Plays ordinary sessions.</summary>
    public AuthSessions Sessions => _sessions;

    private void AddCron(List<Activity> activities, AuthHost host)
    {
        // Debian's crontab: hourly at 17, daily at 6:25; sysstat every ten minutes from 5; and a job of the site at
        // half past.
        AddJob(10 * TimeSpan.TicksPerMinute, 5 * TimeSpan.TicksPerMinute, "root", 0);
        AddJob(TimeSpan.TicksPerHour, 17 * TimeSpan.TicksPerMinute, "root", 0);
        AddJob(TimeSpan.TicksPerHour, 30 * TimeSpan.TicksPerMinute, "www-data", 33);
        AddJob(TimeSpan.TicksPerDay, 385 * TimeSpan.TicksPerMinute, "root", 0);

        void AddJob(long period, long phase, string user, int userId) => activities.Add(Regularly(
            period, phase + TimeSpan.TicksPerSecond, ticks => _sessions.PlayCron(ticks, host, user, userId, period)));
    }

    private void PlayWork(long ticks)
    {
        AuthUser user = _site.NextUser(_random);
        AuthHost host = _site.NextHost(_random);
        int port = _random.NextInt(32768, 60999);
        int processId = host.NextProcessId();
        if (user.Key is null && _random.NextInt(10) == 0)
        {
            ticks = _sessions.PlayTypingError(ticks, host, processId, user, port);
        }

        double minutes = 1.0 + _random.NextExponential(35.0);
        long end = SceneStage.Later(ticks, 60.0 * minutes);
        _sessions.PlayLogin(ticks, end, host, processId, user, port);
        if (_random.NextInt(250) == 0)
        {
            _lines.Add(
                SceneStage.Later(ticks, 30.0), host, "passwd", host.NextProcessId(),
                $"pam_unix(passwd:chauthtok): password changed for {user.Name}");
        }

        if (user.IsAdmin)
        {
            PlayCommands(ticks, end, host, user);
        }
    }

    private void PlayCommands(long ticks, long end, AuthHost host, AuthUser user)
    {
        int terminal = _random.NextInt(3);
        int count = _random.NextInt(1, 5);
        for (int index = 0; index < count; index++)
        {
            ticks = SceneStage.Later(ticks, 5.0 + _random.NextExponential(90.0));
            if (ticks >= end)
            {
                return;
            }

            if (index == 0 && _random.NextInt(15) == 0)
            {
                ticks = _sessions.PlayPasswordPrompt(ticks, host, user, terminal);
            }

            string command = _hasHabits ? NextHabit(user, index) : NextCommand();
            _sessions.PlaySudo(ticks, host, user, terminal, command, 0.1 + _random.NextExponential(4.0));
        }
    }

    private string NextCommand() =>
        _random.NextInt(25) == 0 ? "/usr/bin/su - postgres" : s_commands[_commandRanks.Next(_random)];

    // Who looks after the database becomes its user day by day; another one works in a shell of root. The rest never
    // do.
    private string NextHabit(AuthUser user, int index)
    {
        if (index == 0 && user.Id == _site.Users[0].Id)
        {
            return "/usr/bin/bash";
        }

        if (index == 0 && user.Id == _site.Users[3].Id)
        {
            return "/usr/bin/su - postgres";
        }

        return s_commands[(_commandRanks.Next(_random) + user.Id) % s_commands.Length];
    }

    private void PlayDeploy(long ticks)
    {
        AuthHost host = _site.NextHost(_random);
        long end = SceneStage.Later(ticks, 2.0 + _random.NextExponential(6.0));
        _sessions.PlayLogin(ticks, end, host, host.NextProcessId(), _site.Deployer, _random.NextInt(32768, 60999));
    }

    private void PlayStranger(long ticks)
    {
        AuthHost host = _site.NextHost(_random);
        string address = _site.NextStranger(_random);
        int port = _random.NextInt(1025, 65535);
        int processId = host.NextProcessId();
        int kind = _random.NextInt(10);
        if (kind < 3)
        {
            string message = kind == 0
                ? $"error: kex_exchange_identification: Connection closed by remote host"
                : $"Connection closed by {address} port {port} [preauth]";
            _lines.Add(ticks, host, "sshd", processId, message);
            return;
        }

        string name = s_strangers[_random.NextInt(s_strangers.Length)];
        _lines.Add(ticks, host, "sshd", processId, $"Invalid user {name} from {address} port {port}");
        ticks = SceneStage.Later(ticks, 0.4 + _random.NextExponential(1.0));
        _lines.Add(ticks, host, "sshd", processId,
            $"Connection closed by invalid user {name} {address} port {port} [preauth]");
    }
}
