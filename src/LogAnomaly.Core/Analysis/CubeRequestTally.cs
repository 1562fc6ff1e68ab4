namespace LogAnomaly.Analysis;

/// <summary>Finds the requests that took longest and those with the largest answers.</summary>
internal sealed class CubeRequestTally
{
    private const int Most = 20;

    /// <summary>The requests that took longest.</summary>
    public CubeRequests Slowest { get; } = new(Most);

    /// <summary>The requests with the largest answers.</summary>
    public CubeRequests Largest { get; } = new(Most);

    /// <summary>Whether a request told how many bytes it sent.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The bytes that it sent, or 0.</returns>
    public long Take(LogEvent logEvent)
    {
        if (logEvent is not AccessEvent and not RecordEvent)
        {
            return 0;
        }

        AccessEvent? access = logEvent as AccessEvent;
        long? sent = access is not null ? access.BytesSent : logEvent.GetValue(LogField.BytesSent) as long?;
        double? duration = access is not null ? access.DurationMs : ((RecordEvent)logEvent).DurationMs;
        HasBytes |= sent is not null;
        if (sent is { } bytes && Largest.Wants(bytes) && RequestOf(logEvent, sent, duration) is { } large)
        {
            Largest.Add(bytes, large);
        }

        if (duration is { } time && Slowest.Wants(time) && RequestOf(logEvent, sent, duration) is { } slow)
        {
            Slowest.Add(time, slow);
        }

        return sent ?? 0;
    }

    // A record with a duration may be of anything; one with a target is of a request.
    private static LogRequest? RequestOf(LogEvent logEvent, long? sent, double? duration)
    {
        AccessEvent? access = logEvent as AccessEvent;
        string? path = access is not null ? access.UrlPath ?? access.Url ?? "" : CubeReader.PathOfRecord(logEvent);
        if (path is null)
        {
            return null;
        }

        path = path.Length <= CubeValues.LongestText ? path : path[..CubeValues.LongestText];
        return new LogRequest(
            logEvent.Timestamp,
            access is not null ? access.SourceIP ?? access.SourceHost : logEvent.GetValue(LogField.SourceIP) as string,
            path,
            access is not null ? access.StatusCode : logEvent.GetValue(LogField.StatusCode) as int?,
            sent,
            duration,
            logEvent.Path,
            logEvent.LineNumber);
    }
}
