using System.Globalization;

namespace LogAnomaly.Synthesis;

/// <summary>Writes lines in the form of RFC 3164: <c>Mmm dd hh:mm:ss host program[pid]: message</c>, the day padded by
/// a space.</summary>
internal sealed class AuthLineWriter
{
    private readonly LineQueue _queue;

    /// <summary>Creates a writer.</summary>
    /// <param name="queue">Takes the lines.</param>
    public AuthLineWriter(LineQueue queue) => _queue = queue;

    /// <summary>Adds a line of a program that gives its process id.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="program">The program.</param>
    /// <param name="processId">Its process id.</param>
    /// <param name="message">The message.</param>
    public void Add(long ticks, AuthHost host, string program, int processId, string message) =>
        _queue.Add(ticks, $"{Stamp(ticks)} {host.Name} {program}[{processId}]: {message}");

    /// <summary>Adds a line of a program that gives no process id, as sudo does.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="host">The host.</param>
    /// <param name="program">The program.</param>
    /// <param name="message">The message.</param>
    public void Add(long ticks, AuthHost host, string program, string message) =>
        _queue.Add(ticks, $"{Stamp(ticks)} {host.Name} {program}: {message}");

    private string Stamp(long ticks)
    {
        DateTimeOffset time = _queue.Stamp(ticks);
        string day = time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        return string.Create(CultureInfo.InvariantCulture, $"{time:MMM} {day} {time:HH:mm:ss}");
    }
}
