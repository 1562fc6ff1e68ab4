using System.Net;
using System.Net.Sockets;

namespace LogAnomaly.Analysis;

/// <summary>How much a finding is like one that was judged.</summary>
internal static class VerdictLikeness
{
    private const double SameClass = 0.5;
    private const double SameType = 0.25;
    private const int BytesOfIPv4Network = 3;
    private const int BytesOfIPv6Network = 8;

    /// <summary>How much a finding is like the one that a verdict is on.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="anomaly">The finding.</param>
    /// <returns>
    /// 1 for the same rule (or detector and template, or title) about the same entity; 0.5 for one about an address of
    /// the same network (/24 or /64); 0.25 for one about another entity of the same type; 0 for all else.
    /// </returns>
    public static double Of(LogVerdict verdict, Anomaly anomaly)
    {
        if (!IsSameMatter(verdict, anomaly) || verdict.EntityType != anomaly.EntityType)
        {
            return 0;
        }

        // Names differ by case on the hosts that they log in to, and so here.
        return verdict.Entity == anomaly.Entity ? 1
            : verdict.Entity is null || anomaly.Entity is null ? 0
            : AreOfOneNetwork(verdict.Entity, anomaly.Entity) ? SameClass
            : SameType;
    }

    private static bool IsSameMatter(LogVerdict verdict, Anomaly anomaly)
    {
        if (verdict.EventKind != anomaly.Kind)
        {
            return false;
        }

        if (verdict.RuleId is not null || anomaly.RuleId is not null)
        {
            return string.Equals(verdict.RuleId, anomaly.RuleId, StringComparison.OrdinalIgnoreCase);
        }

        return verdict.Detector == anomaly.Detector
            && verdict.TemplateId == anomaly.TemplateId
            && (verdict.TemplateId is not null || verdict.Title == anomaly.Title);
    }

    private static bool AreOfOneNetwork(string one, string other)
    {
        if (!IPAddress.TryParse(one, out IPAddress? first) || !IPAddress.TryParse(other, out IPAddress? second)
            || first.AddressFamily != second.AddressFamily)
        {
            return false;
        }

        int bytes = first.AddressFamily == AddressFamily.InterNetwork ? BytesOfIPv4Network : BytesOfIPv6Network;
        return first.GetAddressBytes().AsSpan(0, bytes).SequenceEqual(second.GetAddressBytes().AsSpan(0, bytes));
    }
}
