using System.Globalization;
using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// A host that runs a shop behind nginx and writes a syslog: the forms of its lines and the numbers in them.
/// </summary>
internal sealed class SystemHost
{
    private readonly AuthHost _numbers;
    private readonly AuthLineWriter _lines;
    private readonly SeededRandom _random;
    private readonly long _boot;
    private int _application;
    private int _session;

    /// <summary>Creates a host.</summary>
    /// <param name="stage">Takes the lines, and gives the generator.</param>
    public SystemHost(SceneStage stage)
    {
        _random = stage.Random;
        _lines = new AuthLineWriter(stage.Queue);
        string[] names = ["shop1", "web1", "app2", "front1"];
        _numbers = new AuthHost(names[_random.NextInt(names.Length)], _random);
        _boot = _random.NextInt(200_000, 4_000_000);
        _application = _numbers.NextProcessId();
        _session = _random.NextInt(40, 600);
    }

    /// <summary>Its name.</summary>
    public string Name => _numbers.Name;

    /// <summary>Gives the id of a new process.</summary>
    /// <returns>The id.</returns>
    public int NextProcessId() => _numbers.NextProcessId();

    /// <summary>Gives the number of a new session.</summary>
    /// <returns>The number.</returns>
    public int NextSession() => _session += _random.NextInt(1, 3);

    /// <summary>Adds a line of a program that gives its process id.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="program">The program.</param>
    /// <param name="processId">Its process id.</param>
    /// <param name="message">The message.</param>
    public void Add(long ticks, string program, int processId, string message) =>
        _lines.Add(ticks, _numbers, program, processId, message);

    /// <summary>Adds a line of systemd.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="message">The message.</param>
    public void AddSystemd(long ticks, string message) => _lines.Add(ticks, _numbers, "systemd", 1, message);

    /// <summary>Adds a line of the kernel, with the seconds since it started.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="message">The message.</param>
    public void AddKernel(long ticks, string message)
    {
        double seconds = _boot + (ticks % (1000 * TimeSpan.TicksPerDay) / (double)TimeSpan.TicksPerSecond);
        string stamp = seconds.ToString("0.000000", CultureInfo.InvariantCulture);
        _lines.Add(ticks, _numbers, "kernel", $"[{stamp}] {message}");
    }

    /// <summary>Adds a line of the application.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="message">The message.</param>
    public void AddApplication(long ticks, string message) => Add(ticks, "shopd", _application, message);

    /// <summary>Stops and starts the application, as a release does.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <returns>Local ticks at which it runs again.</returns>
    public long PlayRestart(long ticks)
    {
        AddSystemd(ticks, "Stopping shopd.service - Shop application server...");
        AddApplication(SceneStage.Later(ticks, 0.1), "INFO shutting down: signal SIGTERM");
        ticks = SceneStage.Later(ticks, 1.0 + _random.NextExponential(1.0));
        AddSystemd(ticks, "shopd.service: Deactivated successfully.");
        AddSystemd(ticks, "Stopped shopd.service - Shop application server.");
        AddSystemd(ticks, "Started shopd.service - Shop application server.");
        _application = NextProcessId();
        ticks = SceneStage.Later(ticks, 1.0 + _random.NextDouble());
        AddApplication(ticks, $"INFO listening on 127.0.0.1:8080 with {_random.NextInt(4, 8)} workers");
        AddApplication(
            ticks, $"INFO cache warmed with {_random.NextInt(900, 1400)} entries in {_random.NextInt(200, 900)} ms");
        return ticks;
    }

    /// <summary>Adds a memory fault of a program, as the kernel tells it.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="random">The generator of what it belongs to.</param>
    /// <param name="program">The program.</param>
    /// <param name="library">The file whose code it died in.</param>
    /// <param name="processId">Its process id.</param>
    public void PlaySegfault(long ticks, SeededRandom random, string program, string library, int processId)
    {
        long at = 0x5500_0000_0000 + ((long)random.NextInt(0x7fff_ffff) << 4);
        string place = string.Create(CultureInfo.InvariantCulture,
            $"segfault at {random.NextInt(8, 0x3ff):x} ip {at + random.NextInt(0x8ffff):x16} sp {0x7ffc_0000_0000 + random.NextInt(0x7fff_fff0):x16}");
        int core = random.NextInt(4);
        AddKernel(ticks,
            $"{program}[{processId}]: {place} error {(random.NextInt(3) == 0 ? 6 : 4)} in {library}[{at:x}+8d000] "
                + $"likely on CPU {core} (core {core}, socket 0)");
    }
}
