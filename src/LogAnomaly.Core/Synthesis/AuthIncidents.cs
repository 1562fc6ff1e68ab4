using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>What can be planted in an auth log.</summary>
internal sealed class AuthIncidents
{
    private static readonly string[] s_guessed =
    [
        "root", "admin", "root", "ubuntu", "test", "oracle", "postgres", "root", "git", "hadoop", "jenkins", "ftpuser",
        "minecraft",
        "root", "dev", "www", "nagios", "zabbix", "es", "user1",
    ];

    private static readonly string[] s_enumerated =
    [
        "aaron", "abby", "adam", "agnes", "alan", "alice", "amy", "andrew", "angela", "arthur", "barbara", "bella",
        "bob", "brian",
        "carl", "carol", "chloe", "chris", "cora", "dan", "dora", "ed", "emma", "eric", "fay", "frank", "gail",
        "george", "helen", "ian",
    ];

    private static readonly string[] s_newNames = ["sysupd", "support1", "toor", "svc-backup", "dbusd"];
    private static readonly string[] s_reads =
        ["/usr/bin/cat /etc/shadow", "/usr/bin/bash", "/usr/bin/vi /etc/sudoers", "/usr/sbin/visudo"];

    private readonly SeededRandom _random;
    private readonly AuthSite _site;
    private readonly AuthLineWriter _lines;

    /// <summary>Creates the incidents.</summary>
    /// <param name="stage">Gives the generator.</param>
    /// <param name="site">Hosts and people.</param>
    /// <param name="lines">Takes the lines.</param>
    public AuthIncidents(SceneStage stage, AuthSite site, AuthLineWriter lines)
    {
        _random = stage.IncidentRandom;
        _site = site;
        _lines = lines;
        All =
        [
            new(SyntheticLabel.SshGuessing, 5, 40, IncidentHours.Any, PlayGuessing),
            new(SyntheticLabel.GuessedLogin, 5, 14, IncidentHours.Any, PlayGuessedLogin),
            new(SyntheticLabel.UserEnumeration, 4, 24, IncidentHours.Any, PlayEnumeration),
            new(SyntheticLabel.UidZeroAccount, 3, 4, IncidentHours.Any, PlayUidZeroAccount),
            new(SyntheticLabel.NotInSudoers, 1, 2, IncidentHours.Any, PlayNotInSudoers),
            new(SyntheticLabel.RootNightLogin, 2, 3, IncidentHours.Night, PlayRootLogin),
            new(SyntheticLabel.SuFailure, 2, 6, IncidentHours.Any, PlaySuFailure),
        ];
    }

    /// <summary>All kinds.</summary>
    public IReadOnlyList<Incident> All { get; }

    private void PlayGuessing(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        string address = _site.Addresses.Stranger(_random);
        int first = _random.NextInt(s_guessed.Length);
        int guess = 0;
        for (int added = 0; added < count; guess++)
        {
            string name = s_guessed[(first + guess) % s_guessed.Length];
            bool isRoot = name == "root";
            int port = _random.NextInt(1025, 65535);
            int processId = host.NextProcessId();
            string[] steps = isRoot
                ?
                [
                    $"Failed password for root from {address} port {port} ssh2",
                    $"Connection closed by authenticating user root {address} port {port} [preauth]",
                ]
                :
                [
                    $"Invalid user {name} from {address} port {port}",
                    $"Failed password for invalid user {name} from {address} port {port} ssh2",
                    $"Connection closed by invalid user {name} {address} port {port} [preauth]",
                ];
            for (int step = 0; step < steps.Length && added < count; step++, added++)
            {
                _lines.Add(ticks, host, "sshd", processId, steps[step]);
                ticks = SceneStage.Later(ticks, 0.3 + _random.NextExponential(0.9));
            }
        }
    }

    private void PlayGuessedLogin(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        AuthUser user = _site.NextUser(_random);
        string address = _site.Addresses.Stranger(_random);
        int port = _random.NextInt(1025, 65535);
        int processId = host.NextProcessId();
        for (int index = 0; index < count - 2; index++)
        {
            _lines.Add(ticks, host, "sshd", processId,
                $"Failed password for {user.Name} from {address} port {port} ssh2");
            ticks = SceneStage.Later(ticks, 1.8 + _random.NextExponential(0.7));
        }

        PlayAccepted(ticks, host, processId, user.Name, user.Id, $"{address} port {port}");
    }

