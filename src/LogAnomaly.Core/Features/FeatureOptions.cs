namespace LogAnomaly.Features;

/// <summary>How rows of features are made.</summary>
public sealed record FeatureOptions
{
    /// <summary>What a row is about; an event by default.</summary>
    public FeatureGrouping By { get; init; } = FeatureGrouping.Event;

    /// <summary>
    /// Width of a window where rows are windows, five minutes by default; windows begin at multiples of it since year 1
    /// UTC.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence that ends a session where rows are sessions, 30 minutes by default.</summary>
    public TimeSpan SessionGap { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Terms of the TF-IDF vocabulary, each a feature of its own; 16 by default, 0 for none.</summary>
    public int Terms { get; init; } = 16;

    /// <summary>Where terms come from; the messages by default.</summary>
    public TermSource TermSource { get; init; } = TermSource.Message;

    /// <summary>
    /// Share of the rows, the earliest ones, that the encodings are learned from; the later ones are encoded by what
    /// was learned. 1, the default, learns from all.
    /// </summary>
    public double TrainingShare { get; init; } = 1;

    /// <summary>
    /// Entities, windows or sessions that are kept apart; the events of further ones share a row with the key
    /// <c>(other)</c>. 100,000 by default.
    /// </summary>
    public int MaximumEntities { get; init; } = 100_000;

    /// <summary>
    /// Values of a categorical feature that an encoding keeps; further ones are unknown to it. 10,000 by default.
    /// </summary>
    public int MaximumValues { get; init; } = 10_000;
}
