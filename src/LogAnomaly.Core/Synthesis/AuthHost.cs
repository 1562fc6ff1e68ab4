using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>A host that writes to the auth log, with the numbers that it gives out.</summary>
internal sealed class AuthHost
{
    // The usual kernel.pid_max of small machines; process ids begin anew after it.
    private const int MostProcessId = 32768;

    private readonly SeededRandom _random;
    private int _processId;
    private int _session;

    /// <summary>Creates a host.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="random">The generator.</param>
    public AuthHost(string name, SeededRandom random)
    {
        _random = random;
        Name = name;
        LoginDaemonId = random.NextInt(480, 900);
        _processId = random.NextInt(2000, 20000);
        _session = random.NextInt(20, 900);
    }

    /// <summary>Name of the host.</summary>
    public string Name { get; }

    /// <summary>Process id of systemd-logind.</summary>
    public int LoginDaemonId { get; }

    /// <summary>Gives the id of a new process; some went to others in between.</summary>
    /// <returns>The id.</returns>
    public int NextProcessId()
    {
        _processId += _random.NextInt(1, 60);
        if (_processId >= MostProcessId)
        {
            _processId = 1000 + (_processId % 500);
        }

        return _processId;
    }

    /// <summary>Gives the id of a new login session; cron takes some in between.</summary>
    /// <returns>The id.</returns>
    public int NextSession() => _session += _random.NextInt(1, 4);
}