    private void PlayAccepted(long ticks, AuthHost host, int processId, string name, int userId, string from)
    {
        _lines.Add(ticks, host, "sshd", processId, $"Accepted password for {name} from {from} ssh2");
        _lines.Add(
            ticks, host, "sshd", processId,
            $"pam_unix(sshd:session): session opened for user {name}(uid={userId}) by (uid=0)");
    }

    private void PlayEnumeration(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        string address = _site.Addresses.Stranger(_random);
        int first = _random.NextInt(s_enumerated.Length);
        for (int added = 0; added < count; added += 2)
        {
            string name = s_enumerated[(first + (added / 2)) % s_enumerated.Length];
            string from = $"{address} port {_random.NextInt(1025, 65535)}";
            int processId = host.NextProcessId();
            _lines.Add(ticks, host, "sshd", processId, $"Invalid user {name} from {from}");
            if (added + 1 < count)
            {
                long closed = SceneStage.Later(ticks, 0.2);
                _lines.Add(closed, host, "sshd", processId,
                    $"Connection closed by invalid user {name} {from} [preauth]");
            }

            ticks = SceneStage.Later(ticks, 0.5 + _random.NextExponential(1.0));
        }
    }

    private void PlayUidZeroAccount(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        string name = s_newNames[_random.NextInt(s_newNames.Length)];
        int processId = host.NextProcessId();
        _lines.Add(
            ticks, host, "useradd", processId,
            $"new user: name={name}, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/1");
        ticks = SceneStage.Later(ticks, 4.0 + _random.NextExponential(5.0));
        processId = host.NextProcessId();
        _lines.Add(ticks, host, "usermod", processId, $"add '{name}' to group 'sudo'");
        _lines.Add(ticks, host, "usermod", processId, $"add '{name}' to shadow group 'sudo'");
        if (count > 3)
        {
            ticks = SceneStage.Later(ticks, 6.0 + _random.NextExponential(5.0));
            _lines.Add(
                ticks, host, "passwd", host.NextProcessId(),
                $"pam_unix(passwd:chauthtok): password changed for {name}");
        }
    }

    private void PlayNotInSudoers(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        AuthUser user = NextPlainUser();
        int terminal = _random.NextInt(4);
        for (int index = 0; index < count; index++)
        {
            string command = s_reads[_random.NextInt(s_reads.Length)];
            _lines.Add(
                ticks, host, "sudo",
                $"{user.Name,8} : user NOT in sudoers ; TTY=pts/{terminal} ; PWD=/home/{user.Name} ; USER=root ; "
                    + $"COMMAND={command}");
            ticks = SceneStage.Later(ticks, 5.0 + _random.NextExponential(10.0));
        }
    }

    private void PlayRootLogin(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        string from = $"{_site.Addresses.Stranger(_random)} port {_random.NextInt(32768, 60999)}";
        PlayAccepted(ticks, host, host.NextProcessId(), "root", 0, from);
        if (count > 2)
        {
            _lines.Add(ticks, host, "systemd-logind", host.LoginDaemonId,
                $"New session {host.NextSession()} of user root.");
        }
    }

    private void PlaySuFailure(long ticks, int count)
    {
        AuthHost host = _site.NextHost(_random);
        AuthUser user = NextPlainUser();
        int terminal = _random.NextInt(4);
        int processId = 0;
        for (int index = 0; index < count; index++)
        {
            bool isFirst = index % 2 == 0;
            processId = isFirst ? host.NextProcessId() : processId;
            string message = isFirst
                ? $"pam_unix(su:auth): authentication failure; logname={user.Name} uid={user.Id} euid=0 "
                    + $"tty=/dev/pts/{terminal} ruser={user.Name} rhost=  user=root"
                : $"FAILED SU (to root) {user.Name} on pts/{terminal}";
            _lines.Add(ticks, host, "su", processId, message);
            ticks = SceneStage.Later(ticks, isFirst ? 2.0 : 3.0 + _random.NextExponential(5.0));
        }
    }

    private AuthUser NextPlainUser()
    {
        AuthUser user;
        do
        {
            user = _site.NextUser(_random);
        }
        while (user.IsAdmin);

        return user;
    }
}
