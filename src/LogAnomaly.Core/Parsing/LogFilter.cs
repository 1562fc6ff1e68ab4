namespace LogAnomaly.Parsing;

/// <summary>Which events are wanted; a null property asks for nothing. Applied in the engine, before an event leaves it.</summary>
public sealed record LogFilter
{
    /// <summary>Only events at or after this time; events without a time are left out.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only events before this time; events without a time are left out.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only events of this level or a graver one; events without a level are left out.</summary>
    public LogLevel? MinimumLevel { get; init; }

    /// <summary>Only events from one of these addresses, compared as text without regard to case.</summary>
    public IReadOnlyCollection<string>? SourceIP { get; init; }

    /// <summary>Only events of one of these users, with regard to case.</summary>
    public IReadOnlyCollection<string>? UserName { get; init; }

    /// <summary>Only events of one of these hosts, without regard to case.</summary>
    public IReadOnlyCollection<string>? HostName { get; init; }

    /// <summary>Only events of one of these programs (for Apache errors: modules), without regard to case.</summary>
    public IReadOnlyCollection<string>? Program { get; init; }

    /// <summary>Only events whose line contains this text, without regard to case.</summary>
    public string? Match { get; init; }

    /// <summary>Whether an event is wanted.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Whether every property that is set admits it.</returns>
    public bool Admits(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        return AdmitsTime(logEvent.UtcTicks)
            && (MinimumLevel is not { } level || logEvent.Level >= level)
            && AdmitsValue(SourceIP, logEvent, LogField.SourceIP, StringComparer.OrdinalIgnoreCase)
            && AdmitsUser(logEvent)
            && AdmitsValue(HostName, logEvent, LogField.HostName, StringComparer.OrdinalIgnoreCase)
            && AdmitsProgram(logEvent)
            && (Match is null || logEvent.Raw.Contains(Match, StringComparison.OrdinalIgnoreCase));
    }

    private static bool AdmitsValue(
        IReadOnlyCollection<string>? wanted, LogEvent logEvent, LogField field, StringComparer comparer) =>
        wanted is null || (logEvent.GetValue(field) is string value && wanted.Contains(value, comparer));

    private bool AdmitsTime(long utcTicks) =>
        (After is not { } after || utcTicks >= Math.Max(after.UtcTicks, 0))
        && (Before is not { } before || (utcTicks >= 0 && utcTicks < before.UtcTicks));

    private bool AdmitsUser(LogEvent logEvent) =>
        UserName is null
        || AdmitsValue(UserName, logEvent, LogField.UserName, StringComparer.Ordinal)
        || AdmitsValue(UserName, logEvent, LogField.TargetUser, StringComparer.Ordinal);

    private bool AdmitsProgram(LogEvent logEvent) =>
        AdmitsValue(
            Program, logEvent, logEvent.Kind == LogKind.ApacheError ? LogField.Module : LogField.Program, StringComparer.OrdinalIgnoreCase);
}
