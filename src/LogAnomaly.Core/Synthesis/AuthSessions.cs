using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>The lines of ordinary sessions: ssh logins, sudo and cron.</summary>
internal sealed class AuthSessions
{
    private readonly AuthLineWriter _lines;
    private readonly SeededRandom _random;

    /// <summary>Creates the sessions.</summary>
    /// <param name="lines">Takes the lines.</param>
    /// <param name="random">The generator.</param>
    public AuthSessions(AuthLineWriter lines, SeededRandom random)
    {
        _lines = lines;
        _random = random;
    }

    /// <summary>Adds a login by key or password, its session and its end.</summary>
    /// <param name="ticks">Local ticks of the login.</param>
    /// <param name="end">Local ticks of the end.</param>
    /// <param name="host">The host.</param>
    /// <param name="processId">Process id of sshd.</param>
    /// <param name="user">Who logs in.</param>
    /// <param name="port">Port that they come from.</param>
    public void PlayLogin(long ticks, long end, AuthHost host, int processId, AuthUser user, int port)
    {
        string from = $"{user.Address} port {port}";
        string how = user.Key is null
            ? $"Accepted password for {user.Name} from {from} ssh2"
            : $"Accepted publickey for {user.Name} from {from} ssh2: {user.Key}";
        int session = host.NextSession();
        _lines.Add(ticks, host, "sshd", processId, how);
        _lines.Add(
            ticks, host, "sshd", processId,
            $"pam_unix(sshd:session): session opened for user {user.Name}(uid={user.Id}) by (uid=0)");
        _lines.Add(ticks, host, "systemd-logind", host.LoginDaemonId, $"New session {session} of user {user.Name}.");

        // The part of sshd that serves the user has a process id of its own.
        int served = host.NextProcessId();
        _lines.Add(end, host, "sshd", served, $"Received disconnect from {from}:11: disconnected by user");
        _lines.Add(end, host, "sshd", served, $"Disconnected from user {user.Name} {from}");
        _lines.Add(end, host, "sshd", processId, $"pam_unix(sshd:session): session closed for user {user.Name}");
        if (_random.NextInt(2) == 0)
        {
            _lines.Add(
                end, host, "systemd-logind", host.LoginDaemonId,
                $"Session {session} logged out. Waiting for processes to exit.");
        }

        _lines.Add(SceneStage.Later(end, 0.1), host, "systemd-logind", host.LoginDaemonId,
            $"Removed session {session}.");
    }

    /// <summary>Adds a wrong password.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="processId">Process id of sshd.</param>
    /// <param name="user">Who logs in.</param>
    /// <param name="port">Port that they come from.</param>
    /// <returns>Local ticks at which they try again.</returns>
    public long PlayTypingError(long ticks, AuthHost host, int processId, AuthUser user, int port)
    {
        _lines.Add(
            ticks, host, "sshd", processId,
            "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= "
            + $"rhost={user.Address}  user={user.Name}");
        ticks = SceneStage.Later(ticks, 2.0);
        _lines.Add(ticks, host, "sshd", processId,
            $"Failed password for {user.Name} from {user.Address} port {port} ssh2");
        return SceneStage.Later(ticks, 2.0 + _random.NextExponential(4.0));
    }

    /// <summary>Adds a wrong password given to sudo.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="user">Who gives it.</param>
    /// <param name="terminal">Number of their terminal.</param>
    /// <returns>Local ticks at which they try again.</returns>
    public long PlayPasswordPrompt(long ticks, AuthHost host, AuthUser user, int terminal)
    {
        _lines.Add(
            ticks, host, "sudo",
            $"pam_unix(sudo:auth): authentication failure; logname={user.Name} uid={user.Id} euid=0 "
            + $"tty=/dev/pts/{terminal} ruser={user.Name} rhost=  user={user.Name}");
        return SceneStage.Later(ticks, 3.0 + _random.NextExponential(3.0));
    }

    /// <summary>Adds a command run as root by sudo.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="user">Who runs it.</param>
    /// <param name="terminal">Number of their terminal.</param>
    /// <param name="command">The command.</param>
    /// <param name="seconds">How long it runs.</param>
    public void PlaySudo(long ticks, AuthHost host, AuthUser user, int terminal, string command, double seconds)
    {
        _lines.Add(
            ticks, host, "sudo",
            $"{user.Name,8} : TTY=pts/{terminal} ; PWD=/home/{user.Name} ; USER=root ; COMMAND={command}");
        _lines.Add(
            ticks, host, "sudo",
            $"pam_unix(sudo:session): session opened for user root(uid=0) by {user.Name}(uid={user.Id})");
        _lines.Add(SceneStage.Later(ticks, seconds), host, "sudo",
            "pam_unix(sudo:session): session closed for user root");
    }

    /// <summary>Adds a job of cron.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="user">Whose job it is.</param>
    /// <param name="userId">Id of the user.</param>
    /// <param name="period">Ticks from one run to the next; rarer jobs take longer.</param>
    public void PlayCron(long ticks, AuthHost host, string user, int userId, long period)
    {
        int processId = host.NextProcessId();
        _lines.Add(
            ticks, host, "CRON", processId,
            $"pam_unix(cron:session): session opened for user {user}(uid={userId}) by (uid=0)");
        double seconds = _random.NextExponential(period >= TimeSpan.TicksPerDay ? 20.0 : 0.6);
        _lines.Add(
            SceneStage.Later(ticks, seconds), host, "CRON", processId,
            $"pam_unix(cron:session): session closed for user {user}");
    }
}
