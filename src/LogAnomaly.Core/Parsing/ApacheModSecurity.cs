namespace LogAnomaly.Parsing;

/// <summary>Says what a message of ModSecurity in an Apache error log is about.</summary>
internal static class ApacheModSecurity
{
    /// <summary>Sets rule, category, action and outcome, if the message is one of ModSecurity.</summary>
    /// <param name="made">The event with its message, client and referrer.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    public static void Classify(ApacheErrorEvent made, StringPool pool)
    {
        ReadOnlySpan<byte> text = made.TemplateSpan;
        if (!ModSecurityMessage.TryRead(text, out ModSecurityMessage message))
        {
            return;
        }

        // Without a rule it speaks of itself: that it was loaded, that a file of rules has a fault.
        made.Category = message.IsDenied || !message.RuleId.IsEmpty ? "intrusion_detection" : made.Category;
        made.Action = message.IsDenied ? "request_blocked" : message.RuleId.IsEmpty ? null : "rule_matched";
        made.Outcome = message.IsDenied ? Outcome.Failure : Outcome.Unknown;
        made.RuleId = pool.GetOrNull(message.RuleId);
        made.RuleName = pool.GetOrNull(message.RuleName);
        if (made.SourceIP is null && ClientText.TryReadOne(message.Client, out ReadOnlySpan<byte> address, out _))
        {
            made.SourceIP = pool.Get(SourceAddress.Normalise(address));
        }

        made.SetProperties(message.ToProperties(pool));
    }
}
