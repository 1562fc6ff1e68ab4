namespace LogAnomaly.Rules;

/// <summary>
/// Reads fields of events without an object for a number or a name; what is not read here comes from
/// <see cref="LogEvent.GetValue"/>.
/// </summary>
internal static class EventValues
{
    /// <summary>The value of a field; the same as <see cref="LogEvent.GetValue"/> gives.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="field">The field.</param>
    /// <returns>The value.</returns>
    public static RuleValue Read(LogEvent logEvent, LogField field)
    {
        switch (field)
        {
            case LogField.Level:
                return logEvent.Level is { } level ? RuleValue.Of(ValueNames.Of(level)) : default;
            case LogField.Kind:
                return RuleValue.Of(ValueNames.Of(logEvent.Kind));
            case LogField.ProcessId:
                return RuleValue.Of((long?)logEvent.ProcessId);
            case LogField.LineNumber:
                return RuleValue.Of((long?)logEvent.LineNumber);
            default:
                return logEvent switch
                {
                    AccessEvent access => ReadAccess(access, field),
                    AuthEvent auth => ReadAuth(auth, field),
                    SystemEvent system => ReadSystem(system, field),
                    _ => RuleValue.Of(logEvent.GetValue(field)),
                };
        }
    }

    private static RuleValue ReadAccess(AccessEvent access, LogField field) => field switch
    {
        LogField.Url => RuleValue.Of(access.Url),
        LogField.UserAgent => RuleValue.Of(access.UserAgent),
        LogField.StatusCode => RuleValue.Of((long?)access.StatusCode),
        LogField.BytesSent => RuleValue.Of(access.BytesSent),
        LogField.BytesReceived => RuleValue.Of(access.BytesReceived),
        LogField.SourcePort => RuleValue.Of((long?)access.SourcePort),
        LogField.DestinationPort => RuleValue.Of((long?)access.DestinationPort),
        LogField.DurationMs => RuleValue.Of(access.DurationMs),
        LogField.Outcome => RuleValue.Of(ValueNames.Of(access.Outcome)),
        _ => RuleValue.Of(access.GetValue(field)),
    };

    private static RuleValue ReadAuth(AuthEvent auth, LogField field) => field switch
    {
        LogField.Action => RuleValue.Of(auth.Action),
        LogField.Category => RuleValue.Of(auth.Category),
        LogField.Outcome => RuleValue.Of(ValueNames.Of(auth.Outcome)),
        LogField.SourcePort => RuleValue.Of((long?)auth.SourcePort),
        LogField.RepeatCount => RuleValue.Of((long?)auth.RepeatCount),
        _ => RuleValue.Of(auth.GetValue(field)),
    };

    private static RuleValue ReadSystem(SystemEvent system, LogField field) => field switch
    {
        LogField.Action => RuleValue.Of(system.Action),
        LogField.Category => RuleValue.Of(system.Category),
        LogField.Outcome => RuleValue.Of(ValueNames.Of(system.Outcome)),
        LogField.SourcePort => RuleValue.Of((long?)system.SourcePort),
        LogField.DestinationPort => RuleValue.Of((long?)system.DestinationPort),
        LogField.RepeatCount => RuleValue.Of((long?)system.RepeatCount),
        _ => RuleValue.Of(system.GetValue(field)),
    };
}
