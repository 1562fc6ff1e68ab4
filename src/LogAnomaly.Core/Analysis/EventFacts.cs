namespace LogAnomaly.Analysis;

/// <summary>
/// What numbers about any log ask of an event, read once and without a box for the kinds that come by the million.
/// </summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Source">Where it came from: an address, else a name, else null.</param>
/// <param name="User">Whom it is about, or null.</param>
/// <param name="IsError">Whether its level is Error or a graver one.</param>
internal readonly record struct EventFacts(Outcome Outcome, string? Source, string? User, bool IsError)
{
    /// <summary>Reads an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>What it says.</returns>
    public static EventFacts Of(LogEvent logEvent)
    {
        bool isError = logEvent.Level >= LogLevel.Error;
        return logEvent switch
        {
            AccessEvent access => new(access.Outcome, access.SourceIP ?? access.SourceHost, access.UserName, isError),
            AuthEvent auth => new(auth.Outcome, auth.SourceIP ?? auth.SourceHost, auth.UserName, isError),
            _ => OfFields(logEvent, isError),
        };
    }

    private static EventFacts OfFields(LogEvent logEvent, bool isError) => new(
        logEvent.GetValue(LogField.Outcome) is Outcome outcome ? outcome : Outcome.Unknown,
        (logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost)) as string,
        logEvent.GetValue(LogField.UserName) as string,
        isError);
}
