using System.Globalization;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Writes requests in Apache's combined format:
/// <c>address - user [dd/Mmm/yyyy:hh:mm:ss +hhmm] "method target protocol" status bytes "referrer" "agent"</c>.
/// </summary>
internal sealed class AccessLineWriter
{
    private readonly LineQueue _queue;

    /// <summary>Creates a writer.</summary>
    /// <param name="queue">Takes the lines.</param>
    public AccessLineWriter(LineQueue queue) => _queue = queue;

    /// <summary>Adds a request.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="client">Who sends it.</param>
    /// <param name="method">Method.</param>
    /// <param name="target">Target as sent.</param>
    /// <param name="status">Status of the response.</param>
    /// <param name="bytes">Bytes of its body; none are shown as a dash.</param>
    /// <param name="referrer">Referring page, or a dash.</param>
    /// <param name="user">User that logged in by HTTP, or a dash.</param>
    public void Add(
        long ticks, in AccessClient client, string method, string target, int status, long bytes,
        string referrer = "-", string user = "-")
    {
        DateTimeOffset time = _queue.Stamp(ticks);
        string stamp = time.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1);
        string size = bytes == 0 ? "-" : bytes.ToString(CultureInfo.InvariantCulture);
        _queue.Add(
            ticks,
            $"{client.Address} - {user} [{stamp}] \"{method} {target} {client.Protocol}\" {status} {size} "
                + $"\"{referrer}\" \"{client.Agent}\"");
    }
}
