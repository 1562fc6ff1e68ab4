using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Which events are wanted; a null property asks for nothing. Applied in the engine, before an event leaves it.
/// </summary>
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
        return AdmitsFields(logEvent)
            && (Match is null || logEvent.Raw.Contains(Match, StringComparison.OrdinalIgnoreCase));
    }

    private bool AdmitsFields(LogEvent logEvent) =>
        AdmitsTime(logEvent.UtcTicks)
            && (MinimumLevel is not { } level || logEvent.Level >= level)
            && AdmitsValue(SourceIP, logEvent, LogField.SourceIP, StringComparer.OrdinalIgnoreCase)
            && AdmitsUser(logEvent)
            && AdmitsValue(HostName, logEvent, LogField.HostName, StringComparer.OrdinalIgnoreCase)
            && AdmitsProgram(logEvent);

    /// <summary>Whether an event is wanted, where the bytes of its line are at hand.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="line">Its line.</param>
    /// <returns>Whether every property that is set admits it.</returns>
    internal bool Admits(LogEvent logEvent, ReadOnlySpan<byte> line)
    {
        // The text is searched for in the bytes: to make a string of every line would cost more than to parse it.
        if (string.IsNullOrEmpty(Match) || !Ascii.IsValid(Match))
        {
            return Admits(logEvent);
        }

        return AdmitsFields(logEvent) && ContainsIgnoringCase(line, Match);
    }

    private static bool AdmitsValue(
        IReadOnlyCollection<string>? wanted, LogEvent logEvent, LogField field, StringComparer comparer) =>
        wanted is null || (logEvent.GetValue(field) is string value && wanted.Contains(value, comparer));

    private static bool ContainsIgnoringCase(ReadOnlySpan<byte> line, string text)
    {
        byte lower = (byte)char.ToLowerInvariant(text[0]);
        byte upper = (byte)char.ToUpperInvariant(text[0]);
        while (line.Length >= text.Length)
        {
            int at = line[..(line.Length - text.Length + 1)].IndexOfAny(lower, upper);
            if (at < 0)
            {
                return false;
            }

            if (Ascii.EqualsIgnoreCase(line.Slice(at, text.Length), text))
            {
                return true;
            }

            line = line[(at + 1)..];
        }

        return false;
    }

    private bool AdmitsTime(long utcTicks) =>
        (After is not { } after || utcTicks >= Math.Max(after.UtcTicks, 0))
        && (Before is not { } before || (utcTicks >= 0 && utcTicks < before.UtcTicks));

    private bool AdmitsUser(LogEvent logEvent) =>
        UserName is null
        || AdmitsValue(UserName, logEvent, LogField.UserName, StringComparer.Ordinal)
        || AdmitsValue(UserName, logEvent, LogField.TargetUser, StringComparer.Ordinal);

    private bool AdmitsProgram(LogEvent logEvent) =>
        AdmitsValue(
            Program,
            logEvent,
            logEvent.Kind == LogKind.ApacheError ? LogField.Module : LogField.Program,
            StringComparer.OrdinalIgnoreCase);
}
