using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Days of the syslog of a host: an application, cron, timers of systemd, sessions of people, packages, the network.
/// With the difficulty grows what looks like an incident: releases without a fault, single crashes, updates at odd
/// hours.
/// </summary>
internal sealed class SystemDays : ScenarioScene
{
    private static readonly (string Unit, string Text, int Minute)[] s_timers =
    [
        ("logrotate.service", "Rotate log files", 1), ("man-db.service", "Daily man-db regeneration", 12),
        ("apt-daily.service", "Daily apt download activities", 371),
        ("fstrim.service", "Discard unused blocks on filesystems", 75),
        ("dpkg-db-backup.service", "Daily dpkg database backup service", 3),
        ("e2scrub_all.service", "Online ext4 Metadata Check for All Filesystems", 190),
    ];

    private static readonly string[] s_users = ["anna", "ben", "david", "greta"];
    private static readonly string[] s_packages =
        ["openssl", "libssl3", "curl", "libcurl4", "tzdata", "vim", "bind9-host", "sudo"];

    private readonly SeededRandom _random;
    private readonly SystemHost _host;
    private readonly SystemScenarios _scenarios;

    /// <summary>Creates the scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    /// <param name="difficulty">How much looks like an incident.</param>
    public SystemDays(SceneStage stage, SyntheticDifficulty difficulty)
    {
        _random = stage.Random;
        _host = new SystemHost(stage);
        _scenarios = new SystemScenarios(stage, _host);
        double perDay = stage.LinesPerDay;
        List<Activity> activities =
        [
            AtRandom(stage, Rhythm.Web, 0.45 * perDay, PlayApplication),
            AtRandom(stage, Rhythm.Office, 14.0, PlaySession),
            AtRandom(stage, Rhythm.Flat, 30.0, PlayNetwork),
            AtRandom(stage, Rhythm.Flat, 20.0, PlayFirewall),
            AtRandom(stage, Rhythm.Office, 1.0, ticks => _host.PlayRestart(ticks)),
            Regularly(TimeSpan.TicksPerDay, 386 * TimeSpan.TicksPerMinute, PlayUpgrade),
        ];
        AddCron(activities);
        AddTimers(activities);
        if (difficulty > SyntheticDifficulty.Easy)
        {
            activities.Add(AtRandom(stage, Rhythm.Office, 0.4, PlayCrash));
            activities.Add(AtRandom(stage, Rhythm.Office, 1.0, ticks => _host.PlayRestart(ticks)));
        }

        if (difficulty == SyntheticDifficulty.Hard)
        {
            activities.Add(AtRandom(stage, Rhythm.Flat, 0.5, PlayUpgrade));
        }

        Activities = activities;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Activity> Activities { get; }

    /// <inheritdoc/>
    public override void Play(PlannedIncident incident) => _scenarios.Play(incident);

    /// <inheritdoc/>
    public override void Prepare(PlannedIncident incident) => _scenarios.Prepare(incident);

    private void AddCron(List<Activity> activities)
    {
        AddJob(5, 0, "www-data", "/usr/local/bin/shop-mailqueue --send");
        AddJob(10, 5, "root", "command -v debian-sa1 > /dev/null && debian-sa1 1 1");
        AddJob(60, 17, "root", "cd / && run-parts --report /etc/cron.hourly");
        AddJob(60, 30, "www-data", "/usr/local/bin/shop-sitemap");
        AddJob(1440, 385, "root", "test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }");
        AddJob(1440, 135, "backup", "/usr/local/bin/backup-run --target nas1");

        void AddJob(int minutes, int phase, string user, string command) => activities.Add(Regularly(
            minutes * TimeSpan.TicksPerMinute, (phase * TimeSpan.TicksPerMinute) + TimeSpan.TicksPerSecond,
            ticks => _host.Add(ticks, "CRON", _host.NextProcessId(), $"({user}) CMD ({command})")));
    }

    private void AddTimers(List<Activity> activities)
    {
        foreach ((string unit, string text, int minute) in s_timers)
        {
            activities.Add(Regularly(
                TimeSpan.TicksPerDay, minute * TimeSpan.TicksPerMinute, ticks => PlayTimer(ticks, unit, text)));
        }

        activities.Add(Regularly(30 * TimeSpan.TicksPerMinute, 9 * TimeSpan.TicksPerMinute,
            ticks => PlayTimer(ticks, "phpsessionclean.service", "Clean php session files")));
    }

    private void PlayTimer(long ticks, string unit, string text)
    {
        ticks = SceneStage.Later(ticks, _random.NextExponential(20.0));
        _host.AddSystemd(ticks, $"Starting {unit} - {text}...");
        ticks = SceneStage.Later(ticks, 0.1 + _random.NextExponential(1.5));
        _host.AddSystemd(ticks, $"{unit}: Deactivated successfully.");
        _host.AddSystemd(ticks, $"Finished {unit} - {text}.");
    }

    private void PlayApplication(long ticks)
    {
        int choice = _random.NextInt(100);
        string message = choice switch
        {
            < 34 =>
                $"INFO order {_random.NextInt(10_000, 99_999)} paid, total "
                    + $"{_random.NextInt(9, 900)}.{_random.NextInt(10, 99)} EUR",
            < 58 => $"INFO basket {_random.NextInt(100_000, 999_999)} updated: {_random.NextInt(1, 9)} items",
            < 74 => $"INFO mail queued for order {_random.NextInt(10_000, 99_999)}",
            < 86 => $"INFO session {_random.NextInt(0x10000, 0xfffff):x} expired after {_random.NextInt(30, 90)} min",
            < 94 => $"WARN slow query: {_random.NextInt(500, 4000)} ms in orders.list",
            < 97 =>
                $"WARN payment declined for order {_random.NextInt(10_000, 99_999)}: code {_random.NextInt(50, 59)}",
            < 99 =>
                $"ERROR mail server refused message for order {_random.NextInt(10_000, 99_999)}: 450 4.2.1, will retry",
            _ => $"WARN stock of article {_random.NextInt(100, 999)} is below {_random.NextInt(2, 9)}",
        };
        _host.AddApplication(ticks, message);
    }

    private void PlaySession(long ticks)
    {
        int session = _host.NextSession();
        string user = s_users[Math.Min(_random.NextInt(s_users.Length), _random.NextInt(s_users.Length))];
        _host.AddSystemd(ticks, $"Started session-{session}.scope - Session {session} of User {user}.");
        ticks = SceneStage.Later(ticks, 60.0 + _random.NextExponential(1500.0));
        _host.AddSystemd(ticks, $"session-{session}.scope: Deactivated successfully.");
    }

    private void PlayNetwork(long ticks)
    {
        if (_random.NextInt(4) == 0)
        {
            _host.Add(ticks, "systemd-resolved", 611,
                "Using degraded feature set UDP instead of UDP+EDNS0 for DNS server 10.0.0.53.");
            return;
        }

        _host.Add(ticks, "dhclient", 702, "DHCPREQUEST for 10.0.8.21 on ens18 to 10.0.0.1 port 67");
        ticks = SceneStage.Later(ticks, 0.1);
        _host.Add(ticks, "dhclient", 702, "DHCPACK of 10.0.8.21 from 10.0.0.1");
        _host.Add(ticks, "dhclient", 702, $"bound to 10.0.8.21 -- renewal in {_random.NextInt(1300, 1700)} seconds.");
    }

    private void PlayFirewall(long ticks) => _host.AddKernel(ticks,
        "[UFW BLOCK] IN=ens18 OUT= MAC=bc:24:11:0a:5e:21:bc:24:11:77:01:9c:08:00 "
        + $"SRC=100.{_random.NextInt(64, 127)}.{_random.NextInt(256)}.{_random.NextInt(1, 254)} DST=10.0.8.21 LEN=40 "
        + $"TOS=0x00 PREC=0x00 TTL={_random.NextInt(40, 58)} ID={_random.NextInt(65535)} PROTO=TCP "
        + $"SPT={_random.NextInt(1025, 65535)} DPT={_random.NextInt(1, 9999)} WINDOW=1024 RES=0x00 SYN URGP=0");

    private void PlayUpgrade(long ticks)
    {
        ticks = SceneStage.Later(ticks, _random.NextExponential(600.0));
        _host.AddSystemd(ticks, "Starting apt-daily-upgrade.service - Daily apt upgrade and clean activities...");
        if (_random.NextInt(2) == 0)
        {
            string package = s_packages[_random.NextInt(s_packages.Length)];
            ticks = SceneStage.Later(ticks, 4.0 + _random.NextExponential(5.0));
            _host.Add(ticks, "unattended-upgrade", _host.NextProcessId(), $"Packages that will be upgraded: {package}");
            ticks = SceneStage.Later(ticks, 8.0 + _random.NextExponential(9.0));
            _host.AddSystemd(ticks, "Reloading.");
        }

        ticks = SceneStage.Later(ticks, 3.0 + _random.NextExponential(9.0));
        _host.AddSystemd(ticks, "apt-daily-upgrade.service: Deactivated successfully.");
        _host.AddSystemd(ticks, "Finished apt-daily-upgrade.service - Daily apt upgrade and clean activities.");
    }

    // A tool of the desk that dies now and then.
    private void PlayCrash(long ticks) =>
        _host.PlaySegfault(ticks, _random, "report-gen", "libcairo.so.2.11600.0", _host.NextProcessId());
}
