namespace LogAnomaly.Detection;

/// <summary>Since when each host is known, by which a rule knows whether it has learned for long enough.</summary>
internal sealed class HostHistory
{
    private const int MostHosts = 10_000;

    private readonly EntityStates<string, StreamState> _hosts = new(MostHosts, StringComparer.Ordinal);
    private string? _name;
    private StreamState? _last;

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event, which has a time.</param>
    /// <returns>Ticks from the first time of its host to its own.</returns>
    public long Take(LogEvent logEvent)
    {
        string name = logEvent.HostName ?? "";
        if (_last is null || name != _name)
        {
            _last = _hosts.Get(name, logEvent.UtcTicks);
            _name = name;
        }

        _last.FirstSeen = Math.Min(_last.FirstSeen, logEvent.UtcTicks);
        _last.LastSeen = Math.Max(_last.LastSeen, logEvent.UtcTicks);
        return logEvent.UtcTicks - _last.FirstSeen;
    }
}
