namespace LogAnomaly;

/// <summary>One reason why something is an anomaly.</summary>
/// <param name="Code">Constant code of the kind of reason, such as <c>RareTemplate</c>.</param>
/// <param name="Feature">Name of the feature that stands out, such as <c>Template</c> or <c>MessageLength</c>.</param>
/// <param name="Observed">What was seen, as text.</param>
/// <param name="Typical">What is usual, as text.</param>
/// <param name="Contribution">Share of the anomaly's score that this reason bears, 0 to 1; the reasons of an anomaly
/// add up to 1.</param>
/// <param name="Sentence">The reason as a person would say it.</param>
public sealed record Reason(
    string Code, string Feature, string Observed, string Typical, double Contribution, string Sentence)
{
    /// <summary>Lines that prove the reason, where they are others than the anomaly's own.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Sentence;
}
