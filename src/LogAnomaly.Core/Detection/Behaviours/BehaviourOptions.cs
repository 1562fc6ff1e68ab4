namespace LogAnomaly.Detection.Behaviours;

/// <summary>How a <see cref="BehaviourSet"/> works.</summary>
internal sealed record BehaviourOptions
{
    /// <summary>Whether it starts by learning only; <see cref="BehaviourSet.IsLearning"/> changes that later.</summary>
    public bool LearnOnly { get; init; }

    /// <summary>The most findings that are kept; beyond it the least probable ones stay.</summary>
    public int MostFindings { get; init; } = 1_000;
}
