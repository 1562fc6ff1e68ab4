namespace LogAnomaly.Analysis;

/// <summary>A template in two inputs, the older (reference) and the newer (difference).</summary>
public sealed record TemplateChange
{
    /// <summary>What became of it.</summary>
    public TemplateState State { get; init; }

    /// <summary>Id of the template.</summary>
    public required string Id { get; init; }

    /// <summary>The template with its marks.</summary>
    public required string Template { get; init; }

    /// <summary>Events that have it in the newer input.</summary>
    public long Count { get; init; }

    /// <summary>Share of all events of the newer input, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Events that have it in the older input.</summary>
    public long ReferenceCount { get; init; }

    /// <summary>Share of all events of the older input, 0 to 1.</summary>
    public double ReferenceShare { get; init; }

    /// <summary>How many times its older share the newer one is: 0 for what is gone, null for what is new.</summary>
    public double? Ratio => ReferenceShare > 0 ? Share / ReferenceShare : null;

    /// <summary>
    /// Probability that chance alone makes the shares differ so much (two-sided G-test of two proportions), corrected
    /// for the number of templates (Holm).
    /// </summary>
    public double PValue { get; init; }

    /// <summary>
    /// Earliest time in the newer input, or in the older one for what is gone; null where no event has a time.
    /// </summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>
    /// Latest time in the newer input, or in the older one for what is gone; null where no event has a time.
    /// </summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>A line that has the template.</summary>
    public string Example { get; init; } = "";
}
