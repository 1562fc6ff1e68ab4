using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>Makes the anomaly of what a detector of behaviour found.</summary>
internal static class BehaviourAnomaly
{
    /// <summary>Makes the anomaly.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="score">Its score.</param>
    /// <param name="options">How the run analyses.</param>
    /// <param name="analysis">The analysis that it comes from.</param>
    /// <returns>The anomaly.</returns>
    public static Anomaly Of(DetectorFinding finding, double score, AnalysisOptions options, LogAnalysis analysis)
    {
        LogEvent last = finding.Events[^1];
        bool isOne = finding.Count == 1;
        LogField[] varying = VaryingOf(finding.Events);
        return new Anomaly(analysis)
        {
            Timestamp = TimeOf(finding.FirstTicks, last),
            LastSeen = TimeOf(finding.LastTicks, last),
            Score = score,
            Severity = Score.SeverityOf(score),
            Title = finding.Title,
            Detector = finding.Detector,
            Kind = finding.Kind,
            EntityType = finding.EntityType,
            Entity = finding.Entity,
            HostName = Same(finding.Events, logEvent => logEvent.HostName),
            Program = Same(finding.Events, logEvent => logEvent.Program),
            UserName = Same(finding.Events, logEvent => logEvent.GetValue(LogField.UserName) as string),
            SourceIP = Same(finding.Events, logEvent => logEvent.GetValue(LogField.SourceIP) as string),
            Level = isOne ? last.Level : null,
            Count = finding.Count,
            TemplateId = Same(finding.Events, logEvent => logEvent.TemplateId),
            Template = Same(finding.Events, logEvent => logEvent.Mined?.Text),
            Reasons = finding.Reasons,
            Evidence = finding.Events.Select(Evidence.Of).ToArray(),
            Label = Same(finding.Events, logEvent => logEvent.Label),
            Event = options.Suppressions is null ? null : last,
            VaryingFields = varying,
        };
    }

    private static DateTimeOffset? TimeOf(long utcTicks, LogEvent near) => utcTicks < 0
        ? null
        : new DateTimeOffset(utcTicks, TimeSpan.Zero).ToOffset(near.Timestamp?.Offset ?? TimeSpan.Zero);

    // What all its events share is said of the finding; what differs is not.
    private static string? Same(IReadOnlyList<LogEvent> events, Func<LogEvent, string?> value)
    {
        string? first = value(events[0]);
        for (int i = 1; i < events.Count; i++)
        {
            if (value(events[i]) != first)
            {
                return null;
            }
        }

        return first;
    }

    private static LogField[] VaryingOf(IReadOnlyList<LogEvent> events)
    {
        List<LogField> varying = [];
        foreach (LogField field in (LogField[])
        [
            LogField.SourceIP, LogField.UserName, LogField.HostName, LogField.Program,
        ])
        {
            if (events.Any(logEvent => !Equals(logEvent.GetValue(field), events[0].GetValue(field))))
            {
                varying.Add(field);
            }
        }

        return [.. varying];
    }
}
