namespace LogAnomaly.Detection;

/// <summary>What a learned detector found over several events: the raw matter of an <see cref="Anomaly"/>.</summary>
internal sealed class DetectorFinding
{
    /// <summary>Name of the detector, such as <c>RateChange</c>.</summary>
    public required string Detector { get; init; }

    /// <summary>
    /// How probable something this odd or odder is among usual behaviour, above 0 and at most 1, by the detector's own
    /// training data and for one judgement: whoever reports it corrects for the number of judgements.
    /// </summary>
    public required double TailProbability { get; init; }

    /// <summary>What happened, in a few words, such as <c>Twenty times the usual number of failed logins</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Why; at least one, the weightiest first, their contributions adding up to 1.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>
    /// Name of the field that says whom it is about, such as SourceIP; null where it is about the whole log.
    /// </summary>
    public string? EntityType { get; init; }

    /// <summary>Whom it is about, or null.</summary>
    public string? Entity { get; init; }

    /// <summary>Kind of the events.</summary>
    public required LogKind Kind { get; init; }

    /// <summary>UTC ticks of the first event or of the start of the window.</summary>
    public required long FirstTicks { get; init; }

    /// <summary>UTC ticks of the last event or of the end of the window.</summary>
    public required long LastTicks { get; init; }

    /// <summary>Events in the finding; 0 where the finding is that nothing came.</summary>
    public long Count { get; init; } = 1;

    /// <summary>Up to twenty events that prove it; for a silence the events around it. At least one.</summary>
    public required IReadOnlyList<LogEvent> Events { get; init; }
}
