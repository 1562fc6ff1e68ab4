using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Plays the scenarios of sudo and of accounts.</summary>
internal sealed class AccountScenarios
{
    private static readonly string[] s_forbidden =
        ["/usr/bin/cat /etc/shadow", "/usr/bin/bash", "/usr/bin/vi /etc/sudoers", "/usr/sbin/visudo", "/usr/bin/su -"];

    private static readonly string[] s_escapes =
    [
        "/usr/bin/find /var/log -name syslog -exec /bin/sh ;", "/usr/bin/sh",
        "/usr/bin/python3 -c import os; os.system(\"/bin/sh\")", "/usr/bin/dash -i",
    ];

    private static readonly string[] s_names = ["support1", "sysupd", "dbmaint", "mhoffmann", "netops", "tlang"];

    private readonly AuthSite _site;
    private readonly AuthLineWriter _lines;
    private readonly AuthSessions _sessions;
    private readonly SeededRandom _random;
    private int _accounts;

    /// <summary>Creates the scenarios.</summary>
    /// <param name="site">Hosts and people.</param>
    /// <param name="lines">Takes the lines.</param>
    /// <param name="sessions">Plays ordinary sessions.</param>
    /// <param name="random">The generator of incidents.</param>
    public AccountScenarios(AuthSite site, AuthLineWriter lines, AuthSessions sessions, SeededRandom random)
    {
        _site = site;
        _lines = lines;
        _sessions = sessions;
        _random = random;
    }

    /// <summary>
    /// Plays the misuse of sudo: refused for want of the right, refused for want of the password, or a shell by who
    /// never had one.
    /// </summary>
    /// <param name="incident">The incident.</param>
    public void PlaySudoMisuse(PlannedIncident incident)
    {
        AuthHost host = _site.NextHost(_random);
        int index = _random.NextInt(1, 3);
        bool isAdmin = incident.Difficulty == SyntheticDifficulty.Hard;

        // Of the administrators every third user is one; the first and the second of them have shells by habit.
        AuthUser user = isAdmin ? _site.Users[6 + (3 * _random.NextInt(2))] : _site.Users[(3 * index) - 1];
        incident.Involve("UserName", user.Name);
        int terminal = _random.NextInt(4);
        long ticks = incident.Begin;
        if (isAdmin)
        {
            string command = s_escapes[_random.NextInt(s_escapes.Length)];
            _sessions.PlaySudo(ticks, host, user, terminal, command, 60.0 + _random.NextExponential(300.0));
            return;
        }

        int times = incident.Pick(4, 1, 1);
        for (int time = 0; time < times; time++)
        {
            ticks = PlayWrongPasswords(ticks, host, user, terminal);
            if (incident.Difficulty == SyntheticDifficulty.Easy)
            {
                PlayRefusal(ticks, host, user, terminal, "user NOT in sudoers");
            }

            ticks = SceneStage.Later(ticks, 12.0 + _random.NextExponential(30.0));
        }
    }

    /// <summary>Plays a new account: one with the rights of root, one that is given them, or a plain one with a
    /// shell.</summary>
    /// <param name="incident">The incident.</param>
    public void PlayNewAccount(PlannedIncident incident)
    {
        AuthHost host = _site.NextHost(_random);
        string name = s_names[_random.NextInt(s_names.Length)] + (_accounts == 0 ? "" : $"{_accounts + 1}");
        int id = 1100 + (++_accounts);
        incident.Involve("UserName", name);
        incident.Involve("TargetUser", name);
        long ticks = incident.Begin;
        if (incident.Difficulty == SyntheticDifficulty.Easy)
        {
            _lines.Add(ticks, host, "useradd", host.NextProcessId(),
                $"new user: name={name}, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/1");
        }
        else
        {
            ticks = PlayPlainAccount(ticks, host, name, id);
        }

        if (incident.Difficulty < SyntheticDifficulty.Hard)
        {
            ticks = SceneStage.Later(ticks, 5.0 + _random.NextExponential(9.0));
            int processId = host.NextProcessId();
            _lines.Add(ticks, host, "usermod", processId, $"add '{name}' to group 'sudo'");
            _lines.Add(ticks, host, "usermod", processId, $"add '{name}' to shadow group 'sudo'");
        }

        _lines.Add(SceneStage.Later(ticks, 9.0 + _random.NextExponential(9.0)), host, "passwd", host.NextProcessId(),
            $"pam_unix(passwd:chauthtok): password changed for {name}");
    }

    private long PlayPlainAccount(long ticks, AuthHost host, string name, int id)
    {
        int processId = host.NextProcessId();
        _lines.Add(ticks, host, "groupadd", processId, $"group added to /etc/group: name={name}, GID={id}");
        _lines.Add(ticks, host, "groupadd", processId, $"group added to /etc/gshadow: name={name}");
        _lines.Add(ticks, host, "groupadd", processId, $"new group: name={name}, GID={id}");
        ticks = SceneStage.Later(ticks, 0.2);
        _lines.Add(ticks, host, "useradd", host.NextProcessId(),
            $"new user: name={name}, UID={id}, GID={id}, home=/home/{name}, shell=/bin/bash, from=/dev/pts/0");
        return ticks;
    }

    private long PlayWrongPasswords(long ticks, AuthHost host, AuthUser user, int terminal)
    {
        _sessions.PlayPasswordPrompt(ticks, host, user, terminal);
        ticks = SceneStage.Later(ticks, 9.0 + _random.NextExponential(4.0));
        PlayRefusal(ticks, host, user, terminal, "3 incorrect password attempts");
        return SceneStage.Later(ticks, 4.0 + _random.NextExponential(6.0));
    }

    private void PlayRefusal(long ticks, AuthHost host, AuthUser user, int terminal, string why)
    {
        string command = s_forbidden[_random.NextInt(s_forbidden.Length)];
        _lines.Add(ticks, host, "sudo",
            $"{user.Name,8} : {why} ; TTY=pts/{terminal} ; PWD=/home/{user.Name} ; USER=root ; COMMAND={command}");
    }
}
