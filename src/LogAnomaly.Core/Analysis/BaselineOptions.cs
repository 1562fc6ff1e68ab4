using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>How a baseline is learned.</summary>
public sealed record BaselineOptions
{
    /// <summary>
    /// What it is called; null for the name of the baseline that it goes on from, else <c>baseline</c>.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>How long it learns, in the time of the log from its first event; null for all of it.</summary>
    public TimeSpan? LearningPeriod { get; init; }

    /// <summary>How long before the latest event a value may have been seen last to be kept; null keeps all.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>The baseline that it goes on from, or null.</summary>
    public LogBaseline? Previous { get; init; }

    /// <summary>
    /// The rules whose findings in the learning period become the history that a budget of alerts is measured by; null
    /// for none. Commands give the built-in set.
    /// </summary>
    public RuleSet? Rules { get; init; }

    /// <summary>Id of the zone that stamps without one were read in; it is only noted.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When it is made; null for now.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Templates that are kept apart, 20,000 by default.</summary>
    public int MaximumTemplates { get; init; } = 20_000;
}
