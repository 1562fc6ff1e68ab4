using System.Globalization;
using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// A running Apache httpd 2.4 with the event MPM, and the form of its error log:
/// <c>[Www Mmm dd hh:mm:ss.ffffff yyyy] [module:level] [pid N:tid N] (errno)text: [client address:port] message,
/// referer: page</c>.
/// </summary>
internal sealed class ApacheServer
{
    /// <summary>Folder of the site's documents.</summary>
    public const string Root = "/var/www/html";

    private const int ThreadsPerChild = 25;

    private readonly LineQueue _queue;
    private readonly SeededRandom _random;
    private readonly int[] _children = new int[3];
    private readonly long[] _threads = new long[ThreadsPerChild];
    private readonly long _mainThread;
    private int _lastProcessId;

    /// <summary>Creates a server.</summary>
    /// <param name="queue">Takes the lines.</param>
    /// <param name="random">The generator.</param>
    public ApacheServer(LineQueue queue, SeededRandom random)
    {
        _queue = queue;
        _random = random;
        ParentId = random.NextInt(700, 1900);
        _lastProcessId = ParentId;

        // Stacks of 8 MB lie one below the other in the address space, each with a guard page.
        long top = 0x7f00_0000_0000 + ((long)random.NextInt(0x8_0000) << 16);
        _mainThread = top + 0x780;
        for (int index = 0; index < ThreadsPerChild; index++)
        {
            _threads[index] = top - ((index + 3) * 0x80_1000L) + 0x6c0;
        }

        Restart();
    }

    /// <summary>Process id of the parent.</summary>
    public int ParentId { get; }

    /// <summary>Draws a child.</summary>
    /// <returns>Its process id.</returns>
    public int NextChild() => _children[_random.NextInt(_children.Length)];

    /// <summary>Gives the server new children, as a restart does.</summary>
    public void Restart()
    {
        for (int index = 0; index < _children.Length; index++)
        {
            _children[index] = NewProcessId();
        }
    }

    /// <summary>Puts a new child in the place of one that died.</summary>
    /// <param name="child">Process id of the dead child.</param>
    public void Replace(int child)
    {
        int at = Array.IndexOf(_children, child);
        if (at >= 0)
        {
            _children[at] = NewProcessId();
        }
    }

    /// <summary>Adds a message of the parent process.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="source">Module and level, such as <c>core:notice</c>.</param>
    /// <param name="message">The message with its code, and before it the error of the system where there is
    /// one.</param>
    public void AddParent(long ticks, string source, string message) =>
        _queue.Add(ticks, $"{Stamp(ticks)} [{source}] [pid {ParentId}:tid {_mainThread}] {message}");

    /// <summary>Adds a message about a request.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="source">Module and level.</param>
    /// <param name="client">Address and port of the client; an IPv6 address stands bare before its port, as Apache
    /// writes it.</param>
    /// <param name="message">The message with its code.</param>
    /// <param name="referrer">The page that the browser came from, or null.</param>
    /// <param name="systemError">Error of the system, such as <c>(70007)The timeout specified has expired</c>, or
    /// null.</param>
    /// <returns>The process and thread that wrote it, for lines that follow.</returns>
    public string AddRequest(
        long ticks, string source, string client, string message, string? referrer = null, string? systemError = null)
    {
        string before = systemError is null ? "" : systemError + ": ";
        string after = referrer is null ? "" : ", referer: " + referrer;
        string thread = NextThread();
        _queue.Add(ticks, $"{Stamp(ticks)} [{source}] {thread} {before}[client {client}] {message}{after}");
        return thread;
    }

    /// <summary>Adds a message of a child that belongs to no client.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="source">Module and level.</param>
    /// <param name="message">The message with its code, and before it the error of the system where there is
    /// one.</param>
    /// <param name="thread">Process and thread, or null for any.</param>
    public void AddChild(long ticks, string source, string message, string? thread = null) =>
        _queue.Add(ticks, $"{Stamp(ticks)} [{source}] {thread ?? NextThread()} {message}");

    private string NextThread() => $"[pid {NextChild()}:tid {_threads[_random.NextInt(ThreadsPerChild)]}]";

    private int NewProcessId()
    {
        _lastProcessId += _random.NextInt(1, 90);
        if (_lastProcessId >= 32768)
        {
            _lastProcessId = 2000 + (_lastProcessId % 500);
        }

        return _lastProcessId;
    }

    private string Stamp(long ticks) => _queue.Stamp(ticks).ToString(
        "'['ddd MMM dd HH:mm:ss.ffffff yyyy']'", CultureInfo.InvariantCulture);
}
