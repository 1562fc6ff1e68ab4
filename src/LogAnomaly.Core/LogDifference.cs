namespace LogAnomaly;

/// <summary>One way in which a log differs from another, how much, and how sure that is.</summary>
public sealed record LogDifference
{
    /// <summary>How they differ.</summary>
    public required LogDifferenceKind Kind { get; init; }

    /// <summary>
    /// The field in which they differ, such as <c>Template</c>, <c>SourceIP</c> or <c>StatusCode</c>; <c>Events</c> for
    /// all.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>
    /// The value of the field: the text of a template, a user, a status; for latencies <c>median</c> or <c>p95</c>.
    /// </summary>
    public required string Value { get; init; }

    /// <summary>The figure of the reference, in <see cref="Unit"/>.</summary>
    public double Reference { get; init; }

    /// <summary>The figure of the log that is compared with it, in <see cref="Unit"/>.</summary>
    public double Difference { get; init; }

    /// <summary>
    /// What the figures are: <c>per hour</c>, <c>events</c> (where the events have no times), <c>share</c> or
    /// <c>ms</c>.
    /// </summary>
    public string Unit { get; init; } = "events";

    /// <summary>Events of the reference.</summary>
    public long ReferenceCount { get; init; }

    /// <summary>Events of the log that is compared with it.</summary>
    public long DifferenceCount { get; init; }

    /// <summary>The second figure divided by the first; infinity where the first is 0.</summary>
    public double Ratio { get; init; } = double.NaN;

    /// <summary>
    /// Lower end of the interval that holds the ratio with 95 % confidence; not a number where there is none.
    /// </summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of that interval.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>
    /// The probability of so great a difference if the two were alike, before so many were tested; 1 where nothing was
    /// tested.
    /// </summary>
    public double Probability { get; init; } = 1;

    /// <summary>
    /// Whether it is told apart from chance: of all differences that are given so, at most 5 % are expected to be none.
    /// </summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>The difference as a person would say it.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>A line that shows it, or null where only a baseline knows of it, which keeps no lines.</summary>
    public string? Example { get; init; }

    /// <summary>How important it is: how sure, and how great.</summary>
    internal double Importance { get; init; }

    /// <summary>Events that it rests on, those that came together counted as one.</summary>
    internal double Weight { get; init; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public override string ToString() => Sentence;
}
