using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>Makes the anomaly of a single event.</summary>
internal static class EventAnomaly
{
    private const int LongestTitle = 160;

    /// <summary>Makes the anomaly.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="score">Its score.</param>
    /// <param name="detector">The detector whose say weighs most.</param>
    /// <param name="reasons">Why; at least one, the weightiest first.</param>
    /// <param name="normalIf">What would make it usual, or null.</param>
    /// <param name="options">How the run analyses.</param>
    /// <param name="analysis">The analysis that it comes from.</param>
    /// <returns>The anomaly.</returns>
    public static Anomaly Of(
        LogEvent logEvent,
        double score,
        string detector,
        IReadOnlyList<Reason> reasons,
        string? normalIf,
        AnalysisOptions options,
        LogAnalysis analysis)
    {
        (string? entityType, string? entity) = EntityOf(logEvent);
        return new Anomaly(analysis)
        {
            Timestamp = logEvent.Timestamp,
            LastSeen = logEvent.Timestamp,
            Score = score,
            Severity = Score.SeverityOf(score),
            Title = TitleOf(logEvent, reasons[0]),
            Detector = detector,
            Kind = logEvent.Kind,
            EntityType = entityType,
            Entity = entity,
            HostName = logEvent.HostName,
            Program = logEvent.Program,
            UserName = logEvent.GetValue(LogField.UserName) as string,
            SourceIP = logEvent.GetValue(LogField.SourceIP) as string,
            Level = logEvent.Level,
            TemplateId = logEvent.TemplateId,
            Template = logEvent.Mined?.Text,
            Reasons = reasons,
            Evidence = new[] { Evidence.Of(logEvent) },
            NormalIf = normalIf,
            Label = logEvent.Label,
            Event = options.Suppressions is null ? null : logEvent,
        };
    }

    private static (string? Type, string? Value) EntityOf(LogEvent logEvent)
    {
        ReadOnlySpan<LogField> fields =
        [
            LogField.SourceIP, LogField.SourceHost, LogField.UserName, LogField.Module, LogField.Program,
            LogField.HostName,
        ];
        foreach (LogField field in fields)
        {
            if (logEvent.GetValue(field) is string value)
            {
                return (field.ToString(), value);
            }
        }

        return (null, null);
    }

    private static string TitleOf(LogEvent logEvent, Reason reason)
    {
        string what = (reason.Code, logEvent.Kind) switch
        {
            ("RareTemplate", _) => "Rare message",
            (_, LogKind.Access) => "Unusual request",
            (_, LogKind.Unparsed) => "Unusual line",
            _ => "Unusual event",
        };
        string text = logEvent.Message;
        text = text.Length <= LongestTitle ? text : string.Concat(text.AsSpan(0, LongestTitle), "…");
        return $"{what}: {text}";
    }
}
