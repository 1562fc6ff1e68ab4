namespace LogAnomaly;

/// <summary>A line that proves a finding.</summary>
/// <param name="Path">File, or a name in parentheses where there was no file.</param>
/// <param name="LineNumber">Line number in it, from 1.</param>
/// <param name="Timestamp">Time of the event, or null.</param>
/// <param name="Raw">The line itself.</param>
public sealed record Evidence(string Path, long LineNumber, DateTimeOffset? Timestamp, string Raw)
{
    /// <summary>The line of an event as evidence.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Its evidence.</returns>
    public static Evidence Of(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        return new Evidence(logEvent.Path, logEvent.LineNumber, logEvent.Timestamp, logEvent.Raw);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Path}:{LineNumber}: {Raw}");
}
