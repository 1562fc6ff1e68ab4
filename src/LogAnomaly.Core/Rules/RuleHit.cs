namespace LogAnomaly.Rules;

/// <summary>That a rule has fired.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Event">The event that made it fire.</param>
internal readonly record struct RuleHit(LogRule Rule, LogEvent Event)
{
    /// <summary>Name of the field that says whom it is about, or null for that of the rule.</summary>
    public string? EntityType { get; init; }

    /// <summary>Whom it is about, or null for what the event says.</summary>
    public string? Entity { get; init; }

    /// <summary>Severity, where it is another than the rule's.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Why, where the rule's title does not say it; the numbers that it judged.</summary>
    public Reason? Reason { get; init; }
}
