using System.Globalization;
using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>
/// The values of a finding by the names of fields: ours, those of ECS and Sigma, and those that only findings have.
/// </summary>
internal static class AnomalyFields
{
    /// <summary>The values of a field.</summary>
    /// <param name="anomaly">The finding.</param>
    /// <param name="name">Name of the field.</param>
    /// <returns>The values; empty where the finding does not have the field.</returns>
    public static IReadOnlyList<string> ValuesOf(Anomaly anomaly, string name)
    {
        if (LogFields.TryParse(name, out LogField field))
        {
            // Of several users, sources or hosts a finding carries the last: who hid that one would hide them all.
            bool isMixed = anomaly.VaryingFields.Contains(field == LogField.Module ? LogField.Program : field);
            return isMixed && !IsEntity(anomaly, field) ? [] : ValuesOf(anomaly, field);
        }

        return name.ToUpperInvariant() switch
        {
            "ENTITY" => One(anomaly.Entity),
            "ENTITYTYPE" => One(anomaly.EntityType),
            "DETECTOR" => One(anomaly.Detector),
            "TITLE" => One(anomaly.Title),
            "SEVERITY" => One(anomaly.Severity.ToString()),
            "TECHNIQUE" or "TECHNIQUES" or "TECHNIQUEID" or "THREAT.TECHNIQUE.ID" => anomaly.Techniques,
            "SOURCE" => ValuesOf(anomaly, nameof(LogField.SourceIP)),
            _ => OfEntity(anomaly, name),
        };
    }

    private static IReadOnlyList<string> ValuesOf(Anomaly anomaly, LogField field) => field switch
    {
        LogField.SourceIP => One(AboutSource(anomaly) ?? anomaly.SourceIP),
        LogField.HostName => One(anomaly.HostName),
        LogField.Program or LogField.Module => One(anomaly.Program),
        LogField.UserName =>
            One(anomaly.EntityType is RuleField.Account or "UserName" ? anomaly.Entity : anomaly.UserName),
        LogField.Level => One(anomaly.Level?.ToString()),
        LogField.Kind => One(anomaly.Kind.ToString()),
        LogField.TemplateId => One(anomaly.TemplateId),
        LogField.Template => One(anomaly.Template),
        LogField.Label => One(anomaly.Label),
        LogField.RuleId => One(anomaly.RuleId),
        LogField.RuleName => One(anomaly.RuleName),
        LogField.Path => [.. anomaly.Evidence.Select(line => line.Path).Distinct()],
        LogField.Raw or LogField.Message => [.. anomaly.Evidence.Select(line => line.Raw)],
        _ => OfEntity(anomaly, field.ToString()),
    } is { Count: > 0 } values ? values : OfEntity(anomaly, field.ToString());

    // What a rule groups by is a field of the finding, whatever else it carries; and of its events what they agree on.
    private static IReadOnlyList<string> OfEntity(Anomaly anomaly, string name)
    {
        if (anomaly.EntityType is { } type && type.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return One(anomaly.Entity);
        }

        return anomaly.Event is { } logEvent && logEvent[name] is { } value
            ? One(Convert.ToString(value, CultureInfo.InvariantCulture))
            : [];
    }

    private static bool IsEntity(Anomaly anomaly, LogField field) => field switch
    {
        LogField.SourceIP => AboutSource(anomaly) is not null,
        LogField.UserName => anomaly.EntityType is RuleField.Account or "UserName",
        _ => anomaly.EntityType == field.ToString(),
    };

    private static string? AboutSource(Anomaly anomaly) =>
        anomaly.EntityType is RuleField.Source or "SourceIP" or "SourceHost" ? anomaly.Entity : null;

    private static IReadOnlyList<string> One(string? value) => value is null ? [] : [value];
}
