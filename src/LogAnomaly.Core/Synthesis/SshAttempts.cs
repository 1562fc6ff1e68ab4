using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>The lines of logins that sshd of Debian refuses, with PAM, and of connections that it drops.</summary>
internal sealed class SshAttempts
{
    private readonly AuthLineWriter _lines;
    private readonly SeededRandom _random;
    private readonly HashSet<string> _users;

    /// <summary>Creates the attempts.</summary>
    /// <param name="lines">Takes the lines.</param>
    /// <param name="site">Hosts and people; other names are invalid.</param>
    /// <param name="random">The generator.</param>
    public SshAttempts(AuthLineWriter lines, AuthSite site, SeededRandom random)
    {
        _lines = lines;
        _random = random;
        _users = [.. site.Users.Select(user => user.Name), "root", "deploy"];
    }

    /// <summary>Adds a connection that asks for one user and gives wrong passwords.</summary>
    /// <param name="ticks">Local ticks of its first line.</param>
    /// <param name="host">The host.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="name">The user that it asks for, of the host or not.</param>
    /// <param name="passwords">Passwords that it tries; from the sixth on sshd drops it.</param>
    /// <returns>Local ticks of its last line.</returns>
    public long PlayRefused(long ticks, AuthHost host, string address, string name, int passwords)
    {
        bool isUser = _users.Contains(name);
        int processId = host.NextProcessId();
        string from = $"{address} port {_random.NextInt(1025, 65535)}";
        string who = isUser ? name : "invalid user " + name;
        if (!isUser)
        {
            _lines.Add(ticks, host, "sshd", processId, $"Invalid user {name} from {from}");
            ticks = SceneStage.Later(ticks, 0.2 + _random.NextExponential(0.4));
        }

        for (int index = 0; index < passwords; index++)
        {
            ticks = PlayPassword(ticks, host, processId, address, from, name, index == 0);
        }

        ticks = SceneStage.Later(ticks, 0.1 + _random.NextExponential(0.5));
        if (passwords >= 6)
        {
            _lines.Add(
                ticks,
                host,
                "sshd",
                processId,
                $"error: maximum authentication attempts exceeded for {who} from {from} ssh2 [preauth]");
            string kind = isUser ? "authenticating" : "invalid";
            _lines.Add(
                ticks,
                host,
                "sshd",
                processId,
                $"Disconnecting {kind} user {name} {from}: Too many authentication failures [preauth]");
        }
        else
        {
            string kind = isUser ? "authenticating" : "invalid";
            _lines.Add(ticks, host, "sshd", processId, $"Connection closed by {kind} user {name} {from} [preauth]");
        }

        if (passwords > 1)
        {
            string user = isUser ? $"  user={name}" : "";
            string more = passwords == 2
                ? "1 more authentication failure"
                : $"{passwords - 1} more authentication failures";
            _lines.Add(
                ticks,
                host,
                "sshd",
                processId,
                $"PAM {more}; logname= uid=0 euid=0 tty=ssh ruser= rhost={address}{user}");
        }

        return ticks;
    }

    /// <summary>Adds what single strangers do who guess nothing: scanners and the lost.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="address">Where they come from.</param>
    public void PlayProbe(long ticks, AuthHost host, string address)
    {
        int processId = host.NextProcessId();
        string from = $"{address} port {_random.NextInt(1025, 65535)}";
        string message = _random.NextInt(5) switch
        {
            0 => $"banner exchange: Connection from {from}: invalid format",
            1 => $"Unable to negotiate with {from}: no matching key exchange method found. "
                + "Their offer: diffie-hellman-group1-sha1,diffie-hellman-group-exchange-sha1 [preauth]",
            2 => $"Connection reset by {from} [preauth]",
            3 => $"Received disconnect from {from}:11: Bye Bye [preauth]",
            _ => $"Connection closed by {from}",
        };
        _lines.Add(ticks, host, "sshd", processId, message);
        if (message.StartsWith("Received", StringComparison.Ordinal))
        {
            _lines.Add(ticks, host, "sshd", processId, $"Disconnected from {from} [preauth]");
        }
    }

    private long PlayPassword(
        long ticks, AuthHost host, int processId, string address, string from, string name, bool isFirst)
    {
        bool isUser = _users.Contains(name);

        // PAM tells the first failure of a connection; of the rest it gives the number at the end.
        if (isFirst)
        {
            if (!isUser)
            {
                _lines.Add(ticks, host, "sshd", processId, "pam_unix(sshd:auth): check pass; user unknown");
            }

            string user = isUser ? $"  user={name}" : "";
            _lines.Add(ticks, host, "sshd", processId,
                "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= "
                    + $"rhost={address}{user}");
        }

        ticks = SceneStage.Later(ticks, 1.6 + _random.NextExponential(0.7));
        string who = isUser ? name : "invalid user " + name;
        _lines.Add(ticks, host, "sshd", processId, $"Failed password for {who} from {from} ssh2");
        return SceneStage.Later(ticks, 0.4 + _random.NextExponential(0.8));
    }
}
