using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>Makes the anomaly of a rule's finding.</summary>
internal static class RuleAnomaly
{
    /// <summary>What an anomaly of a rule calls its detector.</summary>
    public const string Detector = "Rule";

    /// <summary>Makes the anomaly.</summary>
    /// <param name="finding">The finding, as it stands.</param>
    /// <param name="analysis">The analysis that it comes from, or null.</param>
    /// <returns>The anomaly, which does not change when the finding does.</returns>
    public static Anomaly Of(RuleFinding finding, LogAnalysis? analysis) => new(analysis)
    {
        Timestamp = finding.FirstSeen,
        LastSeen = finding.LastSeen,
        Score = ScoreOf(finding.Severity),
        Severity = finding.Severity,
        Title = finding.Rule.Title,
        Detector = Detector,
        RuleId = finding.Rule.Id,
        RuleName = finding.Rule.Title,
        Techniques = finding.Rule.Techniques,
        Kind = finding.Kind,
        EntityType = finding.EntityType,
        Entity = finding.Entity,
        HostName = finding.HostName,
        Program = finding.Program,
        UserName = finding.UserName,
        SourceIP = finding.SourceIP,
        Count = finding.Count,
        Reasons = finding.Reasons,
        Evidence = finding.Evidence,
        VaryingFields = VaryingOf(finding),
    };

    private static List<LogField> VaryingOf(RuleFinding finding)
    {
        List<LogField> varying = [];
        AddIf(finding.Sources.Distinct > 1, LogField.SourceIP);
        AddIf(finding.Users.Distinct > 1, LogField.UserName);
        AddIf(finding.HasSeveralHosts, LogField.HostName);
        AddIf(finding.HasSeveralPrograms, LogField.Program);
        return varying;

        void AddIf(bool isSo, LogField field)
        {
            if (isSo)
            {
                varying.Add(field);
            }
        }
    }

    // The middle of the band: a rule says how grave it is, not how improbable.
    private static double ScoreOf(Severity severity) => severity switch
    {
        Severity.Critical => 95,
        Severity.High => 82.5,
        Severity.Medium => 62.5,
        Severity.Low => 37.5,
        _ => 12.5,
    };
}
